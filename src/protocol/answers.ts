/** What an agent answers in text; label maps go as binary messages (SPEC 3, 4, 7 and 8). */
import { z } from 'zod';
import { AGENT_DEVICES, AGENT_DEVICES_USED, MODEL_TAILS } from '../domain/agent-description.ts';

const id = z.int().min(0).max(0xffffffff);
const text = z.string().max(2000);
const ms = z.number().min(0);
const bytes = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Kinds of failure; the message carries the sentence and the next step. */
export const FAILURE_KINDS = [
  'message-invalid',
  'model-unknown',
  'model-unusable',
  'model-not-loaded',
  'frame-invalid',
  'busy',
  'edgetpu-missing',
  'edgetpu-library-missing',
  'edgetpu-permission',
  'edgetpu-refused',
  'engine-missing',
  'engine-crashed',
  'engine-timed-out',
] as const;

const libraryVersion = z.strictObject({ name: text, version: text });

const edgeTpu = z.strictObject({
  /** null: no stick is plugged in. */
  stick: z
    .strictObject({
      state: z.enum(['without-firmware', 'running']),
      /** Speed of the port, Mbit/s as the kernel says: 480 is USB 2, 5000 USB 3. */
      megabitsPerSecond: z.number().nullable(),
      permitted: z.boolean(),
    })
    .nullable(),
  /** null: libedgetpu could not be opened. */
  library: libraryVersion.nullable(),
  /** Devices that libedgetpu lists. */
  devices: z.array(z.strictObject({ bus: z.enum(['pci', 'usb']), path: text })),
  testDouble: z.boolean(),
  /** Why the Edge TPU can or cannot be used, one sentence. */
  sentence: text,
});

const model = z.strictObject({
  modelId: z.string().max(200),
  bytes,
  sha256,
  /** Side of the square input, px. */
  inputSize: z.int().min(1),
  inputType: z.enum(['uint8', 'int8', 'float32']),
  classes: z.int().min(1).nullable(),
  /** How the file can be run: 'cut' only if its tail can be cut. */
  tails: z.array(z.enum(MODEL_TAILS)),
  /** Why it cannot be cut; null if it can. */
  notCutBecause: text.nullable(),
  operators: z.int().min(0),
  /** The same network compiled for the Edge TPU; null without one. */
  edgeTpuTwin: z
    .strictObject({
      bytes,
      sha256,
      /** Custom operators, which the Edge TPU runs. */
      operatorsOnTpu: z.int().min(0),
      /** Operators left to the host's CPU, stock and cut (null if it cannot be cut). */
      operatorsOnCpu: z.int().min(0),
      operatorsOnCpuCut: z.int().min(0).nullable(),
    })
    .nullable(),
});

const unusableModel = z.strictObject({ modelId: z.string().max(200), reason: text });

const host = z.strictObject({
  system: text,
  architecture: text,
  /** Board or processor, as the machine names itself; null if it does not. */
  board: text.nullable(),
  cores: z.int().min(1),
  node: text,
});

const telemetry = z.strictObject({
  kind: z.literal('telemetry'),
  /** Degrees Celsius per thermal zone; null if the system has none. The stick's own temperature cannot be read. */
  thermalZones: z.array(z.strictObject({ name: text, celsius: z.number() })).nullable(),
  /** Current frequency per core, MHz. */
  cpuMegahertz: z.array(z.number().min(0)).nullable(),
  /** vcgencmd get_throttled, undecoded: bits 0-3 now, 16-19 since boot. */
  throttledBits: z.int().min(0).nullable(),
  /** Of the whole machine. */
  memory: z.strictObject({ totalBytes: bytes, availableBytes: bytes }).nullable(),
  /** Resident memory of the agent's two processes; null while the engine is not running. */
  serverBytes: bytes,
  engineBytes: bytes.nullable(),
});

export const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('greeted'),
    protocol: z.int(),
    agentVersion: text,
    host,
    /** null: the TensorFlow Lite library could not be opened; `engineSentence` says why. */
    engine: libraryVersion.nullable(),
    engineSentence: text,
    edgeTpu,
    models: z.array(model).max(1000),
    unusableModels: z.array(unusableModel).max(1000),
  }),
  z.strictObject({
    kind: z.literal('loaded'),
    requestId: id,
    modelId: z.string().max(200),
    tail: z.enum(MODEL_TAILS),
    sha256,
    deviceAsked: z.enum(AGENT_DEVICES),
    deviceUsed: z.enum(AGENT_DEVICES_USED),
    /** The device in the agent's own words, with the library and version that drives it. */
    deviceName: text,
    engine: libraryVersion,
    threads: z.int().min(1),
    inputSize: z.int().min(1),
    inputType: z.enum(['uint8', 'int8', 'float32']),
    /** 'rounded' and 'exact': the agent upsamples and picks the class; 'file': the network does it itself. */
    finish: z.enum(['rounded', 'exact', 'file']),
    operatorsOnTpu: z.int().min(0),
    operatorsOnCpu: z.int().min(0),
    cold: z.strictObject({ read: ms, prepare: ms, firstInvoke: ms }),
  }),
  z.strictObject({
    kind: z.literal('benched'),
    requestId: id,
    /** ms per iteration, without network, decoding and resizing. */
    invoke: z.array(ms),
    postprocess: z.array(ms),
    /** Longest time for which the engine's event loop was blocked, ms. */
    longestGapMs: ms,
  }),
  z.strictObject({ kind: z.literal('dropped'), frameId: id, droppedSoFar: id }),
  z.strictObject({
    kind: z.literal('failed'),
    requestId: id.nullable(),
    frameId: id.nullable(),
    failure: z.strictObject({ kind: z.enum(FAILURE_KINDS), sentence: text, nextStep: text }),
  }),
  /** The engine has restarted; every model must be loaded again. */
  z.strictObject({ kind: z.literal('engine-restarted'), restarts: z.int().min(1) }),
  telemetry,
]);

export type AgentAnswer = z.infer<typeof answerSchema>;
export type AnswerOf<Kind extends AgentAnswer['kind']> = Extract<AgentAnswer, { kind: Kind }>;
export type Failure = AnswerOf<'failed'>['failure'];
export type FailureKind = Failure['kind'];
export type EdgeTpuReport = AnswerOf<'greeted'>['edgeTpu'];
export type AgentModel = AnswerOf<'greeted'>['models'][number];
