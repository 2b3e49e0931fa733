import { describe, expect, test } from 'vitest';
import { importModel } from '../import-model.ts';
import { readGraphModel } from '../graph-model.ts';
import { graphOf } from '../graph-source.ts';
import { GraphBuilder, frozenBytes } from '../testing/graph-builder.ts';
import { PUBLISHED_SIDE, mobilenetLike, xceptionLike } from '../testing/published-graph.ts';
import { planNetwork } from './plan-network.ts';
import { readTflite } from './read-tflite.ts';
import { writeTflite } from './write-tflite.ts';

function converted(graph: GraphBuilder) {
  const { files, facts } = importModel([{ path: 'a.pb', bytes: frozenBytes(graph) }], {
    name: 'random',
    weights: 'float32',
    onProgress: () => undefined,
  });
  const [json, bin] = ['model.json', 'weights.bin'].map((path) => {
    const file = files.find((one) => one.path === path);
    if (file === undefined) throw new Error(`The import produced no ${path}.`);
    return file;
  });
  if (json === undefined || bin === undefined) throw new Error('Two files were expected.');
  return { graph: graphOf(readGraphModel(json, [bin])), facts };
}

function written(builder: GraphBuilder) {
  const { graph, facts } = converted(builder);
  const planned = planNetwork(graph, facts.inputName, facts.logitsName, PUBLISHED_SIDE);
  const bytes = writeTflite(planned.network);
  return { planned, bytes, model: readTflite(bytes) };
}

describe('a converted graph written as a .tflite', () => {
  test('is read back with picture and logits at its ends', () => {
    const { planned, model } = written(mobilenetLike(1));
    const at = (index: number | undefined) => model.tensors[index ?? -1]?.shape;
    expect(at(model.inputs[0])).toEqual([1, PUBLISHED_SIDE, PUBLISHED_SIDE, 3]);
    const { gridHeight, gridWidth, classes } = planned;
    expect(at(model.outputs[0])).toEqual([1, gridHeight, gridWidth, classes]);
    expect([gridHeight, gridWidth]).toEqual([17, 17]);
  });

  test('keeps dilated depthwise convolutions and turns the pool over the whole map into a mean', () => {
    const names = written(mobilenetLike(1)).model.operators.map(({ name }) => name);
    expect(names.filter((name) => name === 'DEPTHWISE_CONV_2D')).toHaveLength(3);
    expect(names).toContain('MEAN');
    expect(names).not.toContain('AVERAGE_POOL_2D');
    expect(names).not.toContain('SPACE_TO_BATCH_ND');
  });

  test('adds a computed bias after its convolution, which takes only constant ones', () => {
    const { model } = written(mobilenetLike(1));
    for (const { name, inputs } of model.operators) {
      if (!name.endsWith('CONV_2D')) continue;
      for (const index of inputs.slice(1)) expect(model.tensors[index]?.constant).not.toBeNull();
    }
  });

  test('transposes the weights to [out, height, width, in]', () => {
    const b = new GraphBuilder(3);
    const weights = b.floats(
      'w',
      Array.from({ length: 12 }, (_, i) => i),
      [1, 1, 3, 4],
    );
    const picture = b.input();
    const logits = b.node('logits', 'Conv2D', [picture, weights], {
      strides: { list: { i: ['1', '1', '1', '1'] } },
      padding: { s: btoa('SAME') },
    });
    const { network } = planNetwork(b, picture, logits, 5);
    const tensor = network.tensors.find(({ name }) => name === 'w');
    expect(tensor?.shape).toEqual([4, 1, 1, 3]);
    expect(Array.from(tensor?.data ?? [])).toEqual([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
  });

  test('writes weights where vector instructions can read them: at multiples of 16 bytes', () => {
    const { bytes, model } = written(xceptionLike(2));
    const weights = model.tensors.filter(({ constant }) => constant !== null);
    expect(weights.length).toBeGreaterThan(20);
    for (const { constant } of weights) {
      expect(((constant?.byteOffset ?? 1) - bytes.byteOffset) % 16).toBe(0);
    }
  });

  test('padding of a convolution becomes a separate operator', () => {
    const names = written(xceptionLike(2)).model.operators.map(({ name }) => name);
    expect(names).toContain('PAD');
  });

  test('an operation without a counterpart is refused and named', () => {
    const b = new GraphBuilder(4);
    const picture = b.input();
    const logits = b.node('strange', 'Tanh', [b.conv('c', picture, [1, 1, 3, 4])]);
    expect(() => planNetwork(b, picture, logits, 9)).toThrow(/"Tanh" \("strange"\) has no counterpart/);
  });
});
