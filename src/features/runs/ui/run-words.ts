/** Texts of the Runs view for the domain's keys. */
import { agentDeviceName } from '../../../domain/agent-description.ts';
import { CODEC_WORDS } from '../../../domain/frame-codec.ts';
import { throttledWhile } from '../../../domain/measuring/host-readings.ts';
import type { RunChoice, RunRecord, RunTarget, ValidityCheck } from '../../../domain/measuring/run.ts';
import type { RunProgress } from '../run-store.ts';
import type { AgentState } from '../../agents/agent-store.ts';
import type { ModelListing, SourceOption } from '../../../app/session-store.ts';
import { deviceWords } from '../../agents/ui/agent-words.ts';
import { factsOf } from './plan/agent-plan.ts';

/** Source key of the frames that are recorded once for the whole plan. */
export const REPLAY = 'replay';

export const PHASE_WORDS: Readonly<Record<Extract<RunProgress, { kind: 'running' }>['phase'], string>> = {
  recording: 'recording frames',
  loading: 'loading cold',
  'warm-up': 'warming up',
  measuring: 'measuring',
  saving: 'saving',
};

/** Short text of a failed check for a table cell; the details have the full sentence. */
export const FAILED_CHECK_WORDS: Readonly<Record<ValidityCheck, string>> = {
  'target-reached': 'target not reached',
  'tab-visible': 'tab was hidden',
  'no-context-loss': 'context lost',
  'no-backend-change': 'backend or device changed',
  'no-throttling': 'drifted',
  'tensors-back': 'tensors leaked',
  'stages-sum-up': 'stages do not add up',
};

/** Reported by the machine; "drifted" is only inferred from the times. */
const THROTTLED_WORDS = 'throttled during the run, do not quote';

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
