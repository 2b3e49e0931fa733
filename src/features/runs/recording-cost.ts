/** Measures the cost of recording a run: the same pump with and without the recorder, and no other work. */
import type { FrameSource } from '../../capture/frame-source.ts';
import { BOOTSTRAP_SEED, medianInterval, type Interval } from '../../domain/measuring/bootstrap.ts';
import { ProblemError, type Problem } from '../../domain/problems/problem.ts';
import { seededRandom } from '../../domain/measuring/seeded-random.ts';
import { median } from '../../domain/measuring/statistics.ts';
import { createFramePump } from '../../pipeline/frame-pump.ts';
import { startRun, type RecorderParts } from '../../pipeline/run-recorder.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import { watchHidden } from './run-page.ts';

export interface RecordingCostRequest {
  /** Pairs of blocks without and with the recorder; each block has framesPerBlock frames. */
  readonly pairs: number;
  readonly framesPerBlock: number;
}

export interface RecordingCost {
  /** Wall time of the pump's own work per frame, us: median of the blocks without and with the recorder. */
  readonly plainUs: number;
  readonly recordedUs: number;
  /** Recorded minus plain, us per frame: median over pairs of neighbouring blocks, with its 95 % bootstrap interval. */
  readonly differenceUs: number;
  readonly interval: Interval;
}

/** A run reads its recorder at this interval to update the progress bar. */
const LOOK_EVERY_MS = 250;

/**
 * Source, model and canvas answer at once here: with a real model, the machine's noise of some ms per frame would
 * hide a cost of some us (measured: 2 ms, 95 % interval -34 to 25 ms).
 */
export async function measureRecordingCost({
  pairs,
  framesPerBlock,
}: RecordingCostRequest): Promise<RecordingCost> {
  const plain: number[] = [];
  const recorded: number[] = [];
  for (let pair = -1; pair < pairs; pair++) {
    // The order alternates, so that machine drift does not look like a recording cost; the first pair only warms up.
    for (const withRecorder of pair % 2 === 0 ? [false, true] : [true, false]) {
      const us = await (withRecorder ? recordedBlock : plainBlock)(framesPerBlock);
      if (pair >= 0) (withRecorder ? recorded : plain).push(us);
    }
  }
  const differences = recorded.map((us, i) => us - (plain[i] ?? NaN));
  return {
    plainUs: median(plain),
    recordedUs: median(recorded),
    differenceUs: median(differences),
    interval: medianInterval(differences, seededRandom(BOOTSTRAP_SEED)),
  };
}

const now = () => performance.now();
const paint: RecorderParts['paint'] = ({ frame }) => frame.pixels.close();

function plainBlock(frames: number): Promise<number> {
  const { source, segmenter } = instantParts();
  return new Promise((resolve, reject) => {
    let done = 0;
    const fail = (problem: Problem) => reject(new ProblemError(problem));
    const began = now();
    const pump = createFramePump({
      now,
      paint,
      onFrame() {
        if (++done < frames) return;
        pump.close();
        resolve(((now() - began) * 1000) / frames);
      },
      onSourceProblem: fail,
      onSegmenterProblem: fail,
      onShowProblem: fail,
    });
    pump.setSource(source);
    void pump.setSegmenter(segmenter);
  });
}

async function recordedBlock(frames: number): Promise<number> {
  const target = { frames, seconds: 0, warmUpFrames: 0 };
  const began = now();
  const recorder = startRun(
    { now, paint, watchHidden, ...instantParts() },
    target,
    new AbortController().signal,
  );
  const looking = setInterval(() => recorder.progress(), LOOK_EVERY_MS);
  const { problem } = await recorder.finished;
  const us = ((now() - began) * 1000) / frames;
  clearInterval(looking);
  if (problem !== null) throw new ProblemError(problem);
  return us;
}

/** Frames without pixels, labelled immediately. */
function instantParts(): { readonly source: FrameSource; readonly segmenter: Segmenter } {
  let captured = 0;
  const pixels = { width: 0, height: 0, close: () => undefined };
  const labelMap = { width: 0, height: 0, labels: new Uint8Array(0) };
  const stages = { encode: 0, transport: 0, preprocess: 0, inference: 0, postprocess: 0 };
  const memory = { tensors: 0, bytes: 0 };
  const source = {
    label: 'instant',
    width: 0,
    height: 0,
    moving: true,
    mirrorByDefault: false,
    capture: () => Promise.resolve({ id: ++captured, width: 0, height: 0, pixels, waitMs: 0 }),
    counters: () => ({ unique: captured, skipped: 0 }),
    onEnd: () => undefined,
    close: () => undefined,
  } satisfies FrameSource;
  const segmenter: Pick<Segmenter, 'segment' | 'onDeath'> = {
    segment: (frame) => Promise.resolve({ labelMap, frame, stages, memory }),
    onDeath: () => undefined,
  };
  return { source, segmenter: segmenter as Segmenter };
}
