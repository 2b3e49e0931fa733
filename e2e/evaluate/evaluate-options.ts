/** Reads the command line of `npm run evaluate`. */
import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BACKENDS, isBackend, type Backend } from '../../src/domain/backend.ts';
import type { Upsampling } from '../../src/domain/labels/axis-weights.ts';
import { PIPELINES, type Pipeline, type Preprocessing } from '../../src/domain/measuring/configuration.ts';
import { AGENT_DEVICES, type AgentDevice } from '../../src/domain/agent-description.ts';
import { agentSetup, browserSetup, type Setup } from '../../src/domain/setup.ts';

/** inputSize null: the model's largest size, as VOC's protocol requires; on an agent, the file's only size. */
export type CommandSetup = Omit<Setup, 'inputSize'> & { readonly inputSize: number | null };

export interface AgentOption {
  /** "localhost:8590" */
  readonly address: string;
  /** '' if the agent needs no code. */
  readonly code: string;
}

export interface EvaluateOptions {
  readonly images: string;
  readonly masks: string;
  readonly list: string | null;
  readonly mapping: string | null;
  /** Every combination of the given options, models outermost; at least one. */
  readonly choices: readonly CommandSetup[];
  /** The agent that runs models named ID@agent; null if no model runs on an agent. */
  readonly agent: AgentOption | null;
  /** Port that serves the page; null for any free port. An agent accepts only the origins that it was started with. */
  readonly port: number | null;
  readonly limit: number | null;
  readonly build: boolean;
  readonly gpu: boolean;
  readonly json: string | null;
  readonly skipped: string | null;
}

const MOST_THREADS = 8;

export const USAGE = `npm run evaluate -- --images DIR --masks DIR [options]
  --images DIR       pictures (JPEG, PNG, WebP)
  --masks DIR        PNG masks of the same names, class indices, 255 = void
  --list FILE        names to score, one a line          (all pairs)
  --mapping FILE     JSON {"mask value": class or 255}, or cityscapes-label-ids or ade20k
  --model ID         model of the catalogue, ID@agent: of the agent (segscope-mnv2-257)
  --backend NAME     ${BACKENDS.join(', ')}            (wasm)
  --preprocess NAME  pad: own size, padded; fit: longest side scaled;
                     stretch: both sides scaled; crop: middle square, the rest not scored (pad)
  --size N           input size                          (the model's largest)
  --align-corners X  on: DeepLab's own; off: TensorFlow 1 and TensorFlow.js;
                     half-pixel: TensorFlow 2 and PyTorch (on)
  --pipeline NAME    ${PIPELINES.join(' or ')}                       (ours)
  --agent ADDRESS    HOST:PORT,CODE or the whole address that the agent printed: where ID@agent runs
  --device NAME      ${AGENT_DEVICES.join(' or ')}: of the agent             (cpu)
  --port N           where the page is served beside an agent (4173); any other port needs
                     an agent started with --origin http://localhost:N
  --threads N        of the agent's CPU, 1 to ${MOST_THREADS}           (1)
  --limit N          the first N pictures only
  --json FILE        write the result as JSON
  --skipped FILE     write everything left out as CSV
  --gpu              use the machine's GPU (webgl, webgpu)
  --no-build         use dist/ as it is
Model, backend, preprocess, size, align-corners and pipeline take several values with commas between them: every
combination is scored, and a table says what each does to the labels of the first and to mean IoU. On an agent backend,
size and align-corners have no say; pipeline ours is its cut tail, stock the file as published.
MODELS_DIR names a folder with further models.
Exit code: 0 when every picture was scored or left out with its reason, 1 when it could not finish, 2 for bad options.`;

const PREPROCESSINGS: Readonly<Record<string, Preprocessing>> = {
  pad: 'native',
  fit: 'fit',
  stretch: 'stretch',
  crop: 'crop',
};
const UPSAMPLINGS: Readonly<Record<string, Upsampling>> = {
  on: 'aligned',
  off: 'unaligned',
  'half-pixel': 'half-pixel',
};

