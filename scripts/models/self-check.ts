/** Runs a network as published and as converted on one photo, in Node with TensorFlow.js's WASM backend. */
import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { ready, setBackend, Tensor, tensor } from '@tensorflow/tfjs-core';
import type { SelfCheck } from '../../src/catalogue/model-description.ts';
import { agreement01, type LabelMap } from '../../src/domain/labels/label-map.ts';
import { UpsampleArgmax } from '../../src/domain/labels/upsample-argmax.ts';
import { readDeeplabGraph } from '../../src/model-import/deeplab-graph.ts';
import { readGraphModelFile } from '../../src/model-import/graph-model-file.ts';
import type { ImportedModel, ImportFile, ModelFacts } from '../../src/model-import/import-model.ts';
import { join } from 'node:path';
import sharp from 'sharp';

export interface CheckedModel {
  readonly check: SelfCheck;
  /** Time of one run each, ms; the first run of its network, so only a rough comparison. */
  readonly publishedMs: number;
  readonly convertedMs: number;
}

/** @returns null for a .tflite, which only the page can run @throws whatever the networks throw */
export async function selfCheck(imported: ImportedModel, samples: string): Promise<CheckedModel | null> {
  if (imported.runtime === 'litert') return null;
  setThreadsCount(1);
  await setBackend('wasm');
  await ready();
  const golden = await goldenSquare(samples, sizeOf(imported.facts));
  const converted = await segment(imported.files, '', golden);
  const published = await segment(imported.files, 'published/', golden);
  return {
    check: {
      picture: golden.picture,
      backend: 'wasm',
      inputSize: golden.side,
      agreement01: agreement01(converted.labelMap, published.labelMap),
    },
    publishedMs: published.ms,
    convertedMs: converted.ms,
  };
}

/** The largest, as in the published figures. */
function sizeOf({ comparableSizes }: ModelFacts): number {
  if (comparableSizes.length === 0) throw new Error('as published it takes oblong pictures only');
  return Math.max(...comparableSizes);
}

async function segment(
  files: readonly ImportFile[],
  folder: string,
  { side, width, height, rgb }: GoldenSquare,
): Promise<{ readonly labelMap: LabelMap; readonly ms: number }> {
  const bytesOf = (path: string) => {
    const file = files.find((each) => each.path === folder + path);
    if (file === undefined) throw new Error(`${folder}${path} is missing.`);
    return file.bytes;
  };
  const id = `${folder}model.json`;
  const graph = readGraphModelFile(JSON.parse(new TextDecoder().decode(bytesOf('model.json'))), id);
  const { inputName, inputDtype, logitsName } = readDeeplabGraph(graph.topology, id);
  const model = await loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology: graph.topology,
        weightSpecs: [...graph.weightSpecs],
        weightData: graph.shardPaths.map((path) => Uint8Array.from(bytesOf(path)).buffer),
      }),
  });
  const values = inputDtype === 'int32' ? Int32Array.from(rgb) : Float32Array.from(rgb);
  const input = tensor(values, [1, side, side, 3], inputDtype);
  const started = performance.now();
  const output = model.execute({ [inputName]: input }, logitsName);
  if (!(output instanceof Tensor)) throw new Error('The graph gave more than one tensor for its logits.');
  const [, gridHeight = 0, gridWidth = 0, classes = 0] = output.shape;
  const labels = new UpsampleArgmax({
    gridHeight,
    gridWidth,
    classes,
    outHeight: side,
    outWidth: side,
    rows: height,
    cols: width,
    mode: 'exact',
  }).run(Float32Array.from(output.dataSync()), new Uint8Array(width * height));
  const ms = performance.now() - started;
  output.dispose();
  input.dispose();
  model.dispose();
  return { labelMap: { width, height, labels }, ms };
}

interface GoldenSquare {
  /** For people. */
  readonly picture: string;
  /** Side of the square, px. */
  readonly side: number;
  /** The part that the photo covers, top left, px. */
  readonly width: number;
  readonly height: number;
  /** side * side * 3 values 0..255, RGB. */
  readonly rgb: Uint8Array;
}

const PICTURE = 'astronaut.jpg';

/** Grey, as every DeepLab pads: 127.5 rounded down. */
const PADDING = { r: 127, g: 127, b: 127 };

/**
 * Fits the photo into the square and pads to the right and below: every graph sees the same, whether it pads itself or
 * not.
 */
async function goldenSquare(samples: string, side: number): Promise<GoldenSquare> {
  const fitted = await sharp(join(samples, PICTURE))
    .resize(side, side, { fit: 'inside' })
    .removeAlpha()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = fitted.info;
  const rgb = await sharp(fitted.data)
    .extend({ right: side - width, bottom: side - height, background: PADDING })
    .raw()
    .toBuffer();
  return { picture: PICTURE, side, width, height, rgb };
}
