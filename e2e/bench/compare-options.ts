/** Reads the command line of side-by-side comparisons: `npm run bench -- --compare A,B,C ...`. */
import { parseArgs } from 'node:util';
import { BACKENDS, isBackend, type Backend } from '../../src/domain/backend.ts';
import { PIPELINES, type Pipeline } from '../../src/domain/measuring/configuration.ts';

/** One of Segscope's configurations, or another library that runs a model's .tflite. */
export type Contestant =
  | {
      readonly kind: 'ours';
      readonly label: string;
      readonly modelId: string;
      readonly pipeline: Pipeline;
      /** null: the backend given for all contestants. */
      readonly backend: Backend | null;
      /** null: the backend's default. */
      readonly threads: number | null;
    }
  | {
      readonly kind: 'peer';
      readonly label: string;
      readonly modelId: string;
      readonly peer: 'mediapipe' | 'litert';
    };

export interface CompareOptions {
  /** The first is the baseline. */
  readonly contestants: readonly Contestant[];
  readonly backend: Backend;
  readonly inputSize: number;
  /** Id of a sample photo. */
  readonly sample: string;
  readonly rounds: number;
  /** Measured frames of one contestant in a row. */
  readonly burst: number;
  /** Warm-up frames, because the caches still hold another contestant's weights. */
  readonly leadIn: number;
  readonly warmUp: number;
  readonly build: boolean;
  readonly gpu: boolean;
  readonly json: string | null;
}

export const COMPARE_USAGE = `npm run bench -- --compare A,B,... [options]   runs them interleaved on one picture; A is the baseline
  each is MODEL:ours, MODEL:ours@BACKEND or MODEL:ours@BACKENDxTHREADS, MODEL:stock (segment() of @tensorflow-models/deeplab on the graph as published),
  MODEL:mediapipe or MODEL:litert (other libraries on the model's .tflite, CPU)
  --backend B       ${BACKENDS.join(', ')}          (wasm)
  --size N          input size                         (513)
  --source NAME     sample:astronaut, ...              (sample:chelsea)
  --rounds N        counted turns of each              (10)
  --burst N         counted frames in a row per turn   (1)
  --lead-in N       frames before them, not counted: in a live view a network follows itself, not another (0)
  --warm-up N       turns before, not counted          (2)
  --json FILE, --gpu, --no-build as above
Models that are not there are fetched with: npm run models -- get ID`;

const PEERS = ['mediapipe', 'litert'] as const;

/** @throws Error with one sentence if an option is invalid. */
export function readCompareOptions(argv: readonly string[]): CompareOptions {
  const { values } = parseArgs({
    args: [...argv],
    allowNegative: true,
    options: {
      compare: { type: 'string', default: '' },
      backend: { type: 'string', default: 'wasm' },
      size: { type: 'string', default: '513' },
      source: { type: 'string', default: 'sample:chelsea' },
      rounds: { type: 'string', default: '10' },
      burst: { type: 'string', default: '1' },
      'lead-in': { type: 'string', default: '0' },
      'warm-up': { type: 'string', default: '2' },
      gpu: { type: 'boolean', default: false },
      build: { type: 'boolean', default: true },
      json: { type: 'string' },
    },
  });
  const { backend } = values;
  if (!isBackend(backend)) throw new Error(`--backend ${backend} is unknown: use ${BACKENDS.join(', ')}.`);
  const contestants = values.compare
    .split(',')
    .filter((word) => word !== '')
    .map(contestant);
  if (contestants.length < 2) throw new Error('--compare needs at least two, separated by commas.');
  const [kind, sample] = values.source.split(':');
  if (kind !== 'sample' || sample === undefined) {
    throw new Error(
      `--source ${values.source} does not stand still: use sample:astronaut or another sample.`,
    );
  }
  return {
    contestants,
    backend,
    inputSize: whole('--size', values.size, 17),
    sample,
    rounds: whole('--rounds', values.rounds, 1),
    burst: whole('--burst', values.burst, 1),
    leadIn: whole('--lead-in', values['lead-in'], 0),
    warmUp: whole('--warm-up', values['warm-up'], 0),
    build: values.build,
    gpu: values.gpu,
    json: values.json ?? null,
  };
}

function contestant(label: string): Contestant {
  const [modelId, wayAndBackend = 'ours', ...more] = label.split(':');
  const [way = '', backendAndThreads = '', ...rest] = wayAndBackend.split('@');
  const [backendName = '', threadsText] = backendAndThreads.split('x');
  const backend = backendName === '' ? null : backendName;
  const threads = threadsText === undefined ? null : whole(`--compare ${label}, threads`, threadsText, 1);
  if (backend !== null && !isBackend(backend)) {
    throw new Error(`--compare ${label}: use one of ${BACKENDS.join(', ')} behind the @.`);
  }
  if (modelId !== undefined && modelId !== '' && more.length === 0 && rest.length === 0) {
    const pipeline = PIPELINES.find((name) => name === way);
    if (pipeline !== undefined) return { kind: 'ours', label, modelId, pipeline, backend, threads };
    const peer = PEERS.find((name) => name === way);
    if (peer !== undefined) return { kind: 'peer', label, modelId, peer };
  }
  throw new Error(`--compare ${label} is none of MODEL:${[...PIPELINES, ...PEERS].join(', MODEL:')}.`);
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`${name} ${text} is not a whole number of at least ${least}.`);
}
