/** Measures one choice from cold to closed: fresh worker, cold times, warm-up, counted frames, what is left, verdict. */
import type { FrameSource } from '../../capture/frame-source.ts';
import type { ClassListId } from '../../domain/labels/class-list.ts';
import type { Configuration } from '../../domain/measuring/configuration.ts';
import { agentDeviceName, isOnAgent, type AnyDescription } from '../../domain/agent-description.ts';
import { CODEC_WORDS } from '../../domain/frame-codec.ts';
import type { HostSummary } from '../../domain/measuring/host-readings.ts';
import { problemOf, ProblemError } from '../../domain/problems/problem.ts';
import { judgeRun } from '../../domain/measuring/run-validity.ts';
import type { BrowserChoice, RunChoice, RunRecord, RunTarget } from '../../domain/measuring/run.ts';
import {
  startRun,
  type RecorderParts,
  type Recording,
  type RunRecorder,
} from '../../pipeline/run-recorder.ts';
import type { Segmentation, Segmenter } from '../../segmentation/segmenter.ts';
import type { LoadRequest, OpenSegmenter } from '../../segmentation/worker-segmenter.ts';
import type { OpenAgent } from '../agents/agent-run.ts';
import type { HostWatch } from '../agents/host-log.ts';
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
  readonly openAgent: OpenAgent;
  /** @throws ProblemError model-unknown, model-absent, model-invalid */
  readonly modelToLoad: (modelId: string, pipeline: RunChoice['pipeline']) => LoadRequest['model'];
  /** A source for this run alone; the runner closes it. @throws ProblemError */
  readonly openSource: (choice: RunChoice, signal: AbortSignal) => Promise<FrameSource>;
  readonly openPainter: (classList: ClassListId | null) => RunPainter;
  readonly watchHidden: RecorderParts['watchHidden'];
  readonly configurationOf: (
    segmenter: Segmenter<AnyDescription>,
    source: FrameSource,
  ) => Configuration<AnyDescription>;
}

export interface MeasuredRun {
  readonly run: RunRecord;
  /** What it made of the report frame; null where there is none or the model is gone. */
  readonly picture: RunPicture | null;
}

export interface RunWatcher {
  onLoading(): void;
  onRecording(recorder: RunRecorder): void;
  onSaving(): void;
}

/**
 * @param signal aborting while loading measures nothing; later it keeps what was counted
 * @returns null where it was cancelled before any frame was counted
 * @throws ProblemError when no frame could be measured
 */
export async function measureChoice(
  parts: RunnerParts,
  choice: RunChoice,
  target: RunTarget,
  reportFrame: HeldReportFrame | null,
  signal: AbortSignal,
  watcher: RunWatcher,
): Promise<MeasuredRun | null> {
  watcher.onLoading();
  const startedAt = parts.date().toISOString();
  const closables: { close(): unknown }[] = [];
  try {
    // The source comes second: an open camera would share the machine with the cold start.
    const { segmenter, watchHost } = await openCold(parts, choice, signal);
    closables.push(segmenter);
    const source = await parts.openSource(choice, signal);
    closables.push(source);
    const painter = parts.openPainter(segmenter.description.classList);
    closables.push(painter);
    const configuration = parts.configurationOf(segmenter, source);
    const { now, watchHidden } = parts;
    const paint = (segmentation: Segmentation) => painter.paint(segmentation);
    const host = watchHost();
    const recorder = startRun({ now, source, segmenter, watchHidden, paint }, target, signal);
    watcher.onRecording(recorder);
    const recording = await recorder.finished;
    watcher.onSaving();
    source.close();
    if (recording.memoryAfter === null) {
      if (recording.problem !== null) throw new ProblemError(recording.problem);
      return null;
    }
    const hostSummary = await host.ended();
    const mayPicture = recording.problem === null && !signal.aborted;
    const picture = mayPicture ? await pictureOf(segmenter, reportFrame) : null;
    const left = await segmenter.close();
    const run = recordOf({
      id: parts.newId(),
      startedAt,
      choice,
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
    // In the order of opening: what was closed above does not mind.
    for (const each of closables) await each.close();
  }
}

interface Opened {
  readonly segmenter: Segmenter<AnyDescription>;
  readonly watchHost: () => HostWatch;
}

/** This browser tells no temperature and no clock. */
const SILENT_HOST: HostWatch = { ended: () => Promise.resolve(null) };

async function openCold(parts: RunnerParts, choice: RunChoice, signal: AbortSignal): Promise<Opened> {
  if (choice.backend !== 'tflite') {
    return { segmenter: await openInBrowser(parts, choice, signal), watchHost: () => SILENT_HOST };
  }
  const segmenter = await parts.openAgent(choice, signal);
  return { segmenter, watchHost: () => segmenter.watchHost() };
}

function openInBrowser(parts: RunnerParts, choice: BrowserChoice, signal: AbortSignal): Promise<Segmenter> {
  const { modelId, backend, inputSize, pipeline } = choice;
  const model = parts.modelToLoad(modelId, pipeline);
  return parts.openSegmenter(
    { model, backend, inputSize, pipeline, preprocessing: 'fit', contended: false },
    () => undefined,
    signal,
  );
}

/** A run without a picture is still a run: a failure here costs the picture only. */
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
  readonly choice: RunChoice;
  readonly target: RunTarget;
  readonly segmenter: Segmenter<AnyDescription>;
  readonly configuration: Configuration<AnyDescription>;
  readonly recording: Recording;
  readonly host: HostSummary | null;
  readonly left: { readonly tensors: number };
}

function recordOf(parts: RecordParts): RunRecord {
  const { id, startedAt, choice, target, segmenter, configuration, recording, host, left } = parts;
  const { description, cold, loadedMemory } = segmenter;
  const { columns, sourcePictures, memoryAfter } = recording;
  const events = { ...recording.events, backendChanged: !isAsked(description, choice) };
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
    name: nameOf(description, choice),
    notes: '',
    startedAt,
    choice,
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

/** A test double is not the Edge TPU that was asked for. */
function isAsked(description: AnyDescription, choice: RunChoice): boolean {
  if (choice.backend !== 'tflite') return description.backend === choice.backend;
  return isOnAgent(description) && description.deviceUsed === choice.agent.device;
}

function nameOf(description: AnyDescription, choice: RunChoice): string {
  const { modelName, inputSize } = description;
  const size = `${inputSize} px`;
  if (isOnAgent(description)) {
    const { deviceUsed, agentAddress, tail, threads } = description;
    const place = `${agentDeviceName(deviceUsed)} of ${agentAddress}`;
    const using = deviceUsed === 'cpu' && threads !== null && threads > 1 ? `, ${threads} threads` : '';
    const codec =
      choice.backend === 'tflite' && choice.codec !== 'rgb8' ? `, ${CODEC_WORDS[choice.codec]}` : '';
    return `${modelName}, ${place}, ${size}, ${tail} tail${using}${codec}`;
  }
  const { backend, pipeline } = description;
  return `${modelName}, ${backend}, ${size}${pipeline === 'ours' ? '' : `, ${pipeline} pipeline`}`;
}
