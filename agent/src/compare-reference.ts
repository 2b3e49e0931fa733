/** npm run compare-reference: Coral's PASCAL files, cut and stock, against the labels of TensorFlow 2.21 and against each other. */
import { decode } from 'fast-png';
import { readFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { decodeInferredLabels } from '../../src/protocol/inferred-labels.ts';
import { MODEL_TAILS, type ModelTail } from '../../src/domain/agent-description.ts';
import { cpuEngineOf } from './engine/cpu-engines.ts';
import { EngineProcess } from './engine/engine-process.ts';
import { readBitmap, type Bitmap } from './testing/bitmap.ts';

const LIMIT_MS = 120_000;
const MODELS = ['dm05_pascal_quant', 'pascal_quant'] as const;
const { values } = parseArgs({
  options: {
    /** The reference data: models/coral, cases/reference, cases/bird and cases/voc_val_small. */
    shared: { type: 'string', default: fileURLToPath(new URL('../../../shared', import.meta.url)) },
    engine: { type: 'string', default: 'litert' },
    json: { type: 'boolean', default: false },
  },
});
const { shared } = values;
const SESSIONS = { cut: 1, stock: 2 } as const satisfies Record<ModelTail, number>;

const engine = new EngineProcess({
  program: fileURLToPath(new URL('child.js', import.meta.url)),
  execArgv: [],
  environment: { ...process.env, CPU_ENGINE: cpuEngineOf(values.engine) },
  log: () => undefined,
});
try {
  const list = await readFile(`${shared}/cases/voc_val_small/val.txt`, 'utf8');
  const names = list.split(/\s+/).filter((name) => name !== '');
  const rows = [];
  for (const model of MODELS) rows.push(await compare(model, names));
  report(names.length, rows);
} catch (error) {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  console.error(missing ? `There is no reference data in ${shared}: name its folder with --shared.` : error);
  process.exitCode = 1;
} finally {
  engine.close();
}

async function compare(model: string, names: readonly string[]) {
  let library = '';
  for (const tail of MODEL_TAILS) {
    const path = `${shared}/models/coral/deeplabv3_mnv2_${model}.tflite`;
    const job = { kind: 'load', session: SESSIONS[tail], path, tail, device: 'cpu', threads: 1 } as const;
    const { result } = await engine.do(job, LIMIT_MS);
    library = `${result.facts.engine.name} ${result.facts.engine.version}`;
  }
  let [pixels, cutUnlikeStock] = [0, 0];
  const agreed = { cut: 0, stock: 0 };
  const least01 = { cut: 1, stock: 1 };
  for (const name of names) {
    const picture = await pictureOf(`${shared}/cases/voc_val_small/JPEGImages/${name}.jpg`);
    const file = `${shared}/cases/reference/coral_deeplabv3_mnv2_${model}/${name}.png`;
    const reference = decode(await readFile(file)).data;
    const labels = { cut: await labelsOf(picture, 'cut'), stock: await labelsOf(picture, 'stock') };
    if (reference.length !== labels.cut.length) throw new Error(`${name}: the reference has another size.`);
    for (const tail of MODEL_TAILS) {
      const equal = equalPixels(labels[tail], reference);
      agreed[tail] += equal;
      least01[tail] = Math.min(least01[tail], equal / reference.length);
    }
    pixels += reference.length;
    cutUnlikeStock += reference.length - equalPixels(labels.cut, labels.stock);
  }
  return {
    model: `deeplabv3_mnv2_${model}`,
    engine: library,
    pixels,
    agreement01: { cut: agreed.cut / pixels, stock: agreed.stock / pixels },
    leastOfOnePicture01: least01,
    pixelsCutUnlikeStock: cutUnlikeStock,
    birdOverlap01: { cut: await birdOverlap('cut'), stock: await birdOverlap('stock') },
  };
}

/** c / (2N - c) over Coral's bird and its mask, as Coral's own tests count it. */
async function birdOverlap(tail: ModelTail): Promise<number> {
  const folder = `${shared}/cases/bird`;
  const picture = readBitmap(await readFile(`${folder}/bird_segmentation.bmp`));
  const mask = readBitmap(await readFile(`${folder}/bird_segmentation_mask.bmp`)).pixels;
  const equal = equalPixels(await labelsOf(picture, tail), mask);
  return equal / (2 * mask.length - equal);
}

async function pictureOf(path: string): Promise<Bitmap> {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: new Uint8Array(data) };
}

async function labelsOf({ width, height, pixels }: Bitmap, tail: ModelTail): Promise<Uint8Array> {
  const frame = { frameId: 1, codec: 'rgb8', fit: 'native', width, height, payload: pixels } as const;
  const { result } = await engine.do({ kind: 'infer', session: SESSIONS[tail], frame }, LIMIT_MS);
  return decodeInferredLabels(result.answer).labels;
}

function equalPixels(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let equal = 0;
  for (let i = 0; i < one.length; i++) if (one[i] === other[i]) equal++;
  return equal;
}

function report(pictures: number, rows: readonly Awaited<ReturnType<typeof compare>>[]): void {
  const conditions = {
    pictures,
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model ?? '',
    node: process.version,
    loadAverage: loadavg()[0],
  };
  if (values.json) {
    console.log(JSON.stringify({ conditions, rows }, null, 2));
    return;
  }
  const percent = (share01: number) => `${(100 * share01).toFixed(3)} %`;
  console.log(JSON.stringify(conditions));
  console.table(
    Object.fromEntries(
      rows.map(({ model, engine: library, agreement01, pixelsCutUnlikeStock, birdOverlap01, ...row }) => [
        model,
        {
          engine: library,
          'cut = reference': percent(agreement01.cut),
          'stock = reference': percent(agreement01.stock),
          'least of one picture': percent(
            Math.min(row.leastOfOnePicture01.cut, row.leastOfOnePicture01.stock),
          ),
          'pixels cut unlike stock': `${pixelsCutUnlikeStock} of ${row.pixels}`,
          'bird overlap, cut': birdOverlap01.cut.toFixed(4),
          'bird overlap, stock': birdOverlap01.stock.toFixed(4),
        },
      ]),
    ),
  );
}
