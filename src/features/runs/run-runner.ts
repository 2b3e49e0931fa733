/**
 * Measures one choice from cold to closed: fresh worker, cold times, warm-up, counted frames, leaked tensors,
 * verdict.
 */
import type { FrameSource } from '../../capture/frame-source.ts';
import type { ClassListId } from '../../domain/labels/class-list.ts';
import type { Configuration } from '../../domain/measuring/configuration.ts';
import { agentDeviceName, isOnAgent, type AnyDescription } from '../../domain/agent-description.ts';
import type { HostSummary } from '../../domain/measuring/host-readings.ts';
import { problemOf, ProblemError } from '../../domain/problems/problem.ts';
import { judgeRun } from '../../domain/measuring/run-validity.ts';
import type { PlannedRun, RunRecord, RunTarget } from '../../domain/measuring/run.ts';
import { codecOf, setupOf, setupWords, type Setup } from '../../domain/setup.ts';
import {
  startRun,
  type RecorderParts,
  type Recording,
  type RunRecorder,
} from '../../pipeline/run-recorder.ts';
import type { Segmentation, Segmenter } from '../../segmentation/segmenter.ts';
import type { OpenSegmenter } from '../../segmentation/open-segmenter.ts';
import type { HeldReportFrame } from './report-frame.ts';
import type { RunPicture } from './run-history.ts';

export interface RunPainter {
  paint(segmentation: Segmentation): void;
  close(): void;
}

export interface RunnerParts {
  readonly now: RecorderParts['now'];
  readonly date: () => Date;
  readonly newId: () => string;
  readonly openSegmenter: OpenSegmenter;
  /** A source for this run only; the runner closes it. @throws ProblemError */
  readonly openSource: (planned: PlannedRun, signal: AbortSignal) => Promise<FrameSource>;
  readonly openPainter: (classList: ClassListId | null) => RunPainter;
  readonly watchHidden: RecorderParts['watchHidden'];
  readonly configurationOf: (
    segmenter: Segmenter<AnyDescription>,
    source: FrameSource,
  ) => Configuration<AnyDescription>;
}

export interface MeasuredRun {
  readonly run: RunRecord;
  /** The run's labels of the report frame; null if there is no report frame or the model is gone. */
  readonly picture: RunPicture | null;
}

export interface RunWatcher {
  onLoading(): void;
  onRecording(recorder: RunRecorder): void;
  onSaving(): void;
}

/**
 * @param signal aborting while loading measures nothing; later it keeps the counted frames
 * @returns null if it was cancelled before any frame was counted
 * @throws ProblemError when no frame could be measured
 */
export async function measureChoice(
  parts: RunnerParts,
  planned: PlannedRun,
  target: RunTarget,
  reportFrame: HeldReportFrame | null,
  signal: AbortSignal,
  watcher: RunWatcher,
): Promise<MeasuredRun | null> {
  watcher.onLoading();
  const startedAt = parts.date().toISOString();
  const closables: { close(): unknown }[] = [];
  try {
    // The source opens second: an open camera would compete with the cold start.
    const segmenter = await parts.openSegmenter(planned.setup, signal);
    closables.push(segmenter);
    const source = await parts.openSource(planned, signal);
    closables.push(source);
    const painter = parts.openPainter(segmenter.description.classList);
    closables.push(painter);
    const configuration = parts.configurationOf(segmenter, source);
    const { now, watchHidden } = parts;
    const paint = (segmentation: Segmentation) => painter.paint(segmentation);
    const host = segmenter.watchHost?.() ?? null;
    const recorder = startRun({ now, source, segmenter, watchHidden, paint }, target, signal);
    watcher.onRecording(recorder);
    const recording = await recorder.finished;
    watcher.onSaving();
    source.close();
    if (recording.memoryAfter === null) {
      if (recording.problem !== null) throw new ProblemError(recording.problem);
      return null;
    }
    const hostSummary = (await host?.ended()) ?? null;
    const mayPicture = recording.problem === null && !signal.aborted;
    const picture = mayPicture ? await pictureOf(segmenter, reportFrame) : null;
    const left = await segmenter.close();
    const run = recordOf({
      id: parts.newId(),
      startedAt,
      planned,
      target,
      segmenter,
      configuration,
      recording,
      host: hostSummary,
      left,
    });
    return { run, picture };
  } catch (error) {
    if (signal.aborted) return null;
    throw new ProblemError(
      problemOf(error, (detail) => ({ kind: 'worker-crashed', detail })),
      { cause: error },
    );
  } finally {
    // In the order of opening; closing again what was closed above has no effect.
    for (const each of closables) await each.close();
  }
}

/** A run without a picture is still valid: a failure here loses only the picture. */
async function pictureOf(
  segmenter: Segmenter<AnyDescription>,
  held: HeldReportFrame | null,
): Promise<RunPicture | null> {
  if (held === null) return null;
  try {
    const { labelMap, frame } = await segmenter.segment(await held.copy(), new AbortController().signal);
    frame.pixels.close();
    return { frame: held.frame, labelMap };
  } catch {
    return null;
  }
}

interface RecordParts {
  readonly id: string;
  readonly startedAt: string;
  readonly planned: PlannedRun;
  readonly target: RunTarget;
  readonly segmenter: Segmenter<AnyDescription>;
  readonly configuration: Configuration<AnyDescription>;
  readonly recording: Recording;
  readonly host: HostSummary | null;
  readonly left: { readonly tensors: number };
}

function recordOf(parts: RecordParts): RunRecord {
  const { id, startedAt, planned, target, segmenter, configuration, recording, host, left } = parts;
  const { description, cold, loadedMemory } = segmenter;
  const { columns, sourcePictures, memoryAfter } = recording;
  const events = { ...recording.events, backendChanged: !isAsked(description, planned.setup) };
  const memory = {
    tensorsLoaded: loadedMemory.tensors,
    tensorsAfter: memoryAfter?.tensors ?? 0,
    bytesLoaded: loadedMemory.bytes,
    bytesAfter: memoryAfter?.bytes ?? 0,
    tensorsLeft: left.tensors,
  };
  return {
    schemaVersion: 1,
    id,
    name: nameOf(description, planned.setup),
    notes: '',
    startedAt,
    ...planned,
    target,
    configuration,
    cold,
    columns,
    sourcePictures,
    events,
    memory,
    host,
    validity: judgeRun({ target, columns, events, memory, host }),
  };
}

/** A test double does not count as the requested Edge TPU. */
function isAsked(description: AnyDescription, { place }: Setup): boolean {
  if (isOnAgent(description)) return place.kind === 'agent' && description.deviceUsed === place.device;
  return place.kind === 'browser' && description.backend === place.backend;
}

/** Names the model and device that actually ran; a test double is labelled as one. */
function nameOf(description: AnyDescription, setup: Setup): string {
  const { modelName } = description;
  const deviceName = isOnAgent(description) ? agentDeviceName(description.deviceUsed) : undefined;
  return setupWords(setupOf(description, codecOf(setup)), { modelName, deviceName }).join(', ');
}
