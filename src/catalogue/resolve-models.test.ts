import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../domain/problems/problem.ts';
import { parseCatalogue, type CatalogueEntry } from './catalogue.ts';
import { parseLocalIndex, type LocalIndex } from './local-index.ts';
import { toListing } from './model-listing.ts';
import { modelToLoad } from './model-to-load.ts';
import { resolveModels } from './resolve-models.ts';

const catalogue = parseCatalogue(
  JSON.parse(readFileSync(new URL('../../public/models/catalogue.json', import.meta.url), 'utf8')),
);
const sha256 = 'ab'.repeat(32);
const folder = (name: string, ...paths: string[]): LocalIndex['folders'][number] => ({
  folder: name,
  files: paths.map((path) => ({ path, bytes: 1000, sha256 })),
  described: null,
});
const index = (...folders: LocalIndex['folders']): LocalIndex => ({ version: 1, folders });
const byId = (local: LocalIndex, id: string) => {
  const found = resolveModels(catalogue, local).find(({ entry }) => entry.id === id);
  if (found === undefined) throw new Error(`${id} is not resolved`);
  return found;
};
const ZOO = 'mobilenetv2_coco_voc_trainval';
const zooFolder = folder(ZOO, 'model.json', 'group1-shard1of2.bin', 'group1-shard2of2.bin', 'README.md');
const embedded = folder('segscope-mnv2-257', 'tfjs/model.json', 'tfjs/model_autopad.json', 'tfjs/g.bin');

describe('resolveModels', () => {
  test('a model is present when its graph is in the folder, and absent otherwise', () => {
    const local = index(embedded, zooFolder);
    const present = resolveModels(catalogue, local).filter((model) => model.present);
    expect(present.map(({ entry }) => entry.id)).toEqual(['segscope-mnv2-257', ZOO]);
    expect(resolveModels(catalogue, local)).toHaveLength(catalogue.models.length);
  });

  test('a folder without a catalogue entry becomes a model', () => {
    const { entry, present, bytes } = byId(index(folder('mine', 'web/model.json', 'web/shard1')), 'mine');
    expect(entry.name).toBe('mine (found in models folder)');
    expect(entry.padding).toEqual({ kind: 'inside', size: 513 });
    expect(entry.graph).toBe('web/model.json');
    expect({ present, bytes }).toEqual({ present: true, bytes: 2000 });
  });

  test('a found folder with several graphs becomes one model per graph', () => {
    const local = index(folder('zoo', 'a/model.json', 'a/w.bin', 'b/model.json', 'b/w.bin'));
    expect(byId(local, 'zoo--a').entry.name).toBe('zoo/a (found in models folder)');
    expect(byId(local, 'zoo--b').entry.graph).toBe('b/model.json');
  });

  test('a found folder never takes the id of a catalogued model', () => {
    const local = index(folder('segscope-mnv2-257-uint8', 'model.json'));
    const ids = resolveModels(catalogue, local).map(({ entry }) => entry.id);
    expect(new Set(ids).size).toBe(catalogue.models.length + 1);
    expect(ids.at(-1)).toBe('segscope-mnv2-257-uint8--found');
  });
});

describe('a folder that an import described', () => {
  const own: CatalogueEntry = {
    ...byId(index(), ZOO).entry,
    id: 'my-net',
    folder: 'my-net',
    name: 'My net',
    classList: null,
    classes: 7,
    graph: 'model.json',
    stockGraph: 'published/model.json',
  };
  const files = ['model.json', 'weights.bin', 'published/model.json', 'published/weights.bin'];

  test('is one model, as its description says', () => {
    const local = index({ ...folder('my-net', ...files), described: own });
    expect(resolveModels(catalogue, local).at(-1)).toEqual({ entry: own, present: true, bytes: 2000 });
  });

  test('numbers its classes if their list is unknown', () => {
    const local = index({ ...folder('my-net', ...files), described: own });
    const loadable = modelToLoad(own, local, 'http://localhost/', 'ours');
    expect(loadable.classNames).toHaveLength(7);
  });

  test('of a catalogued model keeps its published facts and runs as imported', () => {
    const known = byId(index(), ZOO).entry;
    const described: CatalogueEntry = {
      ...known,
      name: 'other name',
      published: null,
      padding: { kind: 'outside' },
      inputSizes: [257, 513],
      stockGraph: 'published/model.json',
    };
    const { entry } = byId(index({ ...folder(ZOO, ...files), described }), ZOO);
    expect(entry).toEqual({
      ...known,
      padding: { kind: 'outside' },
      inputSizes: [257, 513],
      stockGraph: 'published/model.json',
    });
  });

  test('that describes another model leaves the catalogue alone', () => {
    const { entry } = byId(index({ ...folder(ZOO, ...files), described: { ...own, folder: ZOO } }), ZOO);
    expect(entry.padding).toEqual({ kind: 'inside', size: 513 });
  });
});

