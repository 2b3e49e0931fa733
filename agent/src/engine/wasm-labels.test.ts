import { decode } from 'fast-png';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeInferredLabels } from '../../../src/protocol/inferred-labels.ts';
import { MODEL_TAILS } from '../../../src/domain/agent-description.ts';
import { readBitmap } from '../testing/bitmap.ts';
import { startRealEngine } from '../testing/test-engine.ts';
import type { EngineProcess } from './engine-process.ts';

const LIMIT_MS = 50_000;
/** Observed on seven pictures with both files and tails: 1. */
const LEAST_AGREEMENT = 0.995;
/** c / (2N - c), as Coral's own tests count it. */
const LEAST_OVERLAP = 0.9;
const root = fileURLToPath(new URL('../../..', import.meta.url));
const embedded = `${root}public/models/segscope-mnv2-257/tflite/segscope-mnv2-257-int8.tflite`;
const coral = `${root}../shared/models/coral/deeplabv3_mnv2_`;
const cases = `${root}../shared/cases/`;

let engine: EngineProcess;
beforeAll(() => {
  engine = startRealEngine({ CPU_ENGINE: 'litert' });
});
afterAll(() => engine.close());

async function load(path: string, tail: 'cut' | 'stock') {
  const job = { kind: 'load', session: 1, path, tail, device: 'cpu', threads: 1 } as const;
  return (await engine.do(job, LIMIT_MS)).result.facts;
}

async function labelsOf(picture: {
  width: number;
  height: number;
  payload: Uint8Array;
}): Promise<Uint8Array> {
  const frame = { frameId: 1, codec: 'rgb8', fit: 'native', ...picture } as const;
  const { result } = await engine.do({ kind: 'infer', session: 1, frame }, LIMIT_MS);
  return decodeInferredLabels(result.answer).labels;
}

function equalPixels(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let equal = 0;
  for (let i = 0; i < one.length; i++) if (one[i] === other[i]) equal++;
  return equal;
}

test('4.6 LiteRT.js runs the embedded network beside the native engine and reports its version', async () => {
  const loaded = await load(embedded, 'stock');
  expect(loaded.engine.name).toBe('LiteRT.js (wasm, one thread)');
  expect(loaded.engine.version).toMatch(/^\d+\.\d+\.\d+$/);
  const grey = { width: 64, height: 64, payload: new Uint8Array(64 * 64 * 3).fill(127) };
  expect(await labelsOf(grey)).toHaveLength(64 * 64);
});

test('a network is opened and closed many times in one engine', async () => {
  for (let i = 0; i < 5; i++) await load(embedded, 'stock');
  const { result } = await engine.do({ kind: 'unload', session: 1 }, LIMIT_MS);
  expect(result.kind).toBe('unloaded');
});

describe.skipIf(!existsSync(`${coral}pascal_quant.tflite`))(
  'with the reference data in ../shared beside the checkout (skipped without it)',
  () => {
    const names = ['2007_000129', '2008_007378', '2011_003019'];
    test.each(['dm05_pascal_quant', 'pascal_quant'])(
      '6.4 %s gives the labels of TensorFlow 2.21, and the same cut and stock in every pixel',
      async (model) => {
        const first = new Map<string, Uint8Array>();
        for (const tail of MODEL_TAILS) {
          await load(`${coral}${model}.tflite`, tail);
          for (const name of names) {
            const { data, info } = await sharp(`${cases}voc_val_small/JPEGImages/${name}.jpg`)
              .removeAlpha()
              .raw()
              .toBuffer({ resolveWithObject: true });
            const labels = await labelsOf({ width: info.width, height: info.height, payload: data });
            const reference = decode(
              await readFile(`${cases}reference/coral_deeplabv3_mnv2_${model}/${name}.png`),
            ).data;
            expect(reference).toHaveLength(labels.length);
            expect(equalPixels(labels, reference) / labels.length).toBeGreaterThan(LEAST_AGREEMENT);
            const other = first.get(name);
            if (other !== undefined) expect(Buffer.compare(other, labels)).toBe(0);
            first.set(name, labels);
          }
        }
      },
      300_000,
    );

    test.each(['dm05_pascal_quant', 'pascal_quant'])(
      "%s sees Coral's bird where its mask is",
      async (model) => {
        const { width, height, pixels } = readBitmap(await readFile(`${cases}bird/bird_segmentation.bmp`));
        const mask = readBitmap(await readFile(`${cases}bird/bird_segmentation_mask.bmp`)).pixels;
        await load(`${coral}${model}.tflite`, 'cut');
        const labels = await labelsOf({ width, height, payload: pixels });
        const equal = equalPixels(labels, mask);
        expect(mask).toHaveLength(labels.length);
        expect(equal / (2 * labels.length - equal)).toBeGreaterThan(LEAST_OVERLAP);
      },
      120_000,
    );
  },
);
