/** Wording for backends, pipelines and stages. */
import type { BackendChoice } from '../domain/backend.ts';
import type { Pipeline } from '../domain/measuring/configuration.ts';
import type { TimingRow } from '../domain/measuring/timing-snapshot.ts';

export const BACKEND_WORDS: Readonly<Record<BackendChoice, string>> = {
  auto: 'auto',
  webgl: 'webgl',
  webgpu: 'webgpu',
  wasm: 'wasm',
  litert: 'litert',
  'litert-webgpu': 'litert-webgpu',
  cpu: 'cpu',
};

/** One line per backend, for the open list. */
export const BACKEND_NOTES: Readonly<Record<BackendChoice, string>> = {
  auto: 'the fastest measured on this machine',
  webgl: 'GPU, through WebGL 2',
  webgpu: 'GPU, through WebGPU',
  wasm: 'CPU, through WebAssembly',
  litert: 'CPU, through LiteRT.js on WebAssembly',
  'litert-webgpu': 'GPU, through LiteRT.js on WebGPU',
  cpu: 'CPU, plain JavaScript',
};

export const PIPELINE_WORDS: Readonly<Record<Pipeline, string>> = {
  ours: 'ours',
  stock: 'stock',
};

export const PIPELINE_NOTES: Readonly<Record<Pipeline, string>> = {
  ours: 'cut at the logits, upsampling and argmax in one step',
  stock: 'segment() of @tensorflow-models/deeplab, the baseline',
};

export const ROW_WORDS: Readonly<Record<TimingRow['key'], string>> = {
  capture: 'capture',
  wait: 'of which waiting',
  encode: 'encode',
  transport: 'transport',
  preprocess: 'preprocess',
  inference: 'inference',
  postprocess: 'postprocess',
  paint: 'paint',
  frame: 'frame',
};