/** @throws Error with one sentence if an option is invalid. */
export function readEvaluateOptions(argv: readonly string[]): EvaluateOptions {
  const { values } = parseArgs({
    args: [...argv],
    allowNegative: true,
    options: {
      images: { type: 'string' },
      masks: { type: 'string' },
      list: { type: 'string' },
      mapping: { type: 'string' },
      model: { type: 'string', default: 'segscope-mnv2-257' },
      backend: { type: 'string', default: 'wasm' },
      preprocess: { type: 'string', default: 'pad' },
      size: { type: 'string' },
      'align-corners': { type: 'string', default: 'on' },
      pipeline: { type: 'string', default: 'ours' },
      agent: { type: 'string' },
      device: { type: 'string', default: 'cpu' },
      threads: { type: 'string', default: '1' },
      port: { type: 'string', default: '4173' },
      limit: { type: 'string' },
      json: { type: 'string' },
      skipped: { type: 'string' },
      gpu: { type: 'boolean', default: false },
      build: { type: 'boolean', default: true },
    },
  });
  const backends = parts(values.backend).map((one) => {
    if (!isBackend(one)) throw new Error(`--backend ${one} is unknown: use ${BACKENDS.join(', ')}.`);
    return one;
  });
  const preprocessings = parts(values.preprocess).map((one) => known('--preprocess', one, PREPROCESSINGS));
  const upsamplings = parts(values['align-corners']).map((one) => known('--align-corners', one, UPSAMPLINGS));
  const pipelines = parts(values.pipeline).map((one) => known('--pipeline', one, PIPELINE_OF));
  const sizes = values.size === undefined ? [null] : parts(values.size).map((one) => whole('--size', one));
  const agent = values.agent === undefined ? null : agentOption(values.agent);
  const models = parts(values.model);
  const onAgent = models.filter((one) => one.endsWith(ON_AGENT)).map((one) => one.slice(0, -ON_AGENT.length));
  const device = known('--device', values.device, DEVICE_OF);
  const threads = whole('--threads', values.threads);
  if (threads > MOST_THREADS) throw new Error(`--threads ${values.threads} is more than ${MOST_THREADS}.`);
  if (onAgent.length > 0 && agent === null) {
    throw new Error(`--model ${onAgent[0] ?? ''}${ON_AGENT} needs --agent.`);
  }
  if (onAgent.length === 0 && agent !== null) {
    throw new Error('--agent is given, but no --model that ends in @agent.');
  }
  const inBrowser = models.filter((one) => !one.endsWith(ON_AGENT));
  return {
    images: folder('--images', values.images),
    masks: folder('--masks', values.masks),
    list: values.list === undefined ? null : file('--list', values.list),
    mapping: values.mapping ?? null,
    choices: [
      ...combinations(inBrowser, backends, preprocessings, upsamplings, sizes, pipelines),
      ...(agent === null
        ? []
        : agentCombinations(onAgent, preprocessings, pipelines, agent.address, device, threads)),
    ],
    agent,
    port: agent === null ? null : whole('--port', values.port),
    limit: values.limit === undefined ? null : whole('--limit', values.limit),
    build: values.build,
    gpu: values.gpu,
    json: values.json ?? null,
    skipped: values.skipped ?? null,
  };
}

const ON_AGENT = '@agent';

/** Also accepts the address that an agent prints: http://localhost:8590/#token=CODE */
function agentOption(text: string): AgentOption {
  const found = /^(?:\w+:\/\/)?([^/#,\s]+:\d+)(?:,|\/?(?:pi\.html)?#token=)?(\S*)$/.exec(text);
  if (found === null) throw new Error(`--agent ${text} is no HOST:PORT,CODE.`);
  return { address: found[1] ?? '', code: found[2] ?? '' };
}

const DEVICE_OF: Readonly<Record<string, AgentDevice>> = Object.fromEntries(
  AGENT_DEVICES.map((device) => [device, device]),
);

const PIPELINE_OF: Readonly<Record<string, Pipeline>> = Object.fromEntries(
  PIPELINES.map((pipeline) => [pipeline, pipeline]),
);

const parts = (text: string): readonly string[] => text.split(',').map((part) => part.trim());

function known<Value>(option: string, text: string, values: Readonly<Record<string, Value>>): Value {
  const value = values[text];
  if (value === undefined) {
    throw new Error(`${option} ${text} is unknown: use ${Object.keys(values).join(' or ')}.`);
  }
  return value;
}

function combinations(
  models: readonly string[],
  backends: readonly Backend[],
  preprocessings: readonly Preprocessing[],
  upsamplings: readonly Upsampling[],
  sizes: readonly (number | null)[],
  pipelines: readonly Pipeline[],
): readonly CommandSetup[] {
  return models.flatMap((modelId) =>
    sizes.flatMap((inputSize) =>
      preprocessings.flatMap((preprocessing) =>
        upsamplings.flatMap((upsampling) =>
          pipelines.flatMap((pipeline) =>
            backends.map((backend) => ({
              ...browserSetup(modelId, 1, backend, { pipeline, preprocessing, upsampling }),
              inputSize,
            })),
          ),
        ),
      ),
    ),
  );
}

function agentCombinations(
  models: readonly string[],
  preprocessings: readonly Preprocessing[],
  pipelines: readonly Pipeline[],
  address: string,
  device: AgentDevice,
  threads: number,
): readonly CommandSetup[] {
  return models.flatMap((modelId) =>
    preprocessings.flatMap((preprocessing) =>
      pipelines.map((pipeline) => {
        const tail = pipeline === 'ours' ? 'cut' : 'stock';
        const place = { agent: address, device, tail, threads } as const;
        return { ...agentSetup(modelId, 1, place, preprocessing), inputSize: null };
      }),
    ),
  );
}

function folder(name: string, path: string | undefined): string {
  if (path === undefined) throw new Error(`${name} is missing: it names a folder.`);
  if (!existsSync(path) || !statSync(path).isDirectory()) throw new Error(`${name} ${path} is no folder.`);
  return path;
}

function file(name: string, path: string): string {
  if (!existsSync(path) || !statSync(path).isFile()) throw new Error(`${name} ${path} is no file.`);
  return path;
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${name} ${text} is not a whole number above 0.`);
  return value;
}
