import { afterEach, describe, expect, test } from 'vitest';
import type { Backend } from '../domain/backend.ts';
import type { Pipeline } from '../domain/measuring/configuration.ts';
import { browserSetup } from '../domain/setup.ts';
import { VOC_CLASSES } from '../domain/labels/class-list.ts';
import type { Frame } from '../domain/frame.ts';
import { VOID_LABEL, agreement01, countLabels } from '../domain/labels/label-map.ts';
import type { LabelMap } from '../domain/labels/label-map.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { Problem } from '../domain/problems/problem.ts';
import type { LoadPhase, WorkerRequest } from '../worker/messages.ts';
import type { Segmenter } from './segmenter.ts';
import { openWorkerSegmenter } from './worker-segmenter.ts';
import type { LoadRequest } from './worker-segmenter.ts';

type ModelToLoad = Extract<WorkerRequest, { kind: 'load' }>['model'];
type ModelFile = ModelToLoad['graph'];

const CAT = VOC_CLASSES.names.indexOf('cat');
const PERSON = VOC_CLASSES.names.indexOf('person');
/** For backends that take seconds per frame when they share two cores with other work. */
const SLOW_MS = 240_000;
const signal = new AbortController().signal;

function embeddedModel(graph = 'tfjs/model.json'): ModelToLoad {
  const folder = new URL('/models/segscope-mnv2-257/', location.href);
  const file = (path: string) => ({ path, url: new URL(path, folder).href, bytes: null, sha256: null });
  return {
    id: 'segscope-mnv2-257',
    name: 'Segscope MobileNetV2',
    runtime: 'tfjs',
    graph: file(graph),
    shards: [file('tfjs/group1-shard1of1.bin')],
    padding: { kind: 'outside' },
    precision: 'float16',
    classList: 'voc',
    classNames: VOC_CLASSES.names,
  };
}

interface Traits {
  readonly model: ModelToLoad;
  readonly backend: Backend;
  readonly inputSize: number;
  readonly pipeline: Pipeline;
}

function request(traits: Partial<Traits> = {}): LoadRequest {
  const { model = embeddedModel(), backend = 'wasm', inputSize = 257, pipeline = 'ours' } = traits;
  return { setup: browserSetup(model.id, inputSize, backend, { pipeline }), model, contended: false };
}

const opened: Segmenter[] = [];

async function open(traits: Partial<Traits> = {}): Promise<Segmenter> {
  const segmenter = await openWorkerSegmenter(request(traits), () => undefined, signal);
  opened.push(segmenter);
  return segmenter;
}

async function sample(name: string, id = 1): Promise<Frame<ImageBitmap>> {
  const response = await fetch(`/samples/${name}.jpg`);
  const pixels = await createImageBitmap(await response.blob());
  return { id, width: pixels.width, height: pixels.height, pixels, waitMs: 0 };
}

async function labelsOf(segmenter: Segmenter, name: string): Promise<LabelMap> {
  const { labelMap, frame } = await segmenter.segment(await sample(name), signal);
  frame.pixels.close();
  return labelMap;
}

function shardOf(model: ModelToLoad): ModelFile {
  const [shard] = model.shards;
  if (shard === undefined) throw new Error('The model lists no shard.');
  return shard;
}

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problem;
  throw new Error(`Expected a ProblemError, got ${String(error)}.`);
}

/** Share of the pixels, and the centre of the class in units of the picture. */
function placeOf(map: LabelMap, label: number) {
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  map.labels.forEach((value, at) => {
    if (value !== label) return;
    count++;
    sumX += at % map.width;
    sumY += Math.floor(at / map.width);
  });
  return {
    share01: count / map.labels.length,
    x01: sumX / count / map.width,
    y01: sumY / count / map.height,
  };
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((segmenter) => segmenter.close()));
});

