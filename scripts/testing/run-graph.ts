/** Runs a graph with TensorFlow.js in Node, for tests that compare a network before and after a change. */
import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { setBackend, tensor } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Graph } from '../../src/model-import/graph.ts';
import type { ImportFile } from '../../src/model-import/import-model.ts';
import { writeGraphModel } from '../../src/model-import/write-graph-model.ts';

export interface Picture {
  /** [1, height, width, 3] */
  readonly shape: readonly [number, number, number, number];
  readonly values: ArrayLike<number>;
}

/** A model.json with its weights.bin, run once on the picture. */
export async function runModel(
  modelJson: Uint8Array,
  weights: Uint8Array,
  picture: Picture,
  outputName: string,
): Promise<Float32Array> {
  await setBackend('cpu');
  const json = JSON.parse(new TextDecoder().decode(modelJson)) as {
    readonly modelTopology: object;
    readonly weightsManifest: readonly { readonly weights: [] }[];
  };
  const model = await loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
        weightData: weights.slice().buffer,
      }),
  });
  const [info] = model.inputs;
  if (info === undefined) throw new Error('The model has no input.');
  const values =
    info.dtype === 'float32' ? Float32Array.from(picture.values) : Int32Array.from(picture.values);
  const input = tensor(values, [...picture.shape], info.dtype === 'float32' ? 'float32' : 'int32');
  const output = model.execute({ [info.name]: input }, outputName) as Tensor;
  const result = Float32Array.from(output.dataSync());
  input.dispose();
  output.dispose();
  model.dispose();
  return result;
}

export async function runGraph(graph: Graph, picture: Picture, outputName: string): Promise<Float32Array> {
  const { modelJson, weights } = writeGraphModel(graph, 'float32');
  return runModel(modelJson, weights, picture, outputName);
}

/** @throws Error for a path that is not among the files. */
export function fileNamed(files: readonly ImportFile[], path: string): Uint8Array {
  const file = files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`There is no ${path}.`);
  return file.bytes;
}

/** Largest difference between values at the same place. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] as number) - (b[i] as number));
    // NaN is larger than anything.
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
