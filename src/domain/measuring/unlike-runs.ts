/** How two runs differ: every difference in their conditions, each in one plain sentence. */
import { agentDeviceName, isOnAgent, type AnyDescription } from '../agent-description.ts';
import { knownModel } from '../published/known-models.ts';
import { codecOf, SETUP_FIELDS, setupOf } from '../setup.ts';
import { REPLAY_KEY, type RunRecord } from './run.ts';

/**
 * One warning for each condition that differs between the runs, most important first; empty for comparable runs. The
 * number of frames is not a condition, because the intervals show it.
 */
export function unlikeConditions(a: RunRecord, b: RunRecord): readonly string[] {
  const differences = CONDITIONS.flatMap(({ name, of }) => {
    const [left, right] = [of(a), of(b)];
    return left === right ? [] : [`Other ${name}: ${left} and ${right}.`];
  });
  return [...differences, ...otherFiles(a, b)];
}

/** Another model, or the same one made for the stock pipeline, always has other files, so only the rest is reported. */
function otherFiles(a: RunRecord, b: RunRecord): readonly string[] {
  const [left, right] = [segmenterOf(a), segmenterOf(b)];
  if (left.modelId !== right.modelId || left.pipeline !== right.pipeline) return [];
  const sums = [left, right].map(({ files }) =>
    files.map(({ path, sha256 }) => `${path} ${sha256.slice(0, 12)}`).join(', '),
  );
  return sums[0] === sums[1] ? [] : [`Other files under the same model id (SHA-256): ${sums.join(' and ')}.`];
}

/** A stick is identified by its port and its library too; neither matters for the CPU. */
function placeOf(segmenter: AnyDescription): string {
  if (!isOnAgent(segmenter)) return 'this browser';
  const { agentAddress, deviceUsed, machine } = segmenter;
  const place = `${agentDeviceName(deviceUsed)} of ${agentAddress} (${machine.board ?? machine.system})`;
  return deviceUsed === 'cpu'
    ? place
    : `${place} on ${machine.usbPort ?? 'a USB port of unknown speed'} with ${machine.edgeTpuLibrary ?? 'an unknown library'}`;
}

interface Condition {
  /** As in "Other input size". */
  readonly name: string;
  readonly of: (run: RunRecord) => string;
}

const segmenterOf = (run: RunRecord) => run.configuration.segmenter;
const orUnknown = (value: number | string | null | undefined) =>
  value === null || value === undefined ? 'unknown' : String(value);
const yesNo = (value: boolean | null) => (value === null ? 'not applicable' : value ? 'yes' : 'no');

/** A field of the setup that actually ran. */
const field = (name: keyof typeof SETUP_FIELDS): Condition => ({
  name,
  of: (run) => SETUP_FIELDS[name](setupOf(segmenterOf(run), codecOf(run.setup))),
});

const CONDITIONS: readonly Condition[] = [
  field('model'),
  {
    name: 'depth multiplier',
    of: (run) => {
      const known = knownModel(segmenterOf(run).modelId);
      return known === null ? 'unknown' : orUnknown(known.depthMultiplier ?? 'none');
    },
  },
  {
    name: 'training split',
    of: (run) => orUnknown(knownModel(segmenterOf(run).modelId)?.trainingSplit),
  },
  { name: 'output stride', of: (run) => orUnknown(segmenterOf(run).outputStride) },
  field('input size'),
  { name: 'precision', of: (run) => segmenterOf(run).precision },
  field('pre-processing'),
  field('upsampling'),
  field('pipeline'),
  field('backend'),
  { name: 'runtime', of: (run) => segmenterOf(run).runtime },
  { name: 'device', of: (run) => segmenterOf(run).device },
  { name: 'place', of: (run) => placeOf(segmenterOf(run)) },
  field('codec of the frames'),
  { name: 'number of threads', of: (run) => orUnknown(segmenterOf(run).threads) },
  { name: 'use of SIMD', of: (run) => yesNo(segmenterOf(run).simd) },
  { name: 'use of float16 textures', of: (run) => yesNo(segmenterOf(run).float16Textures) },
  {
    name: 'source',
    of: ({ sourceKey, configuration: { source, sourceWidth, sourceHeight } }) =>
      `${source}${sourceKey === REPLAY_KEY ? ' (replayed)' : ''}, ${sourceWidth} x ${sourceHeight}`,
  },
  { name: 'browser', of: (run) => run.configuration.userAgent },
  { name: 'cross-origin isolation', of: (run) => yesNo(run.configuration.crossOriginIsolated) },
  { name: 'Segscope version', of: (run) => run.configuration.segscopeVersion },
];
