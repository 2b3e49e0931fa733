/** The channel between the engine and the thread of LiteRT.js: one request at a time, answered in order. */

export interface ThreadTensor {
  /** "uint8", "float32", "int32" */
  readonly type: string;
  readonly shape: readonly number[];
}

export type ThreadRequest =
  | { readonly kind: 'open'; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: 'invoke';
      readonly network: number;
      readonly input: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
    }
  | { readonly kind: 'close'; readonly network: number };

export type ThreadAnswer =
  | {
      readonly kind: 'opened';
      readonly network: number;
      readonly input: ThreadTensor;
      readonly output: ThreadTensor;
    }
  | { readonly kind: 'invoked'; readonly output: Uint8Array }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly sentence: string };

export type ThreadAnswerOf<Kind extends ThreadAnswer['kind']> = Extract<ThreadAnswer, { kind: Kind }>;
