/** What the pair pump is made of, and what it can be asked to do. */
import type { Frame } from '../../domain/frame.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import type { FrameTimings } from '../../domain/measuring/stage-timings.ts';
import type { FramePump, PumpParts } from '../../pipeline/frame-pump.ts';
import type {
  AgentSegmentation,
  AgentSegmenter,
  PreparedPixels,
} from '../../segmentation/agent-segmenter.ts';
import type { Segmentation, Segmenter } from '../../segmentation/segmenter.ts';
import type { Pacing } from './companion-store.ts';

/** One picture made ready for both sides: the same bytes as raw RGB and as a bitmap. */
export interface SharedPixels extends PreparedPixels {
  readonly bitmap: ImageBitmap;
}

/** What both sides made of one frame. */
export interface Pair {
  readonly browser: Segmentation;
  readonly browserTimings: FrameTimings;
  readonly browserSegmenter: Segmenter;
  readonly agent: AgentSegmentation;
  readonly agentTimings: FrameTimings;
  readonly agentSegmenter: AgentSegmenter;
}

export interface PairPumpParts {
  /** ms, monotonic. */
  readonly now: () => number;
  /** The live session's own: it paints and counts the browser's side. */
  readonly browser: PumpParts;
  readonly agent: {
    /** Takes over the pixels. */
    readonly paint: (segmentation: AgentSegmentation, by: AgentSegmenter) => void;
    readonly onFrame: (timings: FrameTimings, segmentation: AgentSegmentation, by: AgentSegmenter) => void;
    /** The agent failed on a frame; it has been taken out of the pump. */
    readonly onProblem: (problem: Problem, by: AgentSegmenter) => void;
  };
  /** After both sides of a locked frame were painted and counted; the label maps are the callee's to keep. */
  readonly onPair: (pair: Pair) => void;
  /** Draws the frame's picture as the larger of two networks sees it. Its pixels stay the caller's. */
  readonly share: (frame: Frame<ImageBitmap>, inputSize: number) => Promise<SharedPixels>;
  readonly copy: (pixels: ImageBitmap) => Promise<ImageBitmap>;
}

export interface PairPump {
  /** What the live session sees: it sets source and segmenter, holds and releases, and hears of every frame. */
  readonly pump: FramePump;
  /** Resolves when the former one has no frame in flight. */
  setAgent(agent: AgentSegmenter | null): Promise<void>;
  setPacing(pacing: Pacing): void;
}
