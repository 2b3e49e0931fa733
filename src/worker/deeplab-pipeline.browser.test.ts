import { Tensor, memory, tensor } from '@tensorflow/tfjs-core';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VOC_CLASSES } from '../domain/labels/class-list.ts';
import { agreement01, resizeLabelMap } from '../domain/labels/label-map.ts';
import type { LabelMap } from '../domain/labels/label-map.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import { readDeeplabGraph } from '../model-import/deeplab-graph.ts';
import { startBackend } from './backend-start.ts';
import { DeeplabPipeline } from './deeplab-pipeline.ts';
import type { DeeplabPipelineOptions } from './deeplab-pipeline.ts';
import { buildGraphModel } from './graph-loading.ts';
import { inputGeometry } from './input-geometry.ts';
import { InputPixels } from './input-pixels.ts';
import type { ModelToLoad } from '../catalogue/model-to-load.ts';
import { downloadModel } from './model-download.ts';
import type { RunningBackend } from './running-backend.ts';

const OUTSIDE = { kind: 'outside' } as const;
const GRAPH_URL = new URL('/models/segscope-mnv2-257/tfjs/model.json', location.href).href;

const MODEL: ModelToLoad = {
  id: 'segscope-mnv2-257',
  name: 'Segscope MobileNetV2',
  runtime: 'tfjs',
  graph: { path: 'tfjs/model.json', url: GRAPH_URL, bytes: null, sha256: null },
  shards: [],
  padding: OUTSIDE,
  precision: 'float16',
  classList: 'voc',
  classNames: VOC_CLASSES.names,
};

let backend: RunningBackend;
let graphModel: GraphModel;
let options: DeeplabPipelineOptions;
let chelsea: Blob;

beforeAll(async () => {
  backend = await startBackend('wasm');
  const download = await downloadModel(MODEL, () => undefined);
  graphModel = await buildGraphModel(download, MODEL.id);
  const graph = readDeeplabGraph(download.graph.topology, MODEL.id);
  options = { backend, graphModel, graph, model: MODEL, inputSize: 257, preprocessing: 'fit' };
  chelsea = await (await fetch('/samples/chelsea.jpg')).blob();
});

afterAll(() => {
  graphModel.dispose();
  backend.close();
});

/** The labels that the uncut graph gives for the same input, without the padding. */
function labelsOfUncutGraph(values: Int32Array, map: LabelMap): LabelMap {
  const input = tensor(values, [1, 257, 257, 3], 'int32');
  const output = graphModel.execute({ ImageTensor: input }, 'SemanticPredictions');
  if (!(output instanceof Tensor)) throw new Error('Expected one tensor.');
  const square = output.dataSync<'int32'>();
  const labels = map.labels.map(
    (_, at) => square[Math.floor(at / map.width) * 257 + (at % map.width)] ?? 255,
  );
  input.dispose();
  output.dispose();
  return { ...map, labels };
}

describe('DeeplabPipeline', () => {
  test('gives the labels of the uncut graph: align_corners, and argmax after upsampling', async () => {
    const pixels = await createImageBitmap(chelsea);
    const { labelMap } = await new DeeplabPipeline(options).segment(pixels);
    expect([labelMap.width, labelMap.height]).toEqual([257, 171]);

    const values = new InputPixels('int32').read(pixels, inputGeometry(pixels, 257, 'fit', OUTSIDE));
    const expected = labelsOfUncutGraph(values, labelMap);
    // Observed 1; float32 against double may differ on a pixel where two classes are equal.
    expect(agreement01(labelMap, expected)).toBeGreaterThanOrEqual(0.9999);
    // Scaling labels instead of scores agrees less: observed 0.975.
    const coarse = resizeLabelMap(resizeLabelMap(expected, { width: 17, height: 11 }), labelMap);
    expect(agreement01(coarse, expected)).toBeLessThan(0.99);
  });

  test('a frame changes neither the number of tensors nor their bytes', async () => {
    const pipeline = new DeeplabPipeline(options);
    const pixels = await createImageBitmap(chelsea);
    const { numTensors, numBytes } = memory();
    for (let i = 0; i < 10; i++) await pipeline.segment(pixels);
    await pipeline.measureBare(2);
    expect(memory()).toMatchObject({ numTensors, numBytes });
  });

  test('knows its output stride once it has run', async () => {
    const pipeline = new DeeplabPipeline(options);
    expect(pipeline.outputStride).toBeNull();
    await pipeline.segment(await createImageBitmap(chelsea));
    expect(pipeline.outputStride).toBe(16);
  });

  test('pictures of different shapes each get labels at their own fitted size', async () => {
    const pipeline = new DeeplabPipeline(options);
    const sizes: number[][] = [];
    for (const [width, height] of [
      [300, 200],
      [200, 300],
      [257, 257],
    ] as const) {
      const { labelMap } = await pipeline.segment(await createImageBitmap(chelsea, 0, 0, width, height));
      sizes.push([labelMap.width, labelMap.height, labelMap.labels.length]);
    }
    expect(sizes).toEqual([
      [257, 171, 257 * 171],
      [171, 257, 171 * 257],
      [257, 257, 257 * 257],
    ]);
  });

  test('refuses a graph whose number of classes differs from the catalogue, and leaves no tensor', async () => {
    const pipeline = new DeeplabPipeline({ ...options, model: { ...MODEL, classNames: ['road', 'sky'] } });
    const { numTensors } = memory();
    const error: unknown = await pipeline
      .segment(await createImageBitmap(chelsea))
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem).toMatchObject({ kind: 'model-invalid' });
    expect(memory().numTensors).toBe(numTensors);
  });

  test('cannot be measured bare before its first picture', async () => {
    await expect(new DeeplabPipeline(options).measureBare(1)).rejects.toBeInstanceOf(ProblemError);
  });
});