describe('a worker segmenter with the embedded model', () => {
  test('finds the cat in its place, and returns the same picture', async () => {
    const segmenter = await open();
    const frame = await sample('chelsea', 7);
    const { labelMap, frame: returned, stages } = await segmenter.segment(frame, signal);
    expect([labelMap.width, labelMap.height]).toEqual([257, 171]);
    // Observed: 76 % of the picture around (0.41, 0.49).
    const cat = placeOf(labelMap, CAT);
    expect(cat.share01).toBeGreaterThan(0.7);
    expect(cat.share01).toBeLessThan(0.82);
    expect(Math.abs(cat.x01 - 0.41)).toBeLessThan(0.05);
    expect(Math.abs(cat.y01 - 0.49)).toBeLessThan(0.05);

    expect(frame.pixels.width).toBe(0);
    expect(returned).toMatchObject({ id: 7, width: 451, height: 300, waitMs: 0 });
    expect([returned.pixels.width, returned.pixels.height]).toEqual([451, 300]);
    returned.pixels.close();
    expect(stages.encode).toBe(0);
    for (const stage of ['transport', 'preprocess', 'inference', 'postprocess'] as const) {
      expect(stages[stage]).toBeGreaterThan(0);
    }
  });

  test('finds the person in the astronaut', async () => {
    // Observed: 46 % of the picture around (0.31, 0.58).
    const person = placeOf(await labelsOf(await open(), 'astronaut'), PERSON);
    expect(person.share01).toBeGreaterThan(0.4);
    expect(person.share01).toBeLessThan(0.52);
    expect(Math.abs(person.x01 - 0.31)).toBeLessThan(0.05);
    expect(Math.abs(person.y01 - 0.58)).toBeLessThan(0.05);
  });

  test('describes the model, device and files, and reports the cold timings separately', async () => {
    const phases: LoadPhase[] = [];
    const segmenter = await openWorkerSegmenter(
      { ...request(), contended: true },
      ({ phase }) => phases.push(phase),
      signal,
    );
    opened.push(segmenter);
    expect([...new Set(phases)]).toEqual(['start', 'download', 'parse', 'first-inference']);
    const { description, cold, loadedMemory } = segmenter;
    expect(description).toMatchObject({
      modelId: 'segscope-mnv2-257',
      backend: 'wasm',
      runtime: 'TensorFlow.js 4.22.0',
      pipeline: 'ours',
      inputSize: 257,
      outputStride: 16,
      softwareRendered: false,
      float16Textures: null,
    });
    expect(description.files.map(({ path }) => path)).toEqual([
      'tfjs/model.json',
      'tfjs/group1-shard1of1.bin',
    ]);
    for (const { sha256 } of description.files) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(cold.contended).toBe(true);
    for (const part of ['startMs', 'downloadMs', 'parseMs', 'firstInferenceMs'] as const) {
      expect(cold[part]).toBeGreaterThan(0);
    }
    expect(loadedMemory.tensors).toBe(134);
  });

  test('has as many tensors after 10 frames as after loading, and none after close()', async () => {
    const segmenter = await open();
    for (let id = 1; id <= 10; id++) {
      const { frame, memory } = await segmenter.segment(await sample('chelsea', id), signal);
      frame.pixels.close();
      expect(memory).toEqual(segmenter.loadedMemory);
    }
    expect(await segmenter.measureBare(3)).toHaveLength(3);
    expect(await segmenter.close()).toEqual({ tensors: 0, bytes: 0 });
    expect(await segmenter.close()).toEqual({ tensors: 0, bytes: 0 });
  });

  test('closing waits for the frame in flight', async () => {
    const segmenter = await open();
    const segmenting = segmenter.segment(await sample('chelsea'), signal);
    const closing = segmenter.close();
    const { labelMap, frame } = await segmenting;
    frame.pixels.close();
    expect(labelMap.width).toBe(257);
    expect(await closing).toEqual({ tensors: 0, bytes: 0 });
  });

  test('cpu gives the same labels as wasm', { timeout: SLOW_MS }, async () => {
    const wasm = await labelsOf(await open(), 'chelsea');
    // Observed 1.
    expect(agreement01(wasm, await labelsOf(await open({ backend: 'cpu' }), 'chelsea'))).toBeGreaterThan(
      0.999,
    );
  });

  test(
    'webgl gives the same labels as wasm, and reports software rendering',
    { timeout: SLOW_MS },
    async () => {
      const wasm = await labelsOf(await open(), 'chelsea');
      const webgl = await open({ backend: 'webgl' });
      // Observed 1 with SwiftShader.
      expect(agreement01(wasm, await labelsOf(webgl, 'chelsea'))).toBeGreaterThan(0.99);
      expect(webgl.description.softwareRendered).toBe(/swiftshader|llvmpipe/i.test(webgl.description.device));
      expect(await webgl.close()).toEqual({ tensors: 0, bytes: 0 });
    },
  );
});

