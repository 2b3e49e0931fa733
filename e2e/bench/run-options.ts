/** Reads the command line of whole plans: `npm run bench -- --run quick ...`. */
import { parseArgs } from 'node:util';
import { BACKENDS, isBackend } from '../../src/domain/backend.ts';
import { PIPELINES, type Pipeline } from '../../src/domain/measuring/configuration.ts';
import {
  FULL_TARGET,
  QUICK_TARGET,
  REPLAY_FRAMES_LIMIT,
  type PlannedRun,
  type RunPlan,
  type RunTarget,
} from '../../src/domain/measuring/run.ts';
import { browserSetup } from '../../src/domain/setup.ts';

export interface RunOptions {
  readonly plan: RunPlan;
  readonly build: boolean;
  readonly gpu: boolean;
  /** Prints the cost of recording and the time for a bundle of 12 configurations. */
  readonly figures: boolean;
  /** Output path of each export; null skips it. */
  readonly files: Readonly<Record<'json' | 'csv' | 'markdown' | 'latex' | 'bundle', string | null>>;
}

export const RUN_USAGE = `npm run bench -- --run quick|full|own [options]   measures every combination, each in a fresh worker
  quick = ${QUICK_TARGET.frames} frames; full = at least ${FULL_TARGET.frames} frames and ${FULL_TARGET.seconds} s; own = --frames, --seconds
  --models A,B      models of the catalogue            (segscope-mnv2-257)
  --backends A,B    ${BACKENDS.join(', ')}          (wasm)
  --sizes N,M       input sizes                        (257)
  --pipelines A,B   ${PIPELINES.join(', ')}                        (ours)
  --source A,B      sample:astronaut, moving:chelsea   (sample:astronaut)
  --replay N        records N frames of the source once; every configuration sees the same frames
  --frames N --seconds N --warm-up N                   for --run own
  --json FILE --csv FILE --markdown FILE --latex FILE --bundle FILE
  --figures         also: what recording costs, how long a bundle of 12 configurations takes
  --gpu, --no-build as above
The exit code is 1 when a run is not valid or could not be measured.`;

/** @throws Error with one sentence if an option is invalid. */
export function readRunOptions(argv: readonly string[]): RunOptions {
  const { values } = parseArgs({
    args: [...argv],
    allowNegative: true,
    options: {
      run: { type: 'string', default: 'quick' },
      models: { type: 'string', default: 'segscope-mnv2-257' },
      backends: { type: 'string', default: 'wasm' },
      sizes: { type: 'string', default: '257' },
      pipelines: { type: 'string', default: 'ours' },
      source: { type: 'string', default: 'sample:astronaut' },
      replay: { type: 'string' },
      frames: { type: 'string', default: String(QUICK_TARGET.frames) },
      seconds: { type: 'string', default: '0' },
      'warm-up': { type: 'string', default: String(QUICK_TARGET.warmUpFrames) },
      figures: { type: 'boolean', default: false },
      gpu: { type: 'boolean', default: false },
      build: { type: 'boolean', default: true },
      json: { type: 'string' },
      csv: { type: 'string' },
      markdown: { type: 'string' },
      latex: { type: 'string' },
      bundle: { type: 'string' },
    },
  });
  const own = {
    frames: whole('--frames', values.frames, 1),
    seconds: whole('--seconds', values.seconds, 0),
    warmUpFrames: whole('--warm-up', values['warm-up'], 0),
  };
  const sources = list('--source', values.source);
  const replayFrames =
    values.replay === undefined ? 0 : whole('--replay', values.replay, 1, REPLAY_FRAMES_LIMIT);
  if (replayFrames > 0 && sources.length !== 1)
    throw new Error('--replay records from one --source, not from several.');
  const choices = combine(
    list('--models', values.models),
    list('--backends', values.backends),
    list('--sizes', values.sizes).map((size) => whole('--sizes', size, 17)),
    list('--pipelines', values.pipelines),
    replayFrames > 0 ? ['replay'] : sources,
  );
  return {
    plan: {
      choices,
      target: targetOf(values.run, own),
      replayFrames,
      replaySourceKey: replayFrames > 0 ? (sources[0] ?? null) : null,
    },
    build: values.build,
    gpu: values.gpu,
    figures: values.figures,
    files: {
      json: values.json ?? null,
      csv: values.csv ?? null,
      markdown: values.markdown ?? null,
      latex: values.latex ?? null,
      bundle: values.bundle ?? null,
    },
  };
}

function targetOf(run: string, own: RunTarget): RunTarget {
  switch (run) {
    case 'quick':
      return QUICK_TARGET;
    case 'full':
      return FULL_TARGET;
    case 'own':
      return own;
    default:
      throw new Error(`--run ${run} is unknown: use quick, full or own.`);
  }
}

function combine(
  models: readonly string[],
  backends: readonly string[],
  sizes: readonly number[],
  pipelines: readonly string[],
  sources: readonly string[],
): readonly PlannedRun[] {
  return models.flatMap((modelId) =>
    backends.flatMap((name) =>
      sizes.flatMap((inputSize) =>
        pipelines.flatMap((pipelineName) =>
          sources.map((sourceKey) => {
            const backend = isBackend(name) ? name : unknown('--backends', name, BACKENDS);
            const pipeline = isPipeline(pipelineName)
              ? pipelineName
              : unknown('--pipelines', pipelineName, PIPELINES);
            return { setup: browserSetup(modelId, inputSize, backend, { pipeline }), sourceKey };
          }),
        ),
      ),
    ),
  );
}

function isPipeline(value: string): value is Pipeline {
  return (PIPELINES as readonly string[]).includes(value);
}

function list(name: string, text: string): readonly string[] {
  const values = text.split(',').map((value) => value.trim());
  if (values.includes('')) throw new Error(`${name} ${text} has an empty entry.`);
  return [...new Set(values)];
}

function unknown(name: string, value: string, known: readonly string[]): never {
  throw new Error(`${name} ${value} is unknown: use ${known.join(', ')}.`);
}

function whole(name: string, text: string, least: number, most = Infinity): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const bounds = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new Error(`${name} ${text} is not a whole number ${bounds}.`);
}
