import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../domain/problems/problem.ts';
import { readGraphModelFile } from './graph-model-file.ts';

const FOLDER = 'public/models/segscope-mnv2-257';

describe('readGraphModelFile', () => {
  test.each(['tfjs', 'tfjs-uint8'])('knows how many bytes the shards of %s must hold', (folder) => {
    const path = `${FOLDER}/${folder}`;
    const file = readGraphModelFile(JSON.parse(readFileSync(`${path}/model.json`, 'utf8')), 'embedded');
    expect(file.shardPaths).toEqual(['group1-shard1of1.bin']);
    expect(file.weightBytes).toBe(statSync(`${path}/group1-shard1of1.bin`).size);
    expect(file.weightSpecs).toHaveLength(134);
  });

  test('keeps shards and weights of several groups in order', () => {
    const file = readGraphModelFile(
      {
        modelTopology: { node: [] },
        weightsManifest: [
          { paths: ['a', 'b'], weights: [{ name: 'w', shape: [2, 3], dtype: 'float32' }] },
          {
            paths: ['c'],
            weights: [
              {
                name: 'q',
                shape: [5],
                dtype: 'float32',
                quantization: { dtype: 'uint8', scale: 0.1, min: -1 },
              },
              { name: 's', shape: [], dtype: 'int32' },
            ],
          },
        ],
      },
      'test',
    );
    expect(file.shardPaths).toEqual(['a', 'b', 'c']);
    expect(file.weightSpecs.map((spec) => spec.name)).toEqual(['w', 'q', 's']);
    expect(file.weightBytes).toBe(24 + 5 + 4);
  });

  test('a weight that is not quantised has no such key: TensorFlow.js would decode it', () => {
    const { weightSpecs } = readGraphModelFile(
      {
        modelTopology: {},
        weightsManifest: [{ paths: [], weights: [{ name: 'w', shape: [1], dtype: 'float32' }] }],
      },
      'test',
    );
    expect(weightSpecs[0]).toEqual({ name: 'w', shape: [1], dtype: 'float32' });
  });

  test.each([
    null,
    [],
    'model',
    { modelTopology: {} },
    { modelTopology: {}, weightsManifest: [{ paths: [''] }] },
  ])('refuses %j, which is not a graph model', (json) => {
    let caught: unknown;
    try {
      readGraphModelFile(json, 'test');
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ProblemError);
    expect((caught as ProblemError).problem).toMatchObject({ kind: 'model-invalid', modelId: 'test' });
  });
});
