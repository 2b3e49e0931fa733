/** The shipped model matches its card and figures.json. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect as expectIn, test as nodeTest } from '@playwright/test';
import { agreement01, type LabelMap } from '../src/domain/labels/label-map.ts';
import { browserSetup } from '../src/domain/setup.ts';
import { closeBatch, openBatch, segmentPicture } from './accuracy/segment-pictures.ts';
import { expect, test } from './fixtures/live-page.ts';
import { ACCURACY } from './thresholds.ts';

const FOLDER = 'public/models/segscope-mnv2-257';

interface Figures {
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  readonly tfjs_ops: Readonly<Record<string, number>>;
  readonly accuracy: Readonly<
    Record<string, { readonly logits_vs_pytorch?: { readonly argmax_agreement_257: number } }>
  >;
}

const figures = JSON.parse(readFileSync(join(FOLDER, 'figures.json'), 'utf8')) as Figures;
const SHIPPED = Object.keys(figures.files).filter((path) => /^tfjs(-uint8)?\/|^tflite\/.*int8/.test(path));

nodeTest('every shipped file has the size and SHA-256 of figures.json', () => {
  expectIn(SHIPPED).toHaveLength(10);
  for (const path of SHIPPED) {
    const bytes = readFileSync(join(FOLDER, path));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expectIn({ path, bytes: bytes.length, sha256 }).toEqual({ path, ...figures.files[path] });
  }
});

nodeTest('the graph has the ops of figures.json', () => {
  const { modelTopology } = JSON.parse(readFileSync(join(FOLDER, 'tfjs/model.json'), 'utf8')) as {
    modelTopology: { node: readonly { op: string }[] };
  };
  const ops: Record<string, number> = {};
  for (const { op } of modelTopology.node) ops[op] = (ops[op] ?? 0) + 1;
  expectIn(ops).toEqual(figures.tfjs_ops);
});

test('8-bit weights change about as many labels as figures.json says', async ({ live }) => {
  test.slow();
  await live.open();
  const maps: Record<string, LabelMap[]> = {};
  for (const modelId of ['segscope-mnv2-257', 'segscope-mnv2-257-uint8']) {
    await openBatch(live.page, browserSetup(modelId, 257, 'wasm'));
    const pictures = ['chelsea', 'astronaut', 'coffee'].map((id) => readFileSync(`public/samples/${id}.jpg`));
    maps[modelId] = [];
    for (const picture of pictures) maps[modelId].push(await segmentPicture(live.page, picture));
    expect(await closeBatch(live.page), 'tensors left').toBe(0);
  }
  const [float16, uint8] = Object.values(maps);
  const agreements = (float16 ?? []).map((map, i) => agreement01(map, (uint8 ?? [])[i] ?? map));
  const mean = agreements.reduce((sum, value) => sum + value, 0) / agreements.length;
  const told = figures.accuracy['tfjs-uint8_wasm']?.logits_vs_pytorch?.argmax_agreement_257 ?? NaN;
  expect(Math.abs(mean - told)).toBeLessThanOrEqual(ACCURACY.uint8AgreementDeviation.limit);
  expect(mean, 'another file was really loaded').toBeLessThan(1);
});
