/** npm run bench -- FILE.tflite ... : stock against cut, stage by stage, interleaved, on this machine. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { median } from '../../src/domain/statistics.ts';
import { decodeInferFrame, encodeInferFrame, FRAME_CODECS } from '../../src/protocol/infer-frame.ts';
import { decodeInferredLabels } from '../../src/protocol/inferred-labels.ts';
import { DEVICES_ASKED, TAILS } from '../../src/protocol/requests.ts';
import { EngineProcess } from './engine/engine-process.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    device: { type: 'string', default: 'cpu' },
    rounds: { type: 'string', default: '20' },
    picture: {
      type: 'string',
      default: fileURLToPath(new URL('../../public/samples/chelsea.jpg', import.meta.url)),
    },
  },
});
const device = DEVICES_ASKED.find((name) => name === values.device) ?? 'cpu';
const rounds = Number(values.rounds);
const LIMIT_MS = 120_000;
/** What the engine measures itself; the rest of a round trip is the channel between the two processes. */
const ENGINE_STAGES = ['decode', 'resize', 'quantise', 'invoke', 'postprocess', 'encode'] as const;

const engine = new EngineProcess({
  program: fileURLToPath(new URL('child.js', import.meta.url)),
  execArgv: [],
  environment: process.env,
  log: () => undefined,
});
try {
  for (const path of positionals) await compare(path);
} finally {
  engine.close();
}

async function compare(path: string): Promise<void> {
  const variants: {
    name: string;
    session: number;
    codec: (typeof FRAME_CODECS)[number];
    frame: Uint8Array;
  }[] = [];
  let session = 1;
  for (const tail of TAILS) {
    const loaded = await engine
      .do({ kind: 'load', session, path, tail, device, threads: 1 }, LIMIT_MS)
      .catch((error: unknown) => {
        console.log(`${basename(path)} ${tail}: ${error instanceof Error ? error.message : String(error)}`);
        return null;
      });
    if (loaded === null) continue;
    const { deviceName, engine: library, inputSize, operatorsOnCpu, operatorsOnTpu } = loaded.result;
    console.log(
      `${basename(path)} ${tail}: ${deviceName}, ${library.name} ${library.version}, ${String(operatorsOnTpu)} operators on the TPU, ${String(operatorsOnCpu)} on the CPU`,
    );
    for (const codec of FRAME_CODECS) {
      variants.push({ name: `${tail} ${codec}`, session, codec, frame: await frameOf(codec, inputSize) });
    }
    session++;
  }
  const times = new Map<string, Map<string, number[]>>();
  let labelBytes = 0;
  for (let round = -3; round < rounds; round++) {
    for (const { name, session: of, frame } of variants) {
      const asked = performance.now();
      const { result } = await engine.do(
        { kind: 'infer', session: of, frame: decodeInferFrame(frame) },
        LIMIT_MS,
      );
      const roundTrip = performance.now() - asked;
      const { stages } = decodeInferredLabels(result.answer);
      labelBytes = result.answer.length;
      if (round < 0) continue;
      const inside = Object.fromEntries(ENGINE_STAGES.map((stage) => [stage, stages[stage]]));
      const sum = Object.values(inside).reduce((total, ms) => total + ms, 0);
      const row = { ...inside, channel: roundTrip - sum, 'all but invoke': roundTrip - stages.invoke };
      const columns = times.get(name) ?? new Map<string, number[]>();
      times.set(name, columns);
      for (const [stage, ms] of Object.entries(row)) columns.set(stage, [...(columns.get(stage) ?? []), ms]);
    }
  }
  console.table(
    Object.fromEntries(
      [...times].map(([name, columns]) => [
        name,
        Object.fromEntries([...columns].map(([stage, list]) => [stage, Number(median(list).toFixed(2))])),
      ]),
    ),
  );
  console.log(`label map on the wire: ${String(labelBytes)} bytes`);
}

async function frameOf(codec: (typeof FRAME_CODECS)[number], side: number): Promise<Uint8Array> {
  const image = sharp(values.picture).resize(side, side, { fit: 'fill' }).removeAlpha();
  const payload =
    codec === 'rgb8' ? await image.raw().toBuffer() : await image.jpeg({ quality: 85 }).toBuffer();
  return encodeInferFrame({ frameId: 1, codec, fit: 'fit', width: side, height: side, payload });
}
