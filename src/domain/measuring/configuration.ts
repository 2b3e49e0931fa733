/** The configuration behind every number: what ran, on what, and how it was fed. */
import type { Upsampling } from '../labels/axis-weights.ts';
import type { Backend } from '../backend.ts';
import type { ClassListId } from '../labels/class-list.ts';

/** 'ours': cut at the logits, fused finish. 'stock': segment() of @tensorflow-models/deeplab, the baseline. */
export const PIPELINES = ['ours', 'stock'] as const;
export type Pipeline = (typeof PIPELINES)[number];

/**
 * How a picture becomes the input tensor.
 * 'fit': longest side scaled to the input size, padded bottom/right with 127 (live view).
 * 'native': kept at its own size if it fits, padded to the input size (the published VOC protocol).
 * 'stretch': both sides scaled to the input size, for any picture shape; nothing is padded.
 * 'crop': the middle square scaled to the input size; everything outside it is labelled void.
 */
export const PREPROCESSINGS = ['fit', 'native', 'stretch', 'crop'] as const;
export type Preprocessing = (typeof PREPROCESSINGS)[number];

export interface FileChecksum {
  /** Path of the file below the model's folder. */
  readonly path: string;
  readonly bytes: number;
  /** 64 lower-case hex digits, of the bytes that were really loaded. */
  readonly sha256: string;
}

/** How a Segmenter describes itself once it is loaded. */
export interface SegmenterDescription {
  readonly modelId: string;
  readonly modelName: string;
  readonly files: readonly FileChecksum[];
  /** For instance "TensorFlow.js 4.22.0". */
  readonly runtime: string;
  readonly backend: Backend;
  /** WebGL renderer, WebGPU adapter, or a name for the processor. */
  readonly device: string;
  readonly softwareRendered: boolean;
  /** null if the backend does not have it. */
  readonly simd: boolean | null;
  readonly threads: number | null;
  readonly float16Textures: boolean | null;
  readonly pipeline: Pipeline;
  readonly preprocessing: Preprocessing;
  /** How the logits become pixels again; absent: aligned, as in DeepLab. */
  readonly upsampling?: Upsampling;
  /** Side of the square that the network sees, px. */
  readonly inputSize: number;
  /** Input side over logits side; null if the pipeline hides it. */
  readonly outputStride: number | null;
  /** Storage type of the weights, for instance "float16". */
  readonly precision: string;
  /** The list of the names and colours; null: the classes only have numbers. */
  readonly classList: ClassListId | null;
  /** Class names by index. */
  readonly classNames: readonly string[];
}

/** Start-up numbers, never mixed with steady state. All ms. */
export interface ColdTimings {
  /** Worker script and backend start (WASM compile, WebGL context). */
  readonly startMs: number;
  /** Fetching and checking all files; from the HTTP cache if it has them. */
  readonly downloadMs: number;
  /** Decoding weights and building the graph. */
  readonly parseMs: number;
  /** First inference, including shader compilation and weight upload. */
  readonly firstInferenceMs: number;
  /** True if another model was running at the same time, so that these numbers are upper bounds. */
  readonly contended: boolean;
}

/**
 * Everything a reader needs to compare a result with another one.
 * @typeParam Description of the segmenter; an agent's has more fields
 */
export interface Configuration<Description = SegmenterDescription> {
  readonly segmenter: Description;
  readonly source: string;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly pageVisible: boolean;
  readonly crossOriginIsolated: boolean;
  readonly hardwareConcurrency: number;
  readonly userAgent: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly segscopeVersion: string;
}
