/** The exported JSON of runs, version 1: the one definition behind both the reader and the published JSON schema. */
import { z } from 'zod';
import { sha256 } from '../catalogue/fields.ts';
import type { RecordedRun } from '../domain/recorded-setup.ts';

export const RUNS_FORMAT = 'segscope-runs';
export const RUNS_VERSION = 1;

/**
 * The words of version 1, repeated here on purpose: a backend, a check or a stage that Segscope adds later belongs to a
 * later version of the format. It must not make a file of version 1 unreadable or change its schema.
 */
const BACKENDS = ['webgl', 'webgpu', 'wasm', 'litert', 'litert-webgpu', 'cpu'] as const;
const PIPELINES = ['ours', 'stock'] as const;
const PREPROCESSINGS = ['fit', 'native', 'stretch', 'crop'] as const;
const CLASS_LIST_IDS = ['voc', 'cityscapes', 'ade20k'] as const;
const AGENT_DEVICES = ['cpu', 'edgetpu'] as const;
const MODEL_TAILS = ['cut', 'stock'] as const;
const FRAME_CODECS = ['rgb8', 'jpeg85', 'jpeg95'] as const;
const THROTTLING_REASONS = [
  'under-voltage',
  'frequency capped',
  'throttled',
  'soft temperature limit',
] as const;
const VALIDITY_CHECKS = [
  'target-reached',
  'tab-visible',
  'no-context-loss',
  'no-backend-change',
  'no-throttling',
  'tensors-back',
  'stages-sum-up',
] as const;

const words = z.string().min(1);
const milliseconds = z.number().min(0).describe('ms');
const wholeNumber = z.int().min(0);
const pixels = z.int().positive().describe('px');
const instant = z.iso.datetime().describe('ISO 8601, UTC');
const backend = z.enum(BACKENDS);
const pipeline = z.enum(PIPELINES);

/** Without its model and backend, which come first in the file. */
const anyChoice = {
  inputSize: pixels,
  pipeline,
  sourceKey: words.describe('"replay" where frames were recorded once and replayed'),
};
const tail = z
  .enum(MODEL_TAILS)
  .describe('cut: without the resizing and argmax of the file, which the agent does itself');

const choice = z.discriminatedUnion('backend', [
  z.strictObject({ modelId: words, backend, ...anyChoice }),
  z.strictObject({
    modelId: words,
    backend: z.literal('tflite').describe('On an agent'),
    ...anyChoice,
    agent: z.strictObject({
      address: words,
      device: z.enum(AGENT_DEVICES),
      tail,
      threads: z.int().positive(),
    }),
    codec: z
      .enum(FRAME_CODECS)
      .default('rgb8')
      .describe('How frames go up; absent in earlier exports, whose frames were all raw RGB'),
  }),
]);

const target = z.strictObject({
  frames: wholeNumber,
  seconds: z.number().min(0),
  warmUpFrames: wholeNumber.describe('Before the counted frames; not among the columns'),
});

const segmenterHead = {
  modelId: words,
  modelName: words,
  files: z.array(z.strictObject({ path: words, bytes: wholeNumber, sha256 })),
  runtime: words,
};
const segmenterBody = {
  device: z.string(),
  softwareRendered: z.boolean(),
  simd: z.boolean().nullable(),
  threads: z.int().positive().nullable(),
  float16Textures: z.boolean().nullable(),
  pipeline,
  preprocessing: z.enum(PREPROCESSINGS),
  inputSize: pixels,
  outputStride: z.int().positive().nullable(),
  precision: words,
  classList: z
    .enum(CLASS_LIST_IDS)
    .nullable()
    .default('voc')
    .describe('Absent in exports of Segscope 0.1, which knew VOC only; null: classes that are numbered only'),
  classNames: z.array(z.string()),
};

const machine = z
  .strictObject({
    agentVersion: words,
    board: words.nullable(),
    system: words,
    cores: z.int().positive(),
    node: words,
    edgeTpuLibrary: words.nullable().describe('null: libedgetpu could not be opened'),
    usbPort: z.enum(['USB 2', 'USB 3']).nullable().describe('Of the Coral stick; null: none, or not told'),
  })
  .describe('The machine behind the agent, in its own words');

const segmenter = z.discriminatedUnion('backend', [
  z.strictObject({ ...segmenterHead, backend, ...segmenterBody }),
  z.strictObject({
    ...segmenterHead,
    backend: z.literal('tflite'),
    ...segmenterBody,
    agentAddress: words,
    tail,
    deviceAsked: z.enum(AGENT_DEVICES),
    deviceUsed: z
      .enum([...AGENT_DEVICES, 'test-double'])
      .describe('test-double: a stand-in for tests, whose times mean nothing'),
    operatorsOnTpu: wholeNumber,
    operatorsOnCpu: wholeNumber,
    machine,
  }),
]);