describe('modelToLoad', () => {
  const base = 'http://localhost:4173/some/path/';

  test('expects the size and checksum of the catalogue, not of the folder, if it has them', () => {
    const { entry } = byId(index(embedded), 'segscope-mnv2-257');
    const { graph, shards } = modelToLoad(entry, index(embedded), base, 'ours');
    expect(graph).toEqual({
      ...entry.files.find(({ path }) => path === 'tfjs/model.json'),
      url: `${base}models/segscope-mnv2-257/tfjs/model.json`,
    });
    expect(shards.map(({ path }) => path)).toEqual(['tfjs/group1-shard1of1.bin', 'tfjs/g.bin']);
    expect(shards[0]?.bytes).toBe(4227312);
  });

  test('expects the size and checksum of the local index if the catalogue has none', () => {
    const local = index(zooFolder);
    const { graph, shards } = modelToLoad(byId(local, ZOO).entry, local, base, 'ours');
    expect(graph).toMatchObject({ path: 'model.json', bytes: 1000, sha256 });
    expect(shards.map(({ url }) => url)).toEqual([
      `${base}models/${ZOO}/group1-shard1of2.bin`,
      `${base}models/${ZOO}/group1-shard2of2.bin`,
    ]);
  });

  test('the stock pipeline uses its own graph with the same shards', () => {
    const local = index(embedded);
    const { entry } = byId(local, 'segscope-mnv2-257');
    const stock = modelToLoad(entry, local, base, 'stock');
    expect(stock.graph.path).toBe('tfjs/model_autopad.json');
    expect(stock.shards).toEqual(modelToLoad(entry, local, base, 'ours').shards);
  });

  test('escapes special characters in URLs', () => {
    const local = index(folder('mine', 'my net/model.json'));
    expect(modelToLoad(byId(local, 'mine').entry, local, base, 'ours').graph.url).toBe(
      `${base}models/mine/my%20net/model.json`,
    );
  });

  test('a model without its graph is absent', () =>
    expect(() => modelToLoad(byId(index(), ZOO).entry, index(), base, 'ours')).toThrow(
      new ProblemError({ kind: 'model-absent', modelId: ZOO }),
    ));

  test('a model without a stock graph cannot run the stock pipeline', () => {
    const entry = { ...byId(index(zooFolder), ZOO).entry, stockGraph: null };
    expect(() => modelToLoad(entry, index(zooFolder), base, 'stock')).toThrow(/no graph for segment/);
    expect(toListing({ entry, present: true, bytes: null }).pipelines).toEqual(['ours']);
  });
});

describe('toListing', () => {
  test('an absent model says how to get it', () => {
    const { availability, summary } = toListing(byId(index(), ZOO));
    expect(availability.kind === 'absent' && availability.howToGet).toContain(`npm run models -- get ${ZOO}`);
    expect(summary).toBe(
      'DeepLab v3, MobileNetV2 1.0, output stride 8, trained on VOC train_aug + trainval (has seen VOC val), float32',
    );
  });

  test('a network for other classes names its data set', () => {
    const { summary, published } = toListing(byId(index(), 'mobilenetv2_coco_cityscapes_trainfine'));
    expect(summary).toContain('trained on Cityscapes train');
    expect(published).toMatch(/^mean IoU 70\.71 % on Cityscapes val /);
  });

  test('a ready model says how large it is', () => {
    const { availability, summary } = toListing(byId(index(embedded), 'segscope-mnv2-257'));
    expect(availability).toEqual({ kind: 'ready' });
    expect(summary).toMatch(/, float16, 4\.3 MB$/);
  });

  test('a published accuracy always comes with its conditions and source', () => {
    expect(toListing(byId(index(), 'mobilenetv2_dm05_coco_voc_trainaug')).published).toBe(
      'mean IoU 70.19 % on VOC val (output stride 16, one scale, no flips); TensorFlow DeepLab model zoo (github.com/tensorflow/models, research/deeplab/g3doc/model_zoo.md)',
    );
    expect(toListing(byId(index(folder('mine', 'model.json')), 'mine')).published).toBeNull();
  });
});

describe('parseLocalIndex', () => {
  test('accepts a valid index', () => expect(parseLocalIndex(index(embedded))).toEqual(index(embedded)));

  test('refuses an invalid index and names the field', () => {
    expect(() => parseLocalIndex(index(folder('a/b')))).toThrow(/folders\[0\]\.folder/);
    expect(() => parseLocalIndex('<!doctype html>')).toThrow(/top level/);
  });
});
