import { beforeEach, describe, expect, test } from 'vitest';
import {
  forgetModel,
  keepModel,
  listKeptModels,
  openKeptFile,
  removeLeftovers,
  STORE_FOLDER,
} from './browser-store.ts';
import type { ModelDescription } from './model-description.ts';

const WEIGHTS = Uint8Array.of(1, 2, 3, 4);
const GRAPH = Uint8Array.from(new TextEncoder().encode('{}'));
const FILES = [
  { path: 'model.json', bytes: GRAPH },
  { path: 'published/weights.bin', bytes: WEIGHTS },
];

function description(folder: string): ModelDescription {
  return {
    version: 1,
    entry: {
      id: folder,
      name: 'Mine',
      folder,
      runtime: 'tfjs',
      classList: 'cityscapes',
      classes: 19,
      architecture: null,
      backbone: null,
      depthMultiplier: null,
      outputStride: 16,
      inputSizes: [513],
      padding: { kind: 'outside' },
      trainingSplit: 'unknown',
      precision: 'float16',
      licence: 'unknown',
      source: 'your own file',
      published: null,
      multiplyAdds: null,
      graph: 'model.json',
      stockGraph: null,
      edgeTpuTwin: null,
      files: FILES.map(({ path, bytes }) => ({ path, bytes: bytes.length, sha256: 'ab'.repeat(32) })),
      download: null,
      howToGet: 'Import it again.',
    },
    report: {
      found: [],
      folded: [],
      nodesBefore: 2,
      nodesAfter: 1,
      weightBytes: 4,
      multiplyAdds: null,
      sourceFiles: [],
    },
    selfCheck: null,
    installedAt: '2026-11-22T15:00:00.000Z',
    weights: 'float16',
    downloadedFrom: null,
  };
}

/** The browser's real private file system, emptied. */
let root: FileSystemDirectoryHandle;
beforeEach(async () => {
  root = await navigator.storage.getDirectory();
  await root.removeEntry(STORE_FOLDER, { recursive: true }).catch(() => undefined);
});

const folders = async () => (await listKeptModels(root)).map(({ folder }) => folder);
const modelFolder = async (name: string) =>
  (await root.getDirectoryHandle(STORE_FOLDER)).getDirectoryHandle(name);

describe('a kept model', () => {
  test('is listed with its description and returns its bytes', async () => {
    await keepModel(root, description('own-mine'), FILES);
    const [kept] = await listKeptModels(root);
    expect(kept?.folder).toBe('own-mine');
    expect(kept?.described).toEqual(description('own-mine').entry);
    const file = await openKeptFile<File>(root, 'own-mine', 'published/weights.bin');
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(WEIGHTS);
  });

  test('replaces an earlier model of the same name', async () => {
    await keepModel(root, description('own-mine'), [...FILES, { path: 'old.bin', bytes: WEIGHTS }]);
    await keepModel(root, description('own-mine'), FILES);
    await expect(openKeptFile(root, 'own-mine', 'old.bin')).rejects.toThrow();
    expect(await folders()).toEqual(['own-mine']);
  });

  test('is deleted alone', async () => {
    await keepModel(root, description('own-mine'), FILES);
    await keepModel(root, description('own-other'), FILES);
    await forgetModel(root, 'own-mine');
    await forgetModel(root, 'own-mine');
    expect(await folders()).toEqual(['own-other']);
  });
});

describe('an unfinished model', () => {
  test('is not listed without its description', async () => {
    await keepModel(root, description('own-mine'), FILES);
    await (await modelFolder('own-mine')).removeEntry('segscope-model.json');
    expect(await folders()).toEqual([]);
  });

  test('is not listed when a file is shorter than described', async () => {
    await keepModel(root, description('own-mine'), [
      { path: 'model.json', bytes: GRAPH },
      { path: 'published/weights.bin', bytes: WEIGHTS.subarray(0, 3) },
    ]);
    expect(await folders()).toEqual([]);
  });

  test('leaves no trace when writing fails halfway', async () => {
    const broken = { path: 'not/../allowed', bytes: WEIGHTS };
    await expect(keepModel(root, description('own-mine'), [...FILES, broken])).rejects.toThrow();
    await expect(modelFolder('own-mine')).rejects.toThrow();
  });

  test('is removed, and finished ones stay', async () => {
    await keepModel(root, description('own-mine'), FILES);
    await keepModel(root, description('own-half'), FILES);
    await (await modelFolder('own-half')).removeEntry('segscope-model.json');
    await removeLeftovers(root);
    await expect(modelFolder('own-half')).rejects.toThrow();
    expect(await folders()).toEqual(['own-mine']);
  });
});

test('a browser without stored models lists nothing', async () => {
  expect(await listKeptModels(root)).toEqual([]);
});
