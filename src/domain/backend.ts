/** The backends that Segscope can run, the threads they start, and how to recognise software rendering. */

/**
 * 'litert' is LiteRT.js on WASM, 'litert-webgpu' is LiteRT.js on WebGPU, and both run graphs too; the others belong to
 *   TensorFlow.js.
 * A .tflite always runs on LiteRT.js: for it, 'wasm' and 'webgpu' mean the same two.
 */
export const BACKENDS = ['webgl', 'webgpu', 'wasm', 'litert', 'litert-webgpu', 'cpu'] as const;

export type Backend = (typeof BACKENDS)[number];

/** What the user chooses: a backend, or 'auto' = the fastest one measured on this machine. */
export type BackendChoice = Backend | 'auto';

/** True if LiteRT.js runs every model on this backend. */
export function isLitert(backend: Backend): backend is 'litert' | 'litert-webgpu' {
  return backend === 'litert' || backend === 'litert-webgpu';
}

export function isBackend(value: string): value is Backend {
  return (BACKENDS as readonly string[]).includes(value);
}

/**
 * True when a WebGL renderer or WebGPU adapter string names a software rasteriser. These run DeepLab 10 to 30 times
 * slower than WASM on the same cores (measured with SwiftShader on 2 cores), so Segscope prefers WASM there.
 */
export function isSoftwareRenderer(device: string): boolean {
  return /swiftshader|llvmpipe|softpipe|software|basic render|lavapipe|\bwarp\b/i.test(device);
}

/** A Pi 4 or 5 has four cores; more threads than cores are slower, and more than four gain nothing. */
const MOST_THREADS = 4;

/** One thread per core. */
export const allCores = (cores: number): number => Math.max(1, Math.min(MOST_THREADS, cores));

/**
 * The browser's default: half the logical cores. The WASM binary of TensorFlow.js starts at most half: for a request of
 * 1, 2 or 4 threads, it starts 1 on 2 logical cores and 2 on 4 (4.22). It honours smaller numbers.
 */
export const halfOfCores = (cores: number): number => allCores(Math.floor(cores / 2));
