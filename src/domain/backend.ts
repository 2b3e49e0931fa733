/** The backends that Segscope can run, and how software rendering is told from a real GPU. */

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
