/** A whole plan in the address of the page: `#/runs?plan=1&...`, short enough to mail and plain enough to check by eye. */
import { ProblemError } from '../../domain/problems/problem.ts';
import type {
  AgentChoice,
  BrowserChoice,
  RunChoice,
  RunPlan,
  RunTarget,
} from '../../domain/measuring/run.ts';

/** The versions of what follows "plan=". A plan is written in the lowest that holds it, so that an older page reads it. */
const VERSION = '1';
const VERSION_WITH_AGENTS = '2';
const VERSION_WITH_CODECS = '3';
const VERSIONS = [VERSION, VERSION_WITH_AGENTS, VERSION_WITH_CODECS];
/** More than anybody sits through; a link must not fill the page with a million rows. */
const CHOICES_LIMIT = 500;
/**
 * The words of versions 1 to 3, spelled out here on purpose: one that Segscope learns later belongs to a later version
 * of the link, so that an older page says "newer version" and not "there is no such backend".
 */
const BACKENDS = ['webgl', 'webgpu', 'wasm', 'litert', 'litert-webgpu', 'cpu'] as const;
const PIPELINES = ['ours', 'stock'] as const;
const AGENT_DEVICES = ['cpu', 'edgetpu'] as const;
const MODEL_TAILS = ['cut', 'stock'] as const;
const FRAME_CODECS = ['rgb8', 'jpeg85', 'jpeg95'] as const;
const REPLAY_FRAMES_LIMIT = 64;

/**
 * The hash for a plan, for instance
 * `#/runs?plan=1&frames=20&seconds=0&warm-up=10&run=segscope-mnv2-257;wasm,webgl;257;ours;sample:astronaut`.
 *
 * `run` holds models; backends; sizes; pipelines; sources, each a list by comma, and means all their combinations, the
 * last list running fastest. A plan that is no such product has one `run` per choice. `replay=32;camera:` stands for 32
 * frames of that source. `agent=localhost:8590;MODEL;257;edgetpu;cut;1;sample:astronaut` is one choice on an agent:
 * address; model; size; device; tail; threads; source; codec, where the last is left out for raw RGB. The agent's pairing code is never part of a link.
 */
export function planToHash(plan: RunPlan): string {
  const { frames, seconds, warmUpFrames } = plan.target;
  const replay =
    plan.replaySourceKey === null ? [] : [`replay=${plan.replayFrames};${escaped(plan.replaySourceKey)}`];
  return `#/runs?${[
    `plan=${versionOf(plan.choices)}`,
    `frames=${frames}`,
    `seconds=${seconds}`,
    `warm-up=${warmUpFrames}`,
    ...replay,
    ...fieldsOf(plan.choices),
  ].join('&')}`;
}

/**
 * The plan in a hash, or null where there is none.
 * @throws ProblemError link-version, link-invalid
 */
export function planFromHash(hash: string): RunPlan | null {
  if (!hash.startsWith('#/runs?')) return null;
  const fields = hash
    .slice(hash.indexOf('?') + 1)
    .split('&')
    .map((field) => [field.split('=', 1)[0] ?? '', field.slice(field.indexOf('=') + 1)] as const);
  const all = (name: string) => fields.flatMap(([key, value]) => (key === name ? [value] : []));
  const one = (name: string) => all(name)[0] ?? invalid(`it has no "${name}"`);
  const [version] = all('plan');
  if (version === undefined) return null;
  if (!VERSIONS.includes(version))
    throw new ProblemError({ kind: 'link-version', version: unescaped(version) });
  const target: RunTarget = {
    frames: whole(one('frames'), 'frames', 1, 1_000_000),
    seconds: whole(one('seconds'), 'seconds', 0, 86_400),
    warmUpFrames: whole(one('warm-up'), 'warm-up', 0, 1_000_000),
  };
  const choices = fields.flatMap(([key, value]): readonly RunChoice[] => {
    if (key === 'run') return choicesOf(value);
    return key === 'agent' ? [agentChoiceOf(value)] : [];
  });
  if (choices.length === 0) invalid('it has no run');
  if (choices.length > CHOICES_LIMIT) invalid(`it has more than ${CHOICES_LIMIT} runs`);
  return { choices, target, ...replayOf(all('replay')[0] ?? null) };
}

function replayOf(field: string | null): Pick<RunPlan, 'replayFrames' | 'replaySourceKey'> {
  if (field === null) return { replayFrames: 0, replaySourceKey: null };
  const [frames = '', source = ''] = field.split(';');
  return {
    replayFrames: whole(frames, 'replay', 1, REPLAY_FRAMES_LIMIT),
    replaySourceKey: source === '' ? invalid('the replay has no source') : unescaped(source),
  };
}

const isAgentChoice = (choice: RunChoice): choice is AgentChoice => choice.backend === 'tflite';

