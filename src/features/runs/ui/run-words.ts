/** Texts of the Runs view for the domain's keys. */
import { throttledWhile } from '../../../domain/measuring/host-readings.ts';
import {
  REPLAY_KEY,
  type PlannedRun,
  type RunRecord,
  type RunTarget,
  type ValidityCheck,
} from '../../../domain/measuring/run.ts';
import { setupWords } from '../../../domain/setup.ts';
import type { RunProgress } from '../run-store.ts';
import type { AgentState } from '../../agents/agent-store.ts';
import type { ModelListing, SourceOption } from '../../../app/session-store.ts';
import { deviceWords } from '../../agents/ui/agent-words.ts';
import { factsOf } from './plan/agent-plan.ts';

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
  if (key === REPLAY_KEY) return 'replay';
  return sources.find((source) => source.key === key)?.label ?? key;
}

/** "Segscope MobileNetV2 · wasm · 257 px · Astronaut", "mnv2-int8 · Edge TPU of localhost:8590 · 257 px · cut tail · Astronaut" */
export function plannedWords({ setup, sourceKey }: PlannedRun, { models, sources, agents }: Names): string {
  const { modelId, place } = setup;
  const facts = place.kind === 'agent' ? factsOf(place.agent, agents) : null;
  const names = {
    modelName: place.kind === 'browser' ? models.find(({ id }) => id === modelId)?.name : undefined,
    deviceName:
      place.kind === 'agent' && facts !== null ? deviceWords(place.device, facts.edgeTpu) : undefined,
  };
  return [...setupWords(setup, names), sourceWords(sourceKey, sources)].join(' · ');
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
