/** Reads the bench's command line. */
import { parseArgs } from 'node:util';
import { BACKENDS, isBackend, type Backend } from '../../src/domain/backend.ts';
import { PIPELINES, type Pipeline } from '../../src/domain/measuring/configuration.ts';

export interface BenchOptions {
  readonly model: string;
  readonly backend: Backend | 'auto';
  readonly source: string;
  readonly inputSize: number;
  readonly pipeline: Pipeline;
  readonly frames: number;
  readonly warmUp: number;
  /** Frames of the memory soak; 0 skips it. */
  readonly soakFrames: number;
  /** Seconds of free-running live view, watched for long tasks; 0 skips it. */
  readonly liveSeconds: number;
  readonly build: boolean;
  /** Starts Chromium with the machine's GPU instead of software rendering. */
  readonly gpu: boolean;
  readonly json: string | null;
}

export const USAGE = `npm run bench -- [options]
  --model ID        model of the catalogue             (segscope-mnv2-257)
  --backend NAME    auto, ${BACKENDS.join(', ')}    (wasm)
  --source KEY      sample:astronaut, moving:chelsea   (sample:astronaut)
  --size N          input size                         (257)
  --pipeline NAME   ${PIPELINES.join(' or ')}                      (ours)
  --frames N        counted frames                     (20)
  --warm-up N       frames before, not counted         (10)
  --soak N          frames of the memory soak, 0 = none (500)
  --live N          seconds of free-running live view, 0 = none (10)
  --gpu             use the machine's GPU (webgl, webgpu)
  --no-build        use dist/ as it is
  --json FILE       write everything as JSON
MODELS_DIR names a folder with further models.`;

/** @throws Error with one sentence if an option is invalid. */
export function readOptions(argv: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    allowNegative: true,
    options: {
      model: { type: 'string', default: 'segscope-mnv2-257' },
      backend: { type: 'string', default: 'wasm' },
      source: { type: 'string', default: 'sample:astronaut' },
      size: { type: 'string', default: '257' },
      pipeline: { type: 'string', default: 'ours' },
      frames: { type: 'string', default: '20' },
      'warm-up': { type: 'string', default: '10' },
      soak: { type: 'string', default: '500' },
      live: { type: 'string', default: '10' },
      gpu: { type: 'boolean', default: false },
      build: { type: 'boolean', default: true },
      json: { type: 'string' },
    },
  });
  const { backend, pipeline } = values;
  if (backend !== 'auto' && !isBackend(backend)) {
    throw new Error(`--backend ${backend} is unknown: use auto, ${BACKENDS.join(', ')}.`);
  }
  if (!(PIPELINES as readonly string[]).includes(pipeline)) {
    throw new Error(`--pipeline ${pipeline} is unknown: use ${PIPELINES.join(' or ')}.`);
  }
  return {
    model: values.model,
    backend,
    source: values.source,
    inputSize: whole('--size', values.size, 17),
    pipeline: pipeline as Pipeline,
    frames: whole('--frames', values.frames, 1),
    warmUp: whole('--warm-up', values['warm-up'], 0),
    soakFrames: whole('--soak', values.soak, 0),
    liveSeconds: whole('--live', values.live, 0),
    gpu: values.gpu,
    build: values.build,
    json: values.json ?? null,
  };
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new Error(`${name} ${text} is not a whole number of at least ${least}.`);
  }
  return value;
}
