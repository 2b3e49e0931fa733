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

test('every .tflite is offered once, with its Edge TPU twin', () => {
  const offered = library.models.map(({ listing }) => [listing.modelId, listing.edgeTpuTwin !== null]);
  expect(offered).toEqual([
    ['twinned', true],
    ['single', false],
  ]);
});

test('of two files with one name the first folder’s counts', () => {
  expect(modelPath(library, 'twinned', 'cpu').path).toBe(join(first, 'twinned.tflite'));
  expect(modelPath(library, 'twinned', 'edgetpu').path).toBe(join(first, 'twinned_edgetpu.tflite'));
});

test('what is no network, and a twin without its brother, are named with the reason', () => {
  const reasons = Object.fromEntries(library.unusable.map(({ modelId, reason }) => [modelId, reason]));
  expect(Object.keys(reasons).sort()).toEqual(['broken.tflite', 'lonely_edgetpu.tflite']);
  expect(reasons['lonely_edgetpu.tflite']).toMatch(/needs lonely\.tflite/);
});

test.each(['../single', 'single.tflite', '', 'lonely'])('4.1 "%s" is no model', (modelId) =>
  expect(() => modelPath(library, modelId, 'cpu')).toThrow(/no model of this name/),
);

test('4.2 a model without a twin is refused on the Edge TPU, never run on the CPU', () =>
  expect(() => modelPath(library, 'single', 'edgetpu')).toThrow(/no file compiled for the Edge TPU/));
