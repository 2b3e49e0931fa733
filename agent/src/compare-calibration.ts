/**
 * npm run compare-calibration: int8 calibrated on photos against int8 calibrated on noise, with the float network as
 * reference.
 */
import { decode } from 'fast-png';
import { readFile, stat } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { ConfusionMatrix } from '../../src/domain/accuracy/confusion-matrix.ts';
import { resizeLabelMap, type LabelMap } from '../../src/domain/labels/label-map.ts';
import { summarise } from '../../src/domain/measuring/statistics.ts';
import { decodeInferredLabels } from '../../src/protocol/inferred-labels.ts';
import { EngineProcess } from './engine/engine-process.ts';
import type { LibraryVersion } from './engine/messages.ts';

const LIMIT_MS = 120_000;
const VOC_CLASSES = 21;
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    /** A folder as VOC has it: JPEGImages, SegmentationClass and val.txt. */
    voc: { type: 'string', default: `${root}../shared/cases/voc_val_small` },
    json: { type: 'boolean', default: false },
  },
});
const stem = `${root}public/models/segscope-mnv2-257/tflite/segscope-mnv2-257-`;
/** The first one is the reference for the others. */
const VARIANTS = [
  ['float', 'float16'],
  ['int8, calibrated on photos', 'int8'],
  ['int8, calibrated on noise', 'int8-calibrated-on-noise'],
] as const;

interface Contender {
  readonly name: string;
  readonly session: number;
  readonly fileBytes: number;
  readonly engine: LibraryVersion;
  readonly matrix: ConfusionMatrix;
  readonly invokeMs: number[];
  /** Pixels with the same label as in the float network. */
  equal: number;
  pixels: number;
}

const engine = new EngineProcess({
  program: fileURLToPath(new URL('child.js', import.meta.url)),
  execArgv: [],
  environment: process.env,
  log: () => undefined,
});
try {
  const names = (await readFile(`${values.voc}/val.txt`, 'utf8')).split(/\s+/).filter((name) => name !== '');
  const contenders = await Promise.all(VARIANTS.map(load));
  for (const name of names) await segment(name, contenders);
  report(names.length, contenders);
} catch (error) {
  console.error(
    error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? `There are no pictures in ${values.voc}: name a folder of VOC with --voc FOLDER.`
      : error,
  );
  process.exitCode = 1;
} finally {
  engine.close();
}

async function load([name, file]: (typeof VARIANTS)[number], index: number): Promise<Contender> {
  const path = `${stem}${file}.tflite`;
  const session = index + 1;
  const job = { kind: 'load', session, path, tail: 'stock', device: 'cpu', threads: 1 } as const;
  const { result } = await engine.do(job, LIMIT_MS);
  return {
    name,
    session,
    fileBytes: (await stat(path)).size,
    engine: result.facts.engine,
    matrix: new ConfusionMatrix(VOC_CLASSES),
    invokeMs: [],
    equal: 0,
    pixels: 0,
  };
}

/** One picture through all networks in turn, so that other load on the machine affects all of them. */
async function segment(name: string, contenders: readonly Contender[]): Promise<void> {
  const picture = sharp(`${values.voc}/JPEGImages/${name}.jpg`).removeAlpha().raw();
  const { data: payload, info } = await picture.toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const mask = decode(await readFile(`${values.voc}/SegmentationClass/${name}.png`));
  const truth: LabelMap = { width: mask.width, height: mask.height, labels: new Uint8Array(mask.data) };
  let float: LabelMap | null = null;
  for (const contender of contenders) {
    const frame = { frameId: 1, codec: 'rgb8', fit: 'fit', width, height, payload } as const;
    const { session } = contender;
    const { result } = await engine.do({ kind: 'infer', session, frame }, LIMIT_MS);
    const answer = decodeInferredLabels(result.answer);
    float ??= answer;
    contender.invokeMs.push(answer.stages.invoke);
    contender.matrix.add(truth, resizeLabelMap(answer, truth));
    contender.pixels += answer.labels.length;
    contender.equal += countEqual(answer.labels, float.labels);
  }
}

function countEqual(one: Uint8Array, other: Uint8Array): number {
  let equal = 0;
  for (let i = 0; i < one.length; i++) if (one[i] === other[i]) equal++;
  return equal;
}

function report(pictures: number, contenders: readonly Contender[]): void {
  const rows = contenders.map(({ name, fileBytes, engine: library, matrix, invokeMs, equal, pixels }) => ({
    name,
    fileBytes,
    engine: `${library.name} ${library.version}`,
    // The first picture is a warm-up.
    invokeMs: summarise(invokeMs.slice(1)),
    meanIoU: matrix.meanIou(),
    pixelAccuracy01: matrix.pixelAccuracy(),
    agreementWithFloat01: equal / pixels,
  }));
  const conditions = {
    pictures,
    threads: 1,
    cpu: cpus()[0]?.model ?? '',
    node: process.version,
    loadAverage: loadavg()[0],
  };
  if (values.json) {
    console.log(JSON.stringify({ conditions, rows }));
    return;
  }
  console.log(JSON.stringify(conditions));
  console.table(
    Object.fromEntries(
      rows.map((row) => [
        row.name,
        {
          'size (MB)': (row.fileBytes / 1e6).toFixed(2),
          engine: row.engine,
          'invoke median (ms)': row.invokeMs.median.toFixed(1),
          min: row.invokeMs.min.toFixed(1),
          'mean IoU': row.meanIoU?.toFixed(3),
          'pixel accuracy': row.pixelAccuracy01?.toFixed(3),
          'agreement with float': `${(100 * row.agreementWithFloat01).toFixed(2)} %`,
        },
      ]),
    ),
  );
}
