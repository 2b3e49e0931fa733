/** Setup: what runs, and where. Pickers edit it, links carry it, runs record it, the worker and the agent receive it. */
import {
  agentDeviceName,
  isOnAgent,
  type AgentDevice,
  type AnyDescription,
  type ModelTail,
  type RunBackend,
} from './agent-description.ts';
import type { Backend, BackendChoice } from './backend.ts';
import { CODEC_WORDS, type FrameCodec } from './frame-codec.ts';
import type { Upsampling } from './labels/axis-weights.ts';
import type { Pipeline, Preprocessing } from './measuring/configuration.ts';

/** @typeParam Choice the possible backends; with 'auto' among them, a setup is a wish and cannot run yet */
export interface BrowserPlace<Choice = Backend> {
  readonly kind: 'browser';
  readonly backend: Choice;
  /** null: the backend's default. Only LiteRT.js accepts a number. */
  readonly threads: number | null;
}

/** The agent's pairing code is not part of it, because links are shared and runs are published. */
export interface AgentPlace {
  readonly kind: 'agent';
  /** Its address, "localhost:8590". */
  readonly agent: string;
  readonly device: AgentDevice;
  readonly tail: ModelTail;
  /** 1..8 */
  readonly threads: number;
  /** How frames travel to the agent. */
  readonly codec: FrameCodec;
}

export interface Setup<Place = BrowserPlace | AgentPlace> {
  /** Id in the catalogue, or in the agent's own list. */
  readonly modelId: string;
  /** Side of the square that the network sees, px. */
  readonly inputSize: number;
  /** On an agent it follows from the tail, see pipelineOf(). */
  readonly pipeline: Pipeline;
  readonly preprocessing: Preprocessing;
  /** An agent always upsamples 'aligned'. */
  readonly upsampling: Upsampling;
  readonly place: Place;
}

export type BrowserSetup = Setup<BrowserPlace>;
export type AgentSetup = Setup<AgentPlace>;
/** The user's choice in this browser; 'auto' is the fastest backend measured on this machine. */
export type WantedSetup = Setup<BrowserPlace<BackendChoice>>;

/** The pre-processing of the live view, for every network. */
export const LIVE_INPUT = { preprocessing: 'fit', upsampling: 'aligned' } as const;

export function isAgentSetup(setup: Setup): setup is AgentSetup {
  return setup.place.kind === 'agent';
}

/** A cut tail makes the file's pipeline ours. */
export const pipelineOf = (tail: ModelTail): Pipeline => (tail === 'cut' ? 'ours' : 'stock');

export function browserSetup(
  modelId: string,
  inputSize: number,
  backend: Backend,
  change: Partial<Omit<Setup, 'place'>> & { readonly threads?: number | null } = {},
): BrowserSetup {
  const { threads = null, ...other } = change;
  return {
    modelId,
    inputSize,
    pipeline: 'ours',
    ...LIVE_INPUT,
    ...other,
    place: { kind: 'browser', backend, threads },
  };
}

export function agentSetup(
  modelId: string,
  inputSize: number,
  place: Omit<AgentPlace, 'kind' | 'codec'> & Partial<Pick<AgentPlace, 'codec'>>,
  preprocessing: Preprocessing = LIVE_INPUT.preprocessing,
): AgentSetup {
  return {
    modelId,
    inputSize,
    pipeline: pipelineOf(place.tail),
    ...LIVE_INPUT,
    preprocessing,
    place: { kind: 'agent', codec: 'rgb8', ...place },
  };
}

/** The same with 'auto' resolved: to the running backend, else to WASM, which every browser has. */
export function resolveAuto({ place, ...setup }: WantedSetup, running: Backend | null): BrowserSetup {
  const backend = running ?? (place.backend === 'auto' ? 'wasm' : place.backend);
  return { ...setup, place: { ...place, backend } };
}

