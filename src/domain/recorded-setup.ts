/**
 * Setups as version 1 of runs, evaluations and databases stores them: one flat choice, whose 'tflite' means an agent.
 */
import type { AgentDevice, ModelTail } from './agent-description.ts';
import type { EvaluationResult } from './accuracy/evaluation.ts';
import type { Backend } from './backend.ts';
import type { FrameCodec } from './frame-codec.ts';
import type { Upsampling } from './labels/axis-weights.ts';
import type { Pipeline, Preprocessing } from './measuring/configuration.ts';
import { REPLAY_KEY, type PlannedRun, type RunRecord } from './measuring/run.ts';
import { agentSetup, browserSetup, type AgentPlace, type Setup } from './setup.ts';

interface RecordedAgent {
  readonly address: string;
  readonly device: AgentDevice;
  readonly tail: ModelTail;
  readonly threads: number;
}

interface RecordedModel {
  readonly modelId: string;
  readonly inputSize: number;
  readonly pipeline: Pipeline;
}

interface OnAgent {
  readonly backend: 'tflite';
  readonly agent: RecordedAgent;
}

export type RecordedRunChoice = RecordedModel & { readonly sourceKey: string } & (
    | { readonly backend: Backend }
    // Absent from an earlier Segscope, which sent all frames raw.
    | (OnAgent & { readonly codec?: FrameCodec })
  );

export type RecordedEvaluationChoice = RecordedModel & {
  readonly preprocessing: Preprocessing;
  /** Absent: aligned. */
  readonly upsampling?: Upsampling;
} & ({ readonly backend: Backend } | OnAgent);

/** A run as version 1 of files and of the database stores it. */
export interface RecordedRun extends Omit<RunRecord, 'setup' | 'sourceKey' | 'host' | 'replayFrames'> {
  readonly choice: RecordedRunChoice;
  /** Absent from an earlier Segscope, which did not query the agent's machine. */
  readonly host?: RunRecord['host'];
}

export interface RecordedEvaluation extends Omit<EvaluationResult, 'setup'> {
  readonly choice: RecordedEvaluationChoice;
}

export function recordedRunChoice({ setup, sourceKey }: PlannedRun): RecordedRunChoice {
  const { modelId, inputSize, pipeline, place } = setup;
  const fed = { inputSize, pipeline, sourceKey };
  return place.kind === 'browser'
    ? { modelId, backend: place.backend, ...fed }
    : { modelId, backend: 'tflite', ...fed, agent: recordedAgent(place), codec: place.codec };
}

export function plannedRunOf(choice: RecordedRunChoice): PlannedRun {
  const { modelId, inputSize, pipeline, sourceKey } = choice;
  if (choice.backend !== 'tflite') {
    return { setup: browserSetup(modelId, inputSize, choice.backend, { pipeline }), sourceKey };
  }
  const { agent, codec = 'rgb8' } = choice;
  return { setup: { ...agentSetup(modelId, inputSize, { ...placeOf(agent), codec }), pipeline }, sourceKey };
}

export function recordedRun({ sourceKey, ...run }: RunRecord): RecordedRun {
  const { setup } = run;
  const kept = replaced(run, 'replayFrames', {});
  return replaced(kept, 'setup', { choice: recordedRunChoice({ setup, sourceKey }) }) as RecordedRun;
}

export function runOf(recorded: RecordedRun): RunRecord {
  const { choice, host = null } = recorded;
  return withReplayFrames({ ...(replaced(recorded, 'choice', plannedRunOf(choice)) as RunRecord), host });
}

/**
 * Version 1 stores the length of a replay only in the label of its source: "replay of 32 frames, camera: HD Webcam".
 */
function withReplayFrames(run: RunRecord): RunRecord {
  if (run.sourceKey !== REPLAY_KEY || run.replayFrames !== undefined) return run;
  const frames = /^replay of (\d+)/.exec(run.configuration.source)?.[1];
  return frames === undefined ? run : { ...run, replayFrames: Number(frames) };
}

/** In the same position: exports keep the order of their fields. */
function replaced(record: object, name: string, by: object): object {
  const entries = Object.entries(record) as [string, unknown][];
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (key === name ? Object.entries(by) : [[key, value]])),
  );
}

export function recordedEvaluationChoice(setup: Setup): RecordedEvaluationChoice {
  const { modelId, inputSize, pipeline, preprocessing, upsampling, place } = setup;
  const fed = { inputSize, pipeline, preprocessing, ...(upsampling !== 'aligned' && { upsampling }) };
  return place.kind === 'browser'
    ? { modelId, backend: place.backend, ...fed }
    : { modelId, backend: 'tflite', ...fed, agent: recordedAgent(place) };
}

export function evaluationSetupOf(choice: RecordedEvaluationChoice): Setup {
  const { modelId, inputSize, pipeline, preprocessing, upsampling = 'aligned' } = choice;
  const fed = { pipeline, preprocessing, upsampling };
  return choice.backend === 'tflite'
    ? { ...agentSetup(modelId, inputSize, placeOf(choice.agent)), ...fed }
    : browserSetup(modelId, inputSize, choice.backend, fed);
}

export const recordedEvaluation = (result: EvaluationResult): RecordedEvaluation =>
  replaced(result, 'setup', { choice: recordedEvaluationChoice(result.setup) }) as RecordedEvaluation;

export const evaluationOf = (recorded: RecordedEvaluation): EvaluationResult =>
  replaced(recorded, 'choice', { setup: evaluationSetupOf(recorded.choice) }) as EvaluationResult;

const recordedAgent = ({ agent, device, tail, threads }: AgentPlace): RecordedAgent => ({
  address: agent,
  device,
  tail,
  threads,
});

const placeOf = ({ address, ...agent }: RecordedAgent) => ({ agent: address, ...agent });
