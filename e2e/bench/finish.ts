/** Measures upsampling + argmax at 513 on a network's logits of real pictures, ours (fused) against TensorFlow.js's: `npm run bench:finish -- --help`. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import sharp from 'sharp';
import { summarise, type Summary } from '../../src/domain/measuring/statistics.ts';
import { UpsampleArgmax } from '../../src/domain/labels/upsample-argmax.ts';
import { readDeeplabGraph } from '../../src/model-import/deeplab-graph.ts';

const SIDE = 513;
/** DeepLab's padding grey. */
const PADDING = 127;
/** Limit from issue 4, ms. */
const LIMIT_MS = 1;
/** Enough for the compiler to see every kind of cell. */
const WARM_UP = 20;

const USAGE = `npm run bench:finish -- [options]
  --model FOLDER     with model.json and its shards  (public/models/segscope-mnv2-257/tfjs)
  --pictures FOLDER  of JPEG files                   (public/samples)
  --limit N          pictures at most                (12)
  --rounds N         counted rounds                  (40)
  --json FILE        write everything as JSON`;

interface Logits {
  readonly picture: string;
  readonly grid: number;
  readonly classes: number;
  readonly rows: number;
  readonly cols: number;
  readonly values: Float32Array;
}

const WAYS = ['fused, exact', 'fused, rounded', 'TensorFlow.js on wasm'] as const;
type Way = (typeof WAYS)[number];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: 'string', default: 'public/models/segscope-mnv2-257/tfjs' },
      pictures: { type: 'string', default: 'public/samples' },
      limit: { type: 'string', default: '12' },
      rounds: { type: 'string', default: '40' },
      json: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [limit, rounds] = [Number(values.limit), Number(values.rounds)];
  if (!(Number.isInteger(limit) && limit > 0 && Number.isInteger(rounds) && rounds > 0)) {
    throw new Error(`--limit and --rounds are whole numbers from 1.\n${USAGE}`);
  }
  await tf.setBackend('wasm');
  const logits = await logitsOf(values.model, values.pictures, limit);
  const { times, different, pixels } = compare(logits, rounds);
  const medians = Object.fromEntries(WAYS.map((way) => [way, summarise(times[way])])) as Record<Way, Summary>;
  const grid = logits[0]?.grid ?? 0;
  console.log(`${logits.length} pictures, ${grid} x ${grid} to ${SIDE}, ms per picture, median (min, p95)`);
  for (const [way, { median, min, p95 }] of Object.entries(medians)) {
    console.log(`  ${way.padEnd(24)} ${median.toFixed(2)} (${min.toFixed(2)}, ${p95.toFixed(2)})`);
  }
  console.log(`  target, fused: at most ${LIMIT_MS} ms`);
  console.log(`  pixels of ${pixels} that TensorFlow.js labels otherwise: ${different}`);
  if (values.json !== '') {
    const facts = { model: values.model, pictures: logits.map(({ picture }) => picture), grid, side: SIDE };
    await writeFile(
      values.json,
      `${JSON.stringify({ ...facts, milliseconds: medians, different, pixels }, null, 2)}\n`,
    );
  }
}

async function logitsOf(folder: string, pictures: string, limit: number): Promise<readonly Logits[]> {
  const manifest = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as {
    readonly modelTopology: object;
    readonly weightsManifest: tf.io.WeightsManifestConfig;
  };
  const paths = manifest.weightsManifest.flatMap((group) => group.paths);
  const shards = await Promise.all(paths.map((path) => readFile(join(folder, path))));
  const { inputName, inputDtype, logitsName } = readDeeplabGraph(manifest.modelTopology, folder);
  const model = await loadGraphModel(
    tf.io.fromMemory({
      modelTopology: manifest.modelTopology,
      weightSpecs: manifest.weightsManifest.flatMap(({ weights }) => weights),
      weightData: Uint8Array.from(Buffer.concat(shards)).buffer,
    }),
  );
  const names = (await readdir(pictures)).filter((name) => /\.jpe?g$/i.test(name)).sort();
  const found: Logits[] = [];
  for (const picture of names.slice(0, limit)) {
    const { data, info } = await sharp(join(pictures, picture))
      .resize(SIDE, SIDE, { fit: 'inside' })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const padded = new Float32Array(SIDE * SIDE * 3).fill(PADDING);
    for (let y = 0; y < info.height; y++) {
      padded.set(data.subarray(y * info.width * 3, (y + 1) * info.width * 3), y * SIDE * 3);
    }
    const input = tf.tensor(
      inputDtype === 'int32' ? Int32Array.from(padded) : padded,
      [1, SIDE, SIDE, 3],
      inputDtype,
    );
    const scores = model.execute({ [inputName]: input }, logitsName) as tf.Tensor4D;
    const [, grid, , classes] = scores.shape;
    const values = Float32Array.from(scores.dataSync());
    found.push({ picture, grid, classes, rows: info.height, cols: info.width, values });
    tf.dispose([input, scores]);
  }
  if (found.length === 0) throw new Error(`There is no JPEG file in ${pictures}.`);
  return found;
}

/** Alternates between all methods on each picture; each round starts with a different one. */
function compare(logits: readonly Logits[], rounds: number) {
  const times: Record<Way, number[]> = {
    'fused, exact': [],
    'fused, rounded': [],
    'TensorFlow.js on wasm': [],
  };
  let [different, pixels] = [0, 0];
  const prepared = logits.map(prepare);
  for (let round = 0; round < WARM_UP + rounds; round++) {
    for (const { ways, rows, cols } of prepared) {
      const labels = WAYS.map((_, turn) => {
        const way = WAYS[(turn + round) % WAYS.length] as Way;
        const start = performance.now();
        const answer = ways[way]();
        if (round >= WARM_UP) times[way].push(performance.now() - start);
        return { way, answer };
      });
      if (round > 0) continue;
      const [exact, theirs] = (['fused, exact', 'TensorFlow.js on wasm'] as const).map(
        (wanted) => labels.find(({ way }) => way === wanted)?.answer ?? [],
      );
      // TensorFlow.js returns the whole square; ours returns the picture without padding.
      pixels += rows * cols;
      for (let i = 0; i < rows * cols; i++) {
        if (exact?.[i] !== theirs?.[Math.floor(i / cols) * SIDE + (i % cols)]) different++;
      }
    }
  }
  return { times, different, pixels };
}

function prepare({ grid, classes, rows, cols, values }: Logits) {
  const shape = { gridHeight: grid, gridWidth: grid, classes, outHeight: SIDE, outWidth: SIDE, rows, cols };
  const [exact, rounded] = (['exact', 'rounded'] as const).map(
    (mode) => new UpsampleArgmax({ ...shape, mode }),
  );
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [0, 0]);
  const quantised = Uint8Array.from(values, (value) => ((value - low) / (high - low)) * 255);
  const out = new Uint8Array(rows * cols);
  const tensor = tf.tensor4d(values, [1, grid, grid, classes]);
  const fused = (step: UpsampleArgmax | undefined, from: Float32Array | Uint8Array) => () => {
    step?.run(from, out);
    return out.slice();
  };
  return {
    rows,
    cols,
    ways: {
      'fused, exact': fused(exact, values),
      'fused, rounded': fused(rounded, quantised),
      'TensorFlow.js on wasm': () =>
        tf.tidy(() => tf.argMax(tf.image.resizeBilinear(tensor, [SIDE, SIDE], true), -1).dataSync()),
    } satisfies Record<Way, () => ArrayLike<number>>,
  };
}

await main();