/** The setup behind a description: what actually runs, with the thread count as the user would choose it. */
export function setupOf(description: AnyDescription, codec: FrameCodec = 'rgb8'): Setup {
  const { modelId, inputSize, pipeline, preprocessing, upsampling = 'aligned' } = description;
  const place: Setup['place'] = isOnAgent(description)
    ? {
        kind: 'agent',
        agent: description.agentAddress,
        device: description.deviceAsked,
        tail: description.tail,
        threads: description.threads ?? 1,
        codec,
      }
    : { kind: 'browser', backend: description.backend, threads: null };
  return { modelId, inputSize, pipeline, preprocessing, upsampling, place };
}

/** What executes the network, in one word, for tables and filters. */
export const backendOf = ({ place }: Setup): RunBackend =>
  place.kind === 'agent' ? 'tflite' : place.backend;

/** Frames to a worker are as raw as RGB frames to an agent. */
export const codecOf = ({ place }: Setup): FrameCodec => (place.kind === 'agent' ? place.codec : 'rgb8');

/** The fields that decide whether two setups are equal, each in words under the name that warnings use. */
export const SETUP_FIELDS = {
  model: ({ modelId }: Setup) => modelId,
  'input size': ({ inputSize }: Setup) => `${inputSize} px`,
  'pre-processing': ({ preprocessing }: Setup) => preprocessing,
  upsampling: ({ upsampling }: Setup) => upsampling,
  pipeline: ({ pipeline }: Setup) => pipeline,
  backend: backendOf,
  agent: ({ place }: Setup) => (place.kind === 'agent' ? place.agent : 'none'),
  device: ({ place }: Setup) => (place.kind === 'agent' ? agentDeviceName(place.device) : 'this browser'),
  tail: ({ place }: Setup) => (place.kind === 'agent' ? place.tail : 'none'),
  threads: ({ place }: Setup) => `${place.threads ?? 'default'}`,
  'codec of the frames': (setup: Setup) => CODEC_WORDS[codecOf(setup)],
} as const;

/** Equal only for equal setups, also in later versions of the page. */
export function setupKey(setup: Setup): string {
  return Object.values(SETUP_FIELDS)
    .map((field) => encodeURIComponent(field(setup)))
    .join(' ');
}

export const sameSetup = (one: Setup, other: Setup): boolean => setupKey(one) === setupKey(other);

/** "litert with 2 threads"; without a number if the backend uses its default. */
export function backendWords({ backend, threads }: Pick<BrowserPlace, 'backend' | 'threads'>): string {
  return threads === null ? backend : `${backend} with ${threads} threads`;
}

/**
 * The name of a setup in parts, for lists and tables: model, place and size, then every value that is not the default.
 * "Segscope MobileNetV2", "wasm", "257 px", "stock pipeline"; on an agent "mnv2-int8", "Edge TPU of localhost:8590",
 * "257 px", "cut tail", "JPEG 85".
 * @param names what the setup itself does not know: the model's name, and the device's real name
 */
export function setupWords(
  { modelId, inputSize, pipeline, preprocessing, upsampling, place }: Setup,
  names: { readonly modelName?: string | undefined; readonly deviceName?: string | undefined } = {},
): readonly string[] {
  const { modelName = modelId, deviceName } = names;
  const input = [
    ...(preprocessing === LIVE_INPUT.preprocessing ? [] : [preprocessing]),
    ...(upsampling === LIVE_INPUT.upsampling ? [] : [`upsampling ${upsampling}`]),
  ];
  const size = `${inputSize} px`;
  if (place.kind === 'browser') {
    const stock = pipeline === 'ours' ? [] : [`${pipeline} pipeline`];
    return [modelName, backendWords(place), size, ...stock, ...input];
  }
  const { agent, device, tail, threads, codec } = place;
  const using = device === 'cpu' && threads > 1 ? [`${threads} threads`] : [];
  const sent = codec === 'rgb8' ? [] : [CODEC_WORDS[codec]];
  const where = `${deviceName ?? agentDeviceName(device)} of ${agent}`;
  return [modelName, where, size, `${tail} tail`, ...using, ...sent, ...input];
}
