/** The words of the page for pipelines, backends and other terms, each written once. */
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

/** One line per choice, shown in the open list. */
export const BACKEND_NOTES: Readonly<Record<BackendChoice, string>> = {
  auto: 'the fastest one measured on this machine',
  webgl: 'graphics processor through WebGL 2',
  webgpu: 'graphics processor through WebGPU',
  wasm: 'processor, through WebAssembly',
  litert: 'processor, through LiteRT.js on WebAssembly',
  'litert-webgpu': 'graphics processor, through LiteRT.js on WebGPU',
  cpu: 'processor, plain JavaScript',
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
