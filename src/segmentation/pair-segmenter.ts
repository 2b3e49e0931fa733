/** Segments one frame in this browser and on an agent: the same pixels, one after the other, with separate times. */
import { fitInside, type Frame } from '../domain/frame.ts';
import type { FrameTimings } from '../domain/measuring/stage-timings.ts';
import { ProblemError, problemOf } from '../domain/problems/problem.ts';
import type { AgentSegmentation, AgentSegmenter, PreparedPixels } from './agent-segmenter.ts';
import { FrameBytes, rgbOf } from './frame-bytes.ts';
import type { FrameSegmenter, Segmentation, Segmenter } from './segmenter.ts';

export type PairSide = 'browser' | 'agent';

/** As a Segmentation it is the browser's, of the whole captured picture. */
export interface PairSegmentation extends Segmentation {
  /** Its frame's pixels are a copy; the caller must close them too. */
  readonly agent: AgentSegmentation;
  /** Drawing and reading the pixels that both sides received, ms. */
  readonly encodeMs: number;
  /** From a side's pixels to its label map, ms. */
  readonly wallMs: Readonly<Record<PairSide, number>>;
}

export interface PairSegmenter extends FrameSegmenter<PairSegmentation> {
  readonly browser: Segmenter;
  readonly agent: AgentSegmenter;
}

/** One side failed; the other still works. */
export class PairError extends ProblemError {
  readonly side: PairSide;

  constructor(side: PairSide, cause: unknown) {
    super(
      problemOf(cause, (detail) => ({ kind: 'inference-failed', detail })),
      { cause },
    );
    this.side = side;
  }
}

/** One picture prepared for both sides: the same bytes as raw RGB and as a bitmap. */
export interface SharedPixels extends PreparedPixels {
  readonly bitmap: ImageBitmap;
}

export interface PairParts {
  /** ms, monotonic. */
  readonly now: () => number;
  /** Draws the picture at the size of the larger network. The caller keeps the frame's pixels. */
  readonly share: (frame: Frame<ImageBitmap>, inputSize: number) => Promise<SharedPixels>;
  readonly copy: (pixels: ImageBitmap) => Promise<ImageBitmap>;
}

/**
 * The caller keeps both segmenters. They never run at the same time, so they do not compete for the processor, and they
 * take turns going first.
 */
export function createPairSegmenter(
  browser: Segmenter,
  agent: AgentSegmenter,
  { now, share, copy }: PairParts,
): PairSegmenter {
  const inputSize = Math.max(browser.description.inputSize, agent.description.inputSize);
  let agentFirst = false;

  async function inBrowser(frame: Frame<ImageBitmap>, shared: SharedPixels, signal: AbortSignal) {
    const { width, height, bitmap: pixels } = shared;
    const begun = now();
    const segmentation = await browser.segment({ ...frame, width, height, pixels }, signal);
    const ms = now() - begun;
    // The view shows the captured picture, in its own size.
    segmentation.frame.pixels.close();
    return { segmentation: { ...segmentation, frame }, ms };
  }

  async function onAgent(frame: Frame<ImageBitmap>, shared: SharedPixels, signal: AbortSignal) {
    const pixels = await copy(frame.pixels);
    const begun = now();
    const segmentation = await agent.segmentPrepared({ ...frame, pixels }, shared, signal);
    return { segmentation, ms: now() - begun };
  }

  return {
    browser,
    agent,
    /** @throws PairError; if the first side fails, the second gets no request */
    async segment(frame, signal) {
      const side = <Half>(name: PairSide, half: Promise<Half>) =>
        half.catch((error: unknown) => {
          throw new PairError(name, error);
        });
      let shared: SharedPixels | null = null;
      let theirs: Awaited<ReturnType<typeof onAgent>> | null = null;
      try {
        shared = await side('agent', share(frame, inputSize));
        agentFirst = !agentFirst;
        if (agentFirst) theirs = await side('agent', onAgent(frame, shared, signal));
        const ours = await side('browser', inBrowser(frame, shared, signal));
        theirs ??= await side('agent', onAgent(frame, shared, signal));
        return {
          ...ours.segmentation,
          agent: theirs.segmentation,
          encodeMs: shared.encodeMs,
          wallMs: { browser: ours.ms, agent: theirs.ms },
        };
      } catch (error) {
        for (const pixels of [frame.pixels, shared?.bitmap, theirs?.segmentation.frame.pixels])
          pixels?.close();
        throw error;
      }
    },
  };
}

/**
 * The times of each side's frame. Capture belongs to both. Drawing and reading the shared pixels counts as capture for
 * the browser and as encode for the agent.
 * @param pumped the result of the pump that segmented the pair
 */
export function pairTimings(
  { frameId, waitMs, afterGap, stages }: FrameTimings,
  { stages: browserStages, agent, encodeMs, wallMs }: PairSegmentation,
  paintMs: Readonly<Record<PairSide, number>>,
): Readonly<Record<PairSide, FrameTimings>> {
  const common = { frameId, waitMs, afterGap };
  const sharedMs = stages.capture + encodeMs;
  return {
    browser: {
      ...common,
      stages: { ...browserStages, capture: sharedMs, paint: paintMs.browser },
      frameMs: sharedMs + wallMs.browser + paintMs.browser,
    },
    agent: {
      ...common,
      stages: { ...agent.stages, capture: stages.capture, paint: paintMs.agent },
      frameMs: sharedMs + wallMs.agent + paintMs.agent,
    },
  };
}

/**
 * Draws pictures at the network's size, so that neither side scales them again (if the two sizes differ, the side with
 * the smaller network does). Without premultiplication and colour conversion, a bitmap made of bytes reads back as the
 * same bytes.
 */
export function createPixelSharing(now: () => number): PairParts['share'] {
  const bytes = new FrameBytes();
  return async (frame, inputSize) => {
    const begun = now();
    const size = fitInside(frame, inputSize);
    const image = bytes.read(frame.pixels, size);
    const rgb = rgbOf(image);
    const bitmap = await createImageBitmap(image, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
    return { ...size, rgb, bitmap, encodeMs: now() - begun };
  };
}
