/** What a frame costs beside the network when an agent on this machine runs it: `tsx e2e/bench/agent-loopback.ts [--agent FOLDER] [--frames N]`. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { summarise, type Summary } from '../../src/domain/statistics.ts';
import { buildContractPages } from '../contract/contract-pages.ts';
import type { InferredSummary } from '../contract/harness.ts';
import { buildRealAgent, freePort, startRealAgent } from '../contract/real-agent.ts';
import { launchOptions } from '../launch-options.ts';

/** Issue 5, ms and bytes; a frame of 513 x 513 pixels. */
const LIMITS = { rgb8: 25, jpeg: 8, labelBytes: 5_000 } as const;
const CODECS = ['rgb8', 'jpeg'] as const;
const SIDE = 513;
const WARM_UP = 3;

interface Model {
  readonly modelId: string;
  readonly tail: 'cut' | 'stock';
}
const EMBEDDED: Model = { modelId: 'segscope-mnv2-257-int8', tail: 'stock' };
const CORAL: Model = { modelId: 'deeplabv3_mnv2_dm05_pascal_quant', tail: 'cut' };

/** Encode, transport and everything that the agent does but the network itself, ms. */
function besideNetworkMs({ encodeMs, roundTripMs, stages }: InferredSummary): number {
  return encodeMs + roundTripMs - stages.invoke;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { agent: { type: 'string', default: '' }, frames: { type: 'string', default: '30' } },
  });
  // Coral's files are downloads of this project's machines; elsewhere a folder of .tflite files is named by hand.
  const shared = fileURLToPath(new URL('../../../shared/models/coral', import.meta.url));
  const models = values.agent !== '' ? values.agent : existsSync(shared) ? shared : null;
  const frames = Number(values.frames);
  if (!Number.isInteger(frames) || frames < 1) throw new Error(`"${values.frames}" is no number of frames.`);
  const pages = await buildContractPages();
  await buildRealAgent();
  const agent = await startRealAgent({ pages, port: await freePort(), models });
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    const model = await open(page, agent.address, agent.code);
    console.log(
      `${model.modelId}, ${model.tail} tail, ${String(SIDE)} x ${String(SIDE)}, ${String(frames)} frames each, interleaved, ${browser.version()}`,
    );
    const measured = await measure(page, frames);
    for (const codec of CODECS) report(codec, measured[codec]);
    const labelBytes = Math.max(
      ...CODECS.flatMap((codec) => measured[codec].map(({ bytesDown }) => bytesDown)),
    );
    console.log(
      `label map on the wire, at most: ${String(labelBytes)} bytes (limit ${String(LIMITS.labelBytes)})`,
    );
    if (labelBytes > LIMITS.labelBytes) process.exitCode = 1;
  } finally {
    await browser.close();
    await agent.stop();
    await rm(pages, { recursive: true });
  }
}

/** Connects, and loads Coral's file where the agent has it, else the embedded one. */
async function open(page: Page, address: string, code: string): Promise<Model> {
  await page.goto(`http://${address}/index.html`);
  await page.waitForFunction(() => globalThis.contract !== undefined);
  await page.evaluate(
    ([at, secret]) => {
      globalThis.contractPage = globalThis.contract?.(at, secret);
    },
    [address, code] as const,
  );
  await page.waitForFunction(
    () => globalThis.contractPage?.events.some(({ kind }) => kind === 'open') === true,
  );
  return page.evaluate(
    async ([coral, embedded]) => {
      const opened = globalThis.contractPage?.events.find((event) => event.kind === 'open');
      const has = opened?.greeted.models.some(({ modelId }) => modelId === coral.modelId) === true;
      const model = has ? coral : embedded;
      await globalThis.contractPage?.client.load({ ...model, device: 'cpu', threads: 1 });
      return model;
    },
    [CORAL, EMBEDDED] as const,
  );
}

/** Both codecs by turns, so that both see the same moments of a shared machine. */
async function measure(
  page: Page,
  frames: number,
): Promise<Readonly<Record<(typeof CODECS)[number], readonly InferredSummary[]>>> {
  const measured = { rgb8: [] as InferredSummary[], jpeg: [] as InferredSummary[] };
  for (let i = -WARM_UP; i < frames; i++) {
    for (const codec of CODECS) {
      const one = await page.evaluate(([how, side]) => globalThis.contractPage?.infer(how, side, true), [
        codec,
        SIDE,
      ] as const);
      if (one !== undefined && i >= 0) measured[codec].push(one);
    }
  }
  return measured;
}

function report(codec: (typeof CODECS)[number], frames: readonly InferredSummary[]): void {
  const column = (value: (frame: InferredSummary) => number): Summary => summarise(frames.map(value));
  const line = (name: string, { median, min, p95 }: Summary) => {
    console.log(
      `  ${name.padEnd(34)} median ${median.toFixed(2)}, min ${min.toFixed(2)}, p95 ${p95.toFixed(2)} ms`,
    );
  };
  console.log(`${codec} (${String(frames[0]?.bytesUp ?? 0)} bytes up)`);
  line(
    'encode',
    column(({ encodeMs }) => encodeMs),
  );
  line(
    'round trip without the agent',
    column(({ roundTripMs, stages }) => roundTripMs - stages.total),
  );
  line(
    'agent without invoke',
    column(({ stages }) => stages.total - stages.invoke),
  );
  line(
    'of it decode, resize, quantise',
    column(({ stages }) => stages.decode + stages.resize + stages.quantise),
  );
  line(
    'of it postprocess and encode',
    column(({ stages }) => stages.postprocess + stages.encode),
  );
  const beside = column(besideNetworkMs);
  line('everything but invoke', beside);
  const limit = LIMITS[codec];
  const met = beside.median <= limit;
  console.log(`  limit ${String(limit)} ms: ${met ? 'met' : 'NOT met'}`);
  if (!met) process.exitCode = 1;
}

await main();
