/** npm run bench -- FILE.tflite ... : stock against cut, stage by stage, interleaved, on this machine. */
import { loadavg } from 'node:os';
import { basename } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { median } from '../../src/domain/measuring/statistics.ts';
import { decodeInferFrame, encodeInferFrame, FRAME_CODECS } from '../../src/protocol/infer-frame.ts';
import { decodeInferredLabels } from '../../src/protocol/inferred-labels.ts';
import { AGENT_DEVICES, MODEL_TAILS } from '../../src/domain/agent-description.ts';
import { EngineProcess } from './engine/engine-process.ts';
import type { EngineLoaded } from './engine/messages.ts';
import { compileDouble } from './testing/compile-double.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    device: { type: 'string', default: 'cpu' },
    /** The test double of libedgetpu instead of an Edge TPU: only the host's part is measured. */
    double: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '20' },
    picture: {
      type: 'string',
      default: fileURLToPath(new URL('../../public/samples/chelsea.jpg', import.meta.url)),
    },
  },
});
const agent = fileURLToPath(new URL('..', import.meta.url));
const device = values.double ? 'edgetpu' : (AGENT_DEVICES.find((name) => name === values.device) ?? 'cpu');
const rounds = Number(values.rounds);
const WARMUP_ROUNDS = 3;
const LIMIT_MS = 120_000;
/** Stages measured in the engine; the rest of a round trip is the channel between the two processes. */
const ENGINE_STAGES = ['decode', 'resize', 'quantise', 'invoke', 'postprocess', 'encode'] as const;

interface Variant {
  readonly name: string;
  readonly session: number;
  readonly frame: Uint8Array;
  readonly columns: Map<string, number[]>;
}

const engine = new EngineProcess({
  program: fileURLToPath(new URL('child.js', import.meta.url)),
  execArgv: [],
  environment: { ...process.env, ...(values.double ? { EDGETPU_LIB: compileDouble(agent) } : {}) },
  log: () => undefined,
});
try {
  for (const path of positionals) await compare(path);
} finally {
  engine.close();
}

async function compare(path: string): Promise<void> {
  const loaded: (EngineLoaded & { readonly tail: string })[] = [];
  const variants: Variant[] = [];
  for (const tail of MODEL_TAILS) {
    const session = loaded.length + 1;
    const job = { kind: 'load', session, path, tail, device, threads: 1 } as const;
    const result = await engine.do(job, LIMIT_MS).then(
      (done) => done.result.facts,
      (error: unknown) => {
        console.error(`${basename(path)} ${tail}: ${error instanceof Error ? error.message : String(error)}`);
        return null;
      },
    );
    if (result === null) continue;
    loaded.push({ ...result, tail });
    for (const codec of FRAME_CODECS) {
      const frame = await frameOf(codec, result.inputSize);
      variants.push({ name: `${tail} ${codec}`, session, frame, columns: new Map() });
    }
  }
  const { serverGapMs, labelBytes } = await measure(variants);
  const engineGapMs = await longestEngineGap(loaded.length);
  report(path, { loaded, variants, serverGapMs, engineGapMs, labelBytes });
}

async function measure(
  variants: readonly Variant[],
): Promise<{ readonly serverGapMs: number; readonly labelBytes: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let labelBytes = 0;
  for (let round = -WARMUP_ROUNDS; round < rounds; round++) {
    if (round === 0) delay.enable();
    for (const { session, frame, columns } of variants) {
      const asked = performance.now();
      const job = { kind: 'infer', session, frame: decodeInferFrame(frame) } as const;
      const { answer } = (await engine.do(job, LIMIT_MS)).result;
      const roundTrip = performance.now() - asked;
      labelBytes = answer.length;
      if (round < 0) continue;
      const { stages } = decodeInferredLabels(answer);
      const inside = ENGINE_STAGES.map((stage) => [stage, stages[stage]] as const);
      const sum = inside.reduce((total, [, ms]) => total + ms, 0);
      const rest = [
        ['channel', roundTrip - sum],
        ['all but invoke', roundTrip - stages.invoke],
        ['invoke + postprocess', stages.invoke + stages.postprocess],
      ] as const;
      for (const [column, ms] of [...inside, ...rest]) {
        columns.set(column, [...(columns.get(column) ?? []), ms]);
      }
    }
  }
  delay.disable();
  return { serverGapMs: delay.max / 1e6, labelBytes };
}

async function longestEngineGap(sessions: number): Promise<number> {
  const gaps = [0];
  for (let session = 1; session <= sessions; session++) {
    const job = { kind: 'bench', session, warmup: 1, iterations: Math.min(rounds, 20) } as const;
    gaps.push((await engine.do(job, LIMIT_MS)).result.longestGapMs);
  }
  return Math.max(...gaps);
}

interface Measured {
  readonly loaded: readonly (EngineLoaded & { readonly tail: string })[];
  readonly variants: readonly Variant[];
  readonly serverGapMs: number;
  readonly engineGapMs: number;
  readonly labelBytes: number;
}

function report(path: string, { loaded, variants, serverGapMs, engineGapMs, labelBytes }: Measured): void {
  const medians = Object.fromEntries(
    variants.map(({ name, columns }) => [
      name,
      Object.fromEntries([...columns].map(([column, ms]) => [column, Number(median(ms).toFixed(2))])),
    ]),
  );
  if (values.json) {
    const conditions = { rounds, threads: 1, node: process.version, loadAverage: loadavg()[0] };
    const gaps = { serverGapMs, engineGapMs };
    console.log(
      JSON.stringify({ file: basename(path), device, conditions, loaded, medians, ...gaps, labelBytes }),
    );
    return;
  }
  for (const { tail, deviceName, engine: library, operatorsOnCpu, operatorsOnTpu } of loaded) {
    console.log(
      `${basename(path)} ${tail}: ${deviceName}, ${library.name} ${library.version}, ${operatorsOnTpu} operators on the TPU, ${operatorsOnCpu} on the CPU`,
    );
  }
  console.table(medians);
  console.log(
    `longest gap of an event loop: ${serverGapMs.toFixed(1)} ms in the server's process, ${engineGapMs.toFixed(1)} ms in the engine's; label map on the wire: ${labelBytes} bytes`,
  );
}

async function frameOf(codec: (typeof FRAME_CODECS)[number], side: number): Promise<Uint8Array> {
  const image = sharp(values.picture).resize(side, side, { fit: 'fill' }).removeAlpha();
  const payload =
    codec === 'rgb8' ? await image.raw().toBuffer() : await image.jpeg({ quality: 85 }).toBuffer();
  return encodeInferFrame({ frameId: 1, codec, fit: 'fit', width: side, height: side, payload });
}