const configuration = z.strictObject({
  segmenter,
  source: z.string(),
  sourceWidth: pixels,
  sourceHeight: pixels,
  pageVisible: z.boolean(),
  crossOriginIsolated: z.boolean(),
  hardwareConcurrency: wholeNumber,
  userAgent: z.string(),
  date: instant,
  segscopeVersion: words,
});

const cold = z.strictObject({
  startMs: milliseconds,
  downloadMs: milliseconds,
  parseMs: milliseconds,
  firstInferenceMs: milliseconds,
  contended: z.boolean(),
});

const column = z.array(milliseconds);
const columns = z
  .strictObject({
    capture: column,
    encode: column,
    transport: column,
    preprocess: column,
    inference: column,
    postprocess: column,
    paint: column,
    wait: column.describe('Part of capture spent waiting for a new picture, ms'),
    frame: column.describe('From asking for the frame to the end of painting, ms'),
    at: column.describe('End of painting since the first counted frame was asked for, ms'),
  })
  .describe('Counted frames in the order of capture; all columns have one length')
  .superRefine((all, context) => {
    for (const [name, values] of Object.entries(all)) {
      if (values.length === all.frame.length) continue;
      const message = `has ${String(values.length)} values where "frame" has ${String(all.frame.length)}`;
      context.addIssue({ code: 'custom', path: [name], message });
    }
  });

const events = z.strictObject({
  hidden: wholeNumber.describe('Times the tab was hidden'),
  contextLost: z.boolean(),
  backendChanged: z.boolean().describe('Another backend or device ran than was asked for'),
  endedEarly: z.string().nullable(),
});

const memory = z.strictObject({
  tensorsLoaded: wholeNumber,
  tensorsAfter: wholeNumber,
  bytesLoaded: wholeNumber,
  bytesAfter: wholeNumber,
  tensorsLeft: wholeNumber,
});

const throttling = z.array(z.enum(THROTTLING_REASONS));
const degrees = z.number().describe('°C');
const megahertz = z.number().min(0).describe('MHz');
const host = z
  .strictObject({
    readings: z.int().positive().describe('One a second'),
    temperature: z
      .strictObject({ zone: z.string(), min: degrees, median: degrees, max: degrees })
      .nullable()
      .describe('Of the processor'),
    cpuMegahertz: z.strictObject({ min: megahertz, max: megahertz }).nullable(),
    throttling: z
      .strictObject({
        during: throttling.describe('While the run was measured: it is not to be quoted'),
        sinceBoot: throttling,
      })
      .nullable(),
    memory: z.strictObject({ totalBytes: wholeNumber, leastAvailableBytes: wholeNumber }).nullable(),
    serverBytes: wholeNumber.describe('The most that the server of the agent held'),
    engineBytes: wholeNumber.nullable().describe('The most that its engine held'),
  })
  .nullable()
  .default(null)
  .describe(
    'What the machine of the agent said while it ran; null in the browser, absent in earlier exports',
  );

const validity = z
  .strictObject({
    valid: z.boolean(),
    checks: z
      .array(z.strictObject({ check: z.enum(VALIDITY_CHECKS), passed: z.boolean(), detail: z.string() }))
      .length(VALIDITY_CHECKS.length),
  })
  .superRefine(({ valid, checks }, context) => {
    if (checks.some(({ check }, i) => check !== VALIDITY_CHECKS[i])) {
      context.addIssue({
        code: 'custom',
        path: ['checks'],
        message: `must be ${VALIDITY_CHECKS.join(', ')}, in this order`,
      });
    }
    if (valid !== checks.every(({ passed }) => passed)) {
      context.addIssue({ code: 'custom', path: ['valid'], message: 'contradicts the checks' });
    }
  });

export const runSchema = z.strictObject({
  schemaVersion: z.literal(RUNS_VERSION),
  id: words.describe('Random, unique'),
  name: z.string(),
  notes: z.string(),
  startedAt: instant,
  choice,
  target,
  configuration,
  cold,
  columns,
  sourcePictures: z
    .strictObject({ unique: wholeNumber, skipped: wholeNumber })
    .nullable()
    .describe('null for still pictures'),
  events,
  memory,
  host,
  validity,
}) satisfies z.ZodType<RecordedRun>;

export const runsFileSchema = z
  .strictObject({
    format: z.literal(RUNS_FORMAT),
    version: z.literal(RUNS_VERSION),
    exportedAt: instant,
    runs: z.array(runSchema),
  })
  .superRefine(({ runs }, context) =>
    runs.forEach(({ id }, at) => {
      if (runs.findIndex((other) => other.id === id) === at) return;
      context.addIssue({ code: 'custom', path: ['runs', at, 'id'], message: `"${id}" is there twice` });
    }),
  );
