/** The backends that Segscope can run, the threads they start, and how software rendering is told from a real GPU. */

/**
 * 'litert' is LiteRT.js on WASM, 'litert-webgpu' LiteRT.js on WebGPU, for graphs too; the others are TensorFlow.js's.
 * A .tflite runs on LiteRT.js anyway: there 'wasm' and 'webgpu' mean the same two.
 */
export const BACKENDS = ['webgl', 'webgpu', 'wasm', 'litert', 'litert-webgpu', 'cpu'] as const;

export type Backend = (typeof BACKENDS)[number];

/** What a person chooses: a backend, or 'auto' = the fastest one measured on this machine. */
export type BackendChoice = Backend | 'auto';

/** True where LiteRT.js runs whatever the model is. */
export function isLitert(backend: Backend): backend is 'litert' | 'litert-webgpu' {
  return backend === 'litert' || backend === 'litert-webgpu';
}

export function isBackend(value: string): value is Backend {
  return (BACKENDS as readonly string[]).includes(value);
}

/**
 * True when a WebGL renderer or WebGPU adapter string names a software rasteriser. Those run DeepLab 10 to 30
 * times slower than WASM on the same cores (measured with SwiftShader on 2 cores), so WASM is preferred there.
 */
export function isSoftwareRenderer(device: string): boolean {
  return /swiftshader|llvmpipe|softpipe|software|basic render|lavapipe|\bwarp\b/i.test(device);
}

/** A Pi 4 or 5 has as many cores; more threads than cores are slower, and more than four gain nothing. */
const MOST_THREADS = 4;

/** A thread for every core. */
export const allCores = (cores: number): number => Math.max(1, Math.min(MOST_THREADS, cores));

/**
 * What a browser starts by default: half the logical cores. The WASM binary of TensorFlow.js starts no more than half:
 * asked for 1, 2 or 4 threads, it starts 1 on 2 logical cores and 2 on 4 (4.22). It honours smaller numbers.
 */
export const halfOfCores = (cores: number): number => allCores(Math.floor(cores / 2));
