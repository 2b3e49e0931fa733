/** A network in .tflite terms, before it is written: tensors by index, operators in order. */

export interface PlannedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major; null for computed tensors. */
  readonly data: Float32Array | Int32Array | null;
}

/** Numbers of the TFLite schema, version 3 (BuiltinOperator). */
export const OPERATOR_CODES = {
  add: 0,
  averagePool: 1,
  concatenation: 2,
  convolution: 3,
  depthwiseConvolution: 4,
  mul: 18,
  relu: 19,
  relu6: 21,
  reshape: 22,
  resizeBilinear: 23,
  pad: 34,
  mean: 40,
  sub: 41,
} as const;

/** The activation of an operator. */
export type Activation = 'Relu' | 'Relu6' | null;

/** [height, width] each; padding is done by separate operators. */
export interface PlannedWindow {
  readonly same: boolean;
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
}

export type PlannedOptions =
  | { readonly kind: 'convolution'; readonly window: PlannedWindow; readonly activation: Activation }
  | {
      readonly kind: 'depthwiseConvolution';
      readonly window: PlannedWindow;
      readonly multiplier: number;
      readonly activation: Activation;
    }
  | {
      readonly kind: 'averagePool';
      readonly window: PlannedWindow;
      readonly size: readonly [number, number];
    }
  | { readonly kind: 'add' | 'mul' | 'sub'; readonly activation: Activation }
  | { readonly kind: 'concatenation'; readonly axis: number }
  | { readonly kind: 'resizeBilinear'; readonly alignCorners: boolean; readonly halfPixelCenters: boolean }
  | { readonly kind: 'mean' }
  | { readonly kind: 'relu' | 'relu6' | 'pad' | 'reshape' };

export interface PlannedOperator {
  /** Tensor indices. */
  readonly inputs: readonly number[];
  readonly output: number;
  readonly options: PlannedOptions;
}

export interface PlannedNetwork {
  readonly tensors: readonly PlannedTensor[];
  readonly operators: readonly PlannedOperator[];
  readonly input: number;
  readonly output: number;
}
