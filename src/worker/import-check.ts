/** Runs a converted network and its original on one picture, and counts where their labels agree. */
import type { GraphPadding } from '../catalogue/catalogue.ts';
import { fitInside } from '../domain/frame.ts';
import { classNamesOf } from '../domain/labels/class-list.ts';
import { agreement01, type LabelMap } from '../domain/labels/label-map.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import { readDeeplabGraph } from '../model-import/deeplab-graph.ts';
import { readGraphModelFile } from '../model-import/graph-model-file.ts';
import type { ImportedModel, ImportFile, ModelFacts } from '../model-import/import-model.ts';
import { DeeplabPipeline } from './deeplab-pipeline.ts';
import { buildGraphModel } from './graph-loading.ts';
import type { RunningBackend } from './running-backend.ts';

const LONG_FRAME_MS = 1000;

export interface CheckedRun {
  readonly labelMap: LabelMap;
  /** Preprocess to labels, ms: of the second frame, or of the first if it was slow. */
  readonly frameMs: number;
}

/**
 * A picture in the upper left of a grey square, which looks the same to every graph, with or without its own padding.
 */
export interface GoldenSquare {
  readonly pixels: ImageBitmap;
  /** The part of the square that the picture covers, px. */
  readonly width: number;
  readonly height: number;
}

/**
 * The smallest size that the network takes: a published graph needs seconds for a large one.
 * @throws Error when the published graph takes no square input
 */
export function checkedSize({ comparableSizes }: ModelFacts): number {
  if (comparableSizes.length === 0) throw new Error(NO_SQUARE);
  return Math.min(...comparableSizes);
}

const NO_SQUARE = 'as published it takes only non-square pictures, so there is nothing to compare with';

/** Fits the picture into a square of `size` px, padded with grey (127) to the right and below. */
export function squareOf(picture: ImageBitmap, size: number): GoldenSquare {
  const { width, height } = fitInside(picture, size);
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) {
    throw new ProblemError({ kind: 'inference-failed', detail: 'this browser provides no 2D canvas' });
  }
  context.fillStyle = 'rgb(127 127 127)';
  context.fillRect(0, 0, size, size);
  context.drawImage(picture, 0, 0, width, height);
  return { pixels: canvas.transferToImageBitmap(), width, height };
}

/** @throws ProblemError, or any error of the backend, such as an unknown operation */
export function runPublished(
  backend: RunningBackend,
  { files, facts }: ImportedModel,
  golden: GoldenSquare,
): Promise<CheckedRun> {
  // The square is already padded: a graph that pads inside finds nothing to do.
  return run(backend, files, 'published/', facts, { kind: 'outside' }, golden);
}

/** @throws ProblemError, or any error of the backend */
export function runConverted(
  backend: RunningBackend,
  { files, facts }: ImportedModel,
  golden: GoldenSquare,
): Promise<CheckedRun> {
  return run(backend, files, '', facts, facts.padding, golden);
}

/** Share of the picture's own pixels with the same label; the padding does not count. */
export function agreementOn({ width, height }: GoldenSquare, a: LabelMap, b: LabelMap): number {
  return agreement01(cropped(a, width, height), cropped(b, width, height));
}

async function run(
  backend: RunningBackend,
  files: readonly ImportFile[],
  folder: string,
  facts: ModelFacts,
  padding: GraphPadding,
  golden: GoldenSquare,
): Promise<CheckedRun> {
  const id = `${folder}model.json`;
  const fileOf = (path: string) => {
    const file = files.find((each) => each.path === path);
    if (file !== undefined) return file.bytes;
    throw new ProblemError({ kind: 'model-invalid', modelId: id, detail: `${path} is missing` });
  };
  const graph = readGraphModelFile(JSON.parse(new TextDecoder().decode(fileOf(id))) as unknown, id);
  const shards = graph.shardPaths.map((path) => Uint8Array.from(fileOf(folder + path)).buffer);
  const graphModel = await buildGraphModel({ graph, shards, files: [] }, id);
  const pipeline = new DeeplabPipeline({
    backend,
    graphModel,
    graph: readDeeplabGraph(graph.topology, id),
    model: { id, padding, classNames: classNamesOf(facts.classList, facts.classes) },
    inputSize: golden.pixels.width,
    preprocessing: 'fit',
  });
  try {
    const first = await timedFrame(pipeline, golden);
    // No message is handled while the network runs, and in seconds the extra cost of a first frame does not matter.
    return first.frameMs > LONG_FRAME_MS ? first : await timedFrame(pipeline, golden);
  } finally {
    pipeline.dispose();
  }
}

async function timedFrame(pipeline: DeeplabPipeline, golden: GoldenSquare): Promise<CheckedRun> {
  const { labelMap, preprocess, inference, postprocess } = await pipeline.segment(golden.pixels);
  return { labelMap, frameMs: preprocess + inference + postprocess };
}

function cropped({ width: stride, labels }: LabelMap, width: number, height: number): LabelMap {
  const part = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    part.set(labels.subarray(y * stride, y * stride + width), y * width);
  }
  return { width, height, labels: part };
}
