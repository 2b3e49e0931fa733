/** The words of the Runs view for what the domain calls by keys. */
import { agentDeviceName } from '../../domain/agent-description.ts';
import { CODEC_WORDS } from '../../domain/frame-codec.ts';
import { throttledWhile } from '../../domain/host-readings.ts';
import type { RunChoice, RunRecord, RunTarget, ValidityCheck } from '../../domain/run.ts';
import type { RunProgress } from '../../state/run-store.ts';
import type { AgentState } from '../../state/agent-store.ts';
import type { ModelListing, SourceOption } from '../../state/session-store.ts';
import { deviceWords } from '../agents/agent-words.ts';
import { factsOf } from './plan/agent-plan.ts';

/** Source key of the frames that are recorded once for the whole plan. */
export const REPLAY = 'replay';

export const PHASE_WORDS: Readonly<Record<Extract<RunProgress, { kind: 'running' }>['phase'], string>> = {
  recording: 'recording the frames',
  loading: 'loading cold',
  'warm-up': 'warming up',
  measuring: 'measuring',
  saving: 'saving',
};

/** What a failed check says in a table's cell; its full sentence stands in the details. */
export const FAILED_CHECK_WORDS: Readonly<Record<ValidityCheck, string>> = {
  'target-reached': 'target not reached',
  'tab-visible': 'tab was hidden',
  'no-context-loss': 'context lost',
  'no-backend-change': 'other backend or device',
  'no-throttling': 'drifted',
  'tensors-back': 'tensors leaked',
  'stages-sum-up': 'stages do not add up',
};

/** The machine itself said so; "drifted" is only what the times tell. */
const THROTTLED_WORDS = 'throttled while it ran, not to be quoted';

export interface Names {
  readonly models: readonly ModelListing[];
  readonly sources: readonly SourceOption[];
  readonly agents: readonly AgentState[];
}

export function sourceWords(key: string, sources: readonly SourceOption[]): string {
  if (key === REPLAY) return 'replay';
  return sources.find((source) => source.key === key)?.label ?? key;
}

/** "Segscope MobileNetV2 · wasm · 257 px · ours · Astronaut", "mnv2-int8 · Edge TPU of localhost:8590 · 257 px · cut tail · Astronaut" */
export function choiceWords(choice: RunChoice, { models, sources, agents }: Names): string {
  const { modelId, inputSize, sourceKey } = choice;
  const size = `${inputSize} px`;
  const source = sourceWords(sourceKey, sources);
  if (choice.backend !== 'tflite') {
    const name = models.find(({ id }) => id === modelId)?.name ?? modelId;
    return [name, choice.backend, size, choice.pipeline, source].join(' · ');
  }
  const { address, device, tail } = choice.agent;
  const facts = factsOf(address, agents);
  const deviceName = facts === null ? agentDeviceName(device) : deviceWords(device, facts.edgeTpu);
  const codec = choice.codec === 'rgb8' ? [] : [CODEC_WORDS[choice.codec]];
  return [modelId, `${deviceName} of ${address}`, size, `${tail} tail`, ...codec, source].join(' · ');
}

/** "20 frames after 10 of warm-up" */
export function targetWords({ frames, seconds, warmUpFrames }: RunTarget): string {
  const least = seconds > 0 ? `at least ${frames} frames and ${seconds} s` : `${frames} frames`;
  return `${least}, after ${warmUpFrames} of warm-up`;
}

/** Empty for a valid run. */
export function failedChecks({ validity, host }: RunRecord): readonly string[] {
  const throttled = throttledWhile(host).length > 0;
  return validity.checks
    .filter(({ passed }) => !passed)
    .map(({ check }) =>
      check === 'no-throttling' && throttled ? THROTTLED_WORDS : FAILED_CHECK_WORDS[check],
    );
}

/** "1 configuration", "3 configurations" */
export function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

/** A span of time in at most two units: "8 s", "3 min", "1 h 10 min". */
export function formatSpan(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 100) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

/** "2026-11-22 13:45", local time, as tables sort it. */
export function formatMoment(iso: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [String(moment.getFullYear()), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
