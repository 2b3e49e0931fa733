import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelPath, readModelLibrary, type ModelLibrary } from './model-library.ts';

const embedded = fileURLToPath(
  new URL('../../../public/models/segscope-mnv2-257/tflite/segscope-mnv2-257-int8.tflite', import.meta.url),
);
let [first, second] = ['', ''];
let library: ModelLibrary;

beforeAll(async () => {
  first = await mkdtemp(join(tmpdir(), 'segscope-library-'));
  second = await mkdtemp(join(tmpdir(), 'segscope-library-'));
  await copyFile(embedded, join(first, 'twinned.tflite'));
  await copyFile(embedded, join(first, 'twinned_edgetpu.tflite'));
  await copyFile(embedded, join(first, 'lonely_edgetpu.tflite'));
  await writeFile(join(first, 'broken.tflite'), 'no network');
  await writeFile(join(first, 'notes.txt'), 'no network either');
  await copyFile(embedded, join(second, 'twinned.tflite'));
  await copyFile(embedded, join(second, 'single.tflite'));
  library = await readModelLibrary([first, second, '/nowhere']);
});
afterAll(async () => {
  await rm(first, { recursive: true });
  await rm(second, { recursive: true });
});

test('lists every .tflite once, with its Edge TPU twin', () => {
  const offered = library.models.map(({ listing }) => [listing.modelId, listing.edgeTpuTwin !== null]);
  expect(offered).toEqual([
    ['twinned', true],
    ['single', false],
  ]);
});

test('of two files with the same name the one in the first folder wins', () => {
  expect(modelPath(library, 'twinned', 'cpu').path).toBe(join(first, 'twinned.tflite'));
  expect(modelPath(library, 'twinned', 'edgetpu').path).toBe(join(first, 'twinned_edgetpu.tflite'));
});

test('lists files that are not networks, and twins without a CPU file, as unusable and says why', () => {
  const reasons = Object.fromEntries(library.unusable.map(({ modelId, reason }) => [modelId, reason]));
  expect(Object.keys(reasons).sort()).toEqual(['broken.tflite', 'lonely_edgetpu.tflite']);
  expect(reasons['lonely_edgetpu.tflite']).toMatch(/needs the uncompiled file lonely\.tflite/);
});

test.each(['../single', 'single.tflite', '', 'lonely'])('4.1 "%s" is not a model', (modelId) =>
  expect(() => modelPath(library, modelId, 'cpu')).toThrow(/no model of this name/),
);

test('4.2 a model without a twin is refused on the Edge TPU, never run on the CPU', () =>
  expect(() => modelPath(library, 'single', 'edgetpu')).toThrow(/no file compiled for the Edge TPU/));
