/** What programs can do with the page: the bench, the accuracy check and the e2e tests use it as `window.segscope`. */
import { decodePixels } from './capture/decode-picture.ts';
import type { Configuration, ColdTimings } from './domain/measuring/configuration.ts';
import { ProblemError } from './domain/problems/problem.ts';
import type { FrameTimings } from './domain/measuring/stage-timings.ts';
import type { BrowserSetup } from './domain/setup.ts';
import {
  segmentPicture,
  type Segmentation,
  type Segmenter,
  type SegmenterMemory,
} from './segmentation/segmenter.ts';
import { configurationOf } from './app/configuration.ts';
import type { Closing } from './features/live/engine-control.types.ts';
import type { EvaluationParts } from './features/evaluate/start-evaluation.ts';
import type { LiveParts } from './features/live/live-session.ts';
import type { LiveSession } from './features/live/live-controls.ts';
import type { RecordingCost, RecordingCostRequest } from './features/runs/recording-cost.ts';
import type { RunSession } from './features/runs/run-session.ts';

export interface MeasureRequest {
  /** Counted frames, >= 1. */
  readonly frames: number;
  /** Uncounted frames before them, >= 0. */
  readonly warmUp: number;
  /** Runs the bare network after every frame, so that both run under the same load on a shared machine. */
  readonly bare: boolean;
}

export interface Measurement {
  readonly configuration: Configuration;
  readonly cold: ColdTimings;
  readonly frames: readonly FrameTimings[];
  /** Bare execute() + read-back, ms, one per frame; empty if not requested or not measurable. */
  readonly bareMs: readonly number[];
  readonly memoryBefore: SegmenterMemory;
}

/** Segments single pictures besides the live view, one after another. */
export interface Batch extends Pick<Segmenter, 'description' | 'close'> {
  /** Decodes the picture as it is (no colour conversion) and segments it. */
  segment(picture: Blob): Promise<Pick<Segmentation, 'labelMap' | 'stages'>>;
}

export interface Automation {
  readonly live: LiveSession;
  /** Resolves once the first overlay is painted. */
  readonly firstOverlay: Promise<void>;
  readonly closings: readonly Closing[];
  configuration(): Configuration | null;
  /** Tensors and their bytes after the last frame; null before the first. */
  memory(): SegmenterMemory | null;
  /**
   * Steps frame by frame through the live pipeline.
   * @throws ProblemError if nothing runs or the run stops early
   */
  measure(request: MeasureRequest): Promise<Measurement>;
  /** @throws ProblemError */
  openBatch(setup: BrowserSetup): Promise<Batch>;
  /** The session of the Runs view; later calls return the same one. */
  runs(): Promise<RunSession>;
  /** The sessions of the Evaluate view; later calls return the same ones. */
  evaluation(): Promise<EvaluationParts>;
  /** Measures the cost of the run recorder per frame. */
  recordingCost(request: RecordingCostRequest): Promise<RecordingCost>;
}

declare global {
  // Programs find it here; a global variable can be declared only with var.
  var segscope: Automation | undefined;
}

export function createAutomation(
  { live, pump, engine, sources, openSegmenter, firstOverlay, latestMemory }: LiveParts,
  runs: () => Promise<RunSession>,
  evaluation: () => Promise<EvaluationParts>,
): Automation {
  function running() {
    const segmenter = engine.current();
    const source = sources.current();
    if (segmenter === null || source === null) {
      throw new ProblemError({ kind: 'inference-failed', detail: 'no model is running on a source' });
    }
    return { segmenter, source };
  }

  async function counted(): Promise<FrameTimings> {
    const timings = await pump.step();
    if (timings === null) throw new ProblemError({ kind: 'inference-failed', detail: 'the stream stopped' });
    return timings;
  }

  return {
    live,
    runs,
    evaluation,
    memory: latestMemory,
    firstOverlay,
    closings: engine.closings,
    configuration() {
      const segmenter = engine.current();
      const source = sources.current();
      return segmenter === null || source === null ? null : configurationOf(segmenter, source);
    },
    async measure({ frames, warmUp, bare }) {
      const { segmenter, source } = running();
      await pump.hold();
      try {
        for (let i = 0; i < warmUp; i++) await counted();
        const timings: FrameTimings[] = [];
        const bareMs: number[] = [];
        for (let i = 0; i < frames; i++) {
          timings.push(await counted());
          if (bare) bareMs.push(...((await segmenter.measureBare(1)) ?? []));
        }
        return {
          configuration: configurationOf(segmenter, source),
          cold: segmenter.cold,
          frames: timings,
          bareMs,
          memoryBefore: segmenter.loadedMemory,
        };
      } finally {
        pump.release();
      }
    },
    async recordingCost(request) {
      const { measureRecordingCost } = await import('./features/runs/recording-cost.ts');
      await pump.hold();
      try {
        return await measureRecordingCost(request);
      } finally {
        pump.release();
      }
    },
    async openBatch(setup) {
      const segmenter = await openSegmenter(setup, new AbortController().signal);
      return {
        description: segmenter.description,
        segment: async (picture) => segmentPicture(segmenter, await decodePixels(picture, 'picture')),
        close: () => segmenter.close(),
      };
    },
  };
}
