/** A Segmenter whose network runs in its own Web Worker, in this browser. */
import { ProblemError } from '../domain/problems/problem.ts';
import type { WorkerAnswer, WorkerRequest } from '../worker/messages.ts';
import type { Segmentation, Segmenter, SegmenterMemory } from './segmenter.ts';
import { WorkerChannel } from './worker-channel.ts';
import type { FinalAnswer, Progress } from './worker-channel.ts';

/** The model to load, and its backend. */
export type LoadRequest = Omit<Extract<WorkerRequest, { kind: 'load' }>, 'kind'>;

type Segmented = Extract<WorkerAnswer, { kind: 'segmented' }>;

/** A worker in a synchronous read-back cannot answer; it is terminated after this time. */
const CLOSE_TIMEOUT_MS = 2000;

/**
 * Starts a worker, loads the model and runs it once. The worker ends with close(), or here when loading fails.
 * @param signal aborting while loading ends the worker immediately.
 * @throws ProblemError, or the signal's reason
 */
export async function openWorkerSegmenter(
  request: LoadRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Segmenter> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('../worker/segmentation.worker.ts', import.meta.url), { type: 'module' });
  const channel = new WorkerChannel(worker, onProgress);
  const abort = () => channel.terminate(reasonOf(signal));
  signal.addEventListener('abort', abort);
  try {
    const loaded = expectAnswer(await channel.request({ kind: 'load', ...request }), 'loaded');
    return segmenterOn(channel, loaded);
  } catch (error) {
    channel.terminate(new Error('Loading failed.'));
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function segmenterOn(channel: WorkerChannel, loaded: Extract<WorkerAnswer, { kind: 'loaded' }>): Segmenter {
  const { description, cold, memory } = loaded;
  let closing: Promise<SegmenterMemory> | null = null;
  return {
    description,
    cold,
    loadedMemory: memory,
    segment: async (frame, signal): Promise<Segmentation> => {
      try {
        signal.throwIfAborted();
        const asked = performance.now();
        const { pixels } = frame;
        const answer = expectAnswer(
          await channel.request({ kind: 'segment', frameId: frame.id, pixels }, [pixels]),
          'segmented',
        );
        const roundTripMs = performance.now() - asked;
        if (signal.aborted) {
          answer.pixels.close();
          throw reasonOf(signal);
        }
        return segmentationOf(answer, frame.waitMs, roundTripMs);
      } finally {
        // Does nothing to pixels that were transferred; frees those of a refused request.
        frame.pixels.close();
      }
    },
    measureBare: async (repeats) => {
      if (description.pipeline === 'stock') return null;
      return expectAnswer(await channel.request({ kind: 'measure-bare', repeats }), 'bare-measured')
        .milliseconds;
    },
    onDeath: (listener) => channel.onDeath(listener),
    close: () => (closing ??= closeChannel(channel)),
  };
}

function segmentationOf(answer: Segmented, waitMs: number, roundTripMs: number): Segmentation {
  const { frameId, width, height, labels, pixels, stages, memory } = answer;
  return {
    labelMap: { width, height, labels },
    frame: { id: frameId, width: pixels.width, height: pixels.height, pixels, waitMs },
    stages: {
      encode: 0,
      transport: Math.max(0, roundTripMs - stages.total),
      preprocess: stages.preprocess,
      inference: stages.inference,
      postprocess: stages.postprocess,
    },
    memory,
  };
}

/** Waits for the request in flight first. The memory of a dead or silent worker goes with it, so nothing is left. */
async function closeChannel(channel: WorkerChannel): Promise<SegmenterMemory> {
  const nothing: SegmenterMemory = { tensors: 0, bytes: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, CLOSE_TIMEOUT_MS, null);
  });
  try {
    const answer = await Promise.race([
      channel.idle().then(() => channel.request({ kind: 'close' })),
      silence,
    ]);
    return answer === null ? nothing : expectAnswer(answer, 'closed').memory;
  } catch {
    return nothing;
  } finally {
    clearTimeout(timer);
    channel.terminate(new ProblemError({ kind: 'worker-crashed', detail: 'it was closed' }));
  }
}

function expectAnswer<Kind extends FinalAnswer['kind']>(
  answer: FinalAnswer,
  kind: Kind,
): Extract<FinalAnswer, { kind: Kind }> {
  if (isAnswer(answer, kind)) return answer;
  throw new ProblemError({
    kind: 'worker-crashed',
    detail: `it answered "${answer.kind}" instead of "${kind}"`,
  });
}

function isAnswer<Kind extends FinalAnswer['kind']>(
  answer: FinalAnswer,
  kind: Kind,
): answer is Extract<FinalAnswer, { kind: Kind }> {
  return answer.kind === kind;
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new Error(String(reason));
}