describe('the stock pipeline', () =>
  test('nearly agrees with our pipeline at 513, and leaves no tensor', async () => {
    const ours = await labelsOf(await open({ inputSize: 513 }), 'chelsea');
    const stock = await open({ model: embeddedModel('tfjs/model_autopad.json'), pipeline: 'stock' });
    const { labelMap, frame, memory } = await stock.segment(await sample('chelsea'), signal);
    frame.pixels.close();
    expect([labelMap.width, labelMap.height]).toEqual([513, 341]);
    expect(countLabels(labelMap)[VOID_LABEL]).toBe(0);
    // Observed 0.991; the two scale and pad the picture differently.
    expect(agreement01(ours, labelMap)).toBeGreaterThan(0.95);
    expect(stock.description).toMatchObject({ pipeline: 'stock', inputSize: 513, outputStride: null });
    expect(memory).toEqual(stock.loadedMemory);
    expect(await stock.measureBare(2)).toBeNull();
    expect(await stock.close()).toEqual({ tensors: 0, bytes: 0 });
  }));

describe('a worker segmenter that cannot be opened', () => {
  test('names the missing file', async () => {
    const model = embeddedModel();
    const shards = [{ ...shardOf(model), url: new URL('/models/gone.bin', location.href).href }];
    expect(await problemOf(open({ model: { ...model, shards } }))).toMatchObject({
      kind: 'model-file-missing',
      file: 'tfjs/group1-shard1of1.bin',
    });
  });

  test('names the truncated file, and the corrupt one', async () => {
    const model = embeddedModel();
    const truncated = [{ ...shardOf(model), bytes: 5_000_000 }];
    expect(await problemOf(open({ model: { ...model, shards: truncated } }))).toEqual({
      kind: 'model-file-truncated',
      file: 'tfjs/group1-shard1of1.bin',
      expectedBytes: 5_000_000,
      actualBytes: 4_227_312,
    });
    const corrupt = [{ ...shardOf(model), sha256: '0'.repeat(64) }];
    expect(await problemOf(open({ model: { ...model, shards: corrupt } }))).toEqual({
      kind: 'model-file-corrupt',
      file: 'tfjs/group1-shard1of1.bin',
    });
  });

  test("refuses a graph that pads to a different size from the catalogue's", async () => {
    const model: ModelToLoad = {
      ...embeddedModel('tfjs/model_autopad.json'),
      padding: { kind: 'inside', size: 513 },
    };
    const segmenter = await open({ model });
    expect(await problemOf(labelsOf(segmenter, 'chelsea'))).toMatchObject({ kind: 'model-invalid' });
  });

  test('ends immediately on abort', async () => {
    const controller = new AbortController();
    const opening = openWorkerSegmenter(request(), () => undefined, controller.signal);
    controller.abort();
    await expect(opening).rejects.toHaveProperty('name', 'AbortError');
    await expect(openWorkerSegmenter(request(), () => undefined, controller.signal)).rejects.toHaveProperty(
      'name',
      'AbortError',
    );
  });
});

test('closes the pixels of a frame that cannot be segmented', async () => {
  const segmenter = await open();
  await segmenter.close();
  const frame = await sample('chelsea');
  expect(await problemOf(segmenter.segment(frame, signal))).toMatchObject({ kind: 'worker-crashed' });
  expect(frame.pixels.width).toBe(0);
});