function versionOf(choices: readonly RunChoice[]): string {
  const onAgents = choices.filter(isAgentChoice);
  if (onAgents.some(({ codec }) => codec !== 'rgb8')) return VERSION_WITH_CODECS;
  return onAgents.length > 0 ? VERSION_WITH_AGENTS : VERSION;
}

/** In the order of the choices: browser choices that stand together share their fields, each on an agent has its own. */
function fieldsOf(choices: readonly RunChoice[]): readonly string[] {
  const fields: string[] = [];
  let together: BrowserChoice[] = [];
  const flush = () => {
    for (const lists of runsOf(together)) {
      fields.push(`run=${lists.map((list) => list.map(escaped).join(',')).join(';')}`);
    }
    together = [];
  };
  for (const choice of choices) {
    if (!isAgentChoice(choice)) {
      together.push(choice);
      continue;
    }
    flush();
    const { modelId, inputSize, sourceKey, agent, codec } = choice;
    const { address, device, tail, threads } = agent;
    const values = [address, modelId, String(inputSize), device, tail, String(threads), sourceKey];
    if (codec !== 'rgb8') values.push(codec);
    fields.push(`agent=${values.map(escaped).join(';')}`);
  }
  flush();
  return fields;
}

function agentChoiceOf(field: string): AgentChoice {
  const values = field.split(';').map(unescaped);
  const [address = '', modelId = '', size = '', device = '', tail = '', threads = '', sourceKey = ''] =
    values;
  const [codec = 'rgb8'] = values.slice(7);
  if (values.length < 7 || values.length > 8 || values.some((value) => value === '')) {
    invalid(`"${field}" is not address;model;size;device;tail;threads;source;codec`);
  }
  const knownTail = MODEL_TAILS.find((one) => one === tail) ?? invalid(`there is no tail "${tail}"`);
  return {
    modelId,
    backend: 'tflite',
    inputSize: whole(size, 'size', 1, 8192),
    pipeline: knownTail === 'cut' ? 'ours' : 'stock',
    sourceKey,
    agent: {
      address,
      device: AGENT_DEVICES.find((one) => one === device) ?? invalid(`there is no device "${device}"`),
      tail: knownTail,
      threads: whole(threads, 'threads', 1, 8),
    },
    codec: FRAME_CODECS.find((one) => one === codec) ?? invalid(`there is no codec "${codec}"`),
  };
}

type Lists = readonly (readonly string[])[];

const listsOf = (choices: readonly BrowserChoice[]): Lists => [
  distinct(choices.map(({ modelId }) => modelId)),
  distinct(choices.map(({ backend }) => backend)),
  distinct(choices.map(({ inputSize }) => String(inputSize))),
  distinct(choices.map(({ pipeline }) => pipeline)),
  distinct(choices.map(({ sourceKey }) => sourceKey)),
];

/** One product of lists where the choices are just that, else one per choice. */
function runsOf(choices: readonly BrowserChoice[]): readonly Lists[] {
  if (choices.length === 0) return [];
  const lists = listsOf(choices);
  const product = combinations(lists).map((row) => row.join('\n'));
  const own = choices.map((choice) => listsOf([choice]).flat().join('\n'));
  const isProduct = product.length === own.length && product.every((row, i) => row === own[i]);
  return isProduct ? [lists] : choices.map((choice) => listsOf([choice]));
}

function combinations(lists: Lists): readonly (readonly string[])[] {
  const count = lists.reduce((product, list) => product * list.length, 1);
  if (count > CHOICES_LIMIT) return [];
  return lists.reduce<readonly (readonly string[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])),
    [[]],
  );
}

function choicesOf(field: string): readonly BrowserChoice[] {
  const lists = field.split(';').map((list) => list.split(',').map(unescaped));
  if (lists.length !== 5 || lists.some((list) => list.some((value) => value === ''))) {
    invalid(`"${field}" is not model;backend;size;pipeline;source`);
  }
  if (lists.reduce((product, list) => product * list.length, 1) > CHOICES_LIMIT) {
    invalid(`it has more than ${CHOICES_LIMIT} runs`);
  }
  return combinations(lists).map(
    ([modelId = '', backend = '', size = '', pipeline = '', sourceKey = '']) => ({
      modelId,
      backend: BACKENDS.find((one) => one === backend) ?? invalid(`there is no backend "${backend}"`),
      inputSize: whole(size, 'size', 1, 8192),
      pipeline: PIPELINES.find((one) => one === pipeline) ?? invalid(`there is no pipeline "${pipeline}"`),
      sourceKey,
    }),
  );
}

function whole(text: string, name: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  return invalid(`"${name}" must be a whole number from ${least} to ${most}`);
}

function invalid(detail: string): never {
  throw new ProblemError({ kind: 'link-invalid', detail });
}

const distinct = (values: readonly string[]) => [...new Set(values)];

/** A colon may stand in a fragment (RFC 3986, 3.5) and keeps "sample:astronaut" readable. */
const escaped = (text: string) => encodeURIComponent(text).replaceAll('%3A', ':');

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return invalid(`"${text}" is cut off`);
  }
}
