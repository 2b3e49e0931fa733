import { describe, expect, test } from 'vitest';
import { allCores, BACKENDS, halfOfCores, isBackend, isSoftwareRenderer } from './backend.ts';

describe('isBackend', () =>
  test('accepts the four backends and nothing else', () => {
    expect(BACKENDS.every(isBackend)).toBe(true);
    expect(['auto', 'WASM', 'webgl2', ''].some(isBackend)).toBe(false);
  }));

describe('isSoftwareRenderer', () => {
  test.each([
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'llvmpipe (LLVM 15.0.6, 256 bits)',
    'Mesa/X.org, softpipe',
    'Software Rasterizer',
    'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)',
    'ANGLE (Microsoft, WARP, D3D11)',
    'google swiftshader',
  ])('recognises %s', (device) => expect(isSoftwareRenderer(device)).toBe(true));

  test.each([
    'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)',
    'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)',
    'Apple M2',
    'Adreno (TM) 640',
    'V3D 4.2',
    '',
  ])('treats "%s" as a GPU', (device) => expect(isSoftwareRenderer(device)).toBe(false));
});

test('a backend starts one thread per two logical cores by default, at least one and at most four', () =>
  expect([1, 2, 3, 4, 6, 8, 16, 64].map(halfOfCores)).toEqual([1, 1, 1, 2, 3, 4, 4, 4]));

test('all cores means at least one thread and at most four', () =>
  expect([0, 1, 2, 4, 64].map(allCores)).toEqual([1, 1, 2, 4, 4]));
