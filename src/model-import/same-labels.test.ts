import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Converter from '@tensorflow/tfjs-converter';
import type * as Core from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { fileNamed } from '../../scripts/testing/run-graph.ts';
import { UpsampleArgmax } from '../domain/labels/upsample-argmax.ts';
import { importModel } from './import-model.ts';
import type { ImportedModel } from './import-model.ts';

// Only the packages' CommonJS builds find their .wasm in Node, and all three must share one engine.
const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs-core') as typeof Core;
const { loadGraphModel } = require('@tensorflow/tfjs-converter') as typeof Converter;

/** Reference networks are not part of the repository: without them this test is skipped. */
const MODEL = '../shared/models/tfjs/mobilenetv2_dm05_coco_voc_trainaug';
const SIDE = 513;
const GRID = 65;
const CLASSES = 21;

async function load({ files }: ImportedModel, folder: string) {
  const json = JSON.parse(new TextDecoder().decode(fileNamed(files, `${folder}model.json`))) as {
    readonly modelTopology: object;
    readonly weightsManifest: readonly { readonly weights: [] }[];
  };
  return loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest.flatMap(({ weights }) => weights),
        weightData: fileNamed(files, `${folder}weights.bin`).slice().buffer,
      }),
  });
}

test.skipIf(!existsSync(MODEL))(
  'the converted network gives the labels of the published one on a photo (skipped without ../shared)',
  { timeout: 300_000 },
  async () => {
    require('@tensorflow/tfjs-backend-wasm');
    await tf.setBackend('wasm');
    const files = readdirSync(MODEL).map((path) => ({
      path,
      bytes: new Uint8Array(readFileSync(`${MODEL}/${path}`)),
    }));
    const imported = importModel(files, { name: 'dm05', weights: 'float32', onProgress: () => undefined });
    const { data, info } = await sharp('public/samples/coffee.jpg')
      .resize(SIDE, SIDE, { fit: 'inside' })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height } = info;

    const published = await load(imported, 'published/');
    const alone = tf.tensor(Int32Array.from(data), [1, height, width, 3], 'int32');
    const expected = (published.execute({ ImageTensor: alone }) as Core.Tensor).dataSync();

    const converted = await load(imported, '');
    const square = new Float32Array(SIDE * SIDE * 3).fill(127.5);
    for (let y = 0; y < height; y++) {
      square.set(data.subarray(y * width * 3, (y + 1) * width * 3), y * SIDE * 3);
    }
    const padded = tf.tensor(square, [1, SIDE, SIDE, 3], 'float32');
    const { logitsName } = imported.facts;
    const logits = converted.execute({ ImageTensor: padded }, logitsName) as Core.Tensor;
    expect(logits.shape).toEqual([1, GRID, GRID, CLASSES]);
    const finish = new UpsampleArgmax({
      gridHeight: GRID,
      gridWidth: GRID,
      classes: CLASSES,
      outHeight: SIDE,
      outWidth: SIDE,
      rows: height,
      cols: width,
      mode: 'exact',
    });
    const labels = finish.run(Float32Array.from(logits.dataSync()), new Uint8Array(width * height));
    expect(expected).toHaveLength(labels.length);
    let same = 0;
    for (let i = 0; i < labels.length; i++) if (labels[i] === expected[i]) same++;
    expect(new Set(labels).size).toBeGreaterThan(1);
    expect(same / labels.length).toBeGreaterThanOrEqual(0.999);
  },
);
