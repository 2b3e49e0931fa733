/** One frame for both sides: captured once, segmented in turn, painted together, each side's time accounted for. */
import type { FrameSource } from '../../capture/frame-source.ts';
import type { Frame } from '../../domain/frame.ts';
import type { FrameTimings } from '../../domain/measuring/stage-timings.ts';
import type { AgentSegmentation, AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { Segmentation, Segmenter } from '../../segmentation/segmenter.ts';
import type { PairPumpParts, SharedPixels } from './pair-pump.types.ts';

export interface CapturedFrame {
  readonly frame: Frame<ImageBitmap>;
  readonly captureMs: number;
}

export interface PairSides {
  readonly browser: Segmenter;
  readonly agent: AgentSegmenter;
  /** One frame of the held browser pump. */
  readonly step: () => Promise<FrameTimings | null>;
}

export interface LockedFrames {
  /** What the held browser pump captures from: the frame that is offered to it. */
  readonly source: FrameSource;
  /** null where it was given up. Rejects with what the source says. */
  capture(from: FrameSource): Promise<CapturedFrame | null>;
  giveUpCapture(): void;
  /** Rejects with the agent's failure; the browser's is told by its pump. Takes over the captured frame's pixels. */
  pair(captured: CapturedFrame, sides: PairSides): Promise<void>;
  /** True where the segmentation is one side of a pair, to be painted with the other. */
  keepSegmentation(segmentation: Segmentation, by: Segmenter): boolean;
  keepTimings(timings: FrameTimings): boolean;
  close(): void;
}

interface BrowserHalf {
  readonly segmentation: Segmentation;
  readonly by: Segmenter;
}

interface AgentHalf {
  readonly segmentation: AgentSegmentation;
  readonly wallMs: number;
}

export function createLockedFrames(parts: PairPumpParts): LockedFrames {
  const { now } = parts;
  let captureAbort = new AbortController();
  const closing = new AbortController();
  let offered: Frame<ImageBitmap> | null = null;
  let pairing = false;
  let half: BrowserHalf | null = null;
  let counted: FrameTimings | null = null;
  let agentFirst = false;

  function takeOffered(): Frame<ImageBitmap> | null {
    const frame = offered;
    offered = null;
    return frame;
  }

  async function browserHalf(shared: SharedPixels, frame: Frame<ImageBitmap>, step: PairSides['step']) {
    const { width, height, bitmap } = shared;
    offered = { id: frame.id, width, height, pixels: bitmap, waitMs: frame.waitMs };
    const timings = await step();
    // Left where the pump did not come to take it.
    takeOffered()?.pixels.close();
    return timings;
  }

  async function agentHalf(
    shared: SharedPixels,
    frame: Frame<ImageBitmap>,
    agent: AgentSegmenter,
  ): Promise<AgentHalf> {
    const pixels = await parts.copy(frame.pixels);
    const begun = now();
    const segmentation = await agent.segmentPrepared({ ...frame, pixels }, shared, closing.signal);
    return { segmentation, wallMs: now() - begun };
  }

  /** One after the other, so that neither takes the processor from the other, and by turns who is first. */
  async function bothHalves(shared: SharedPixels, { frame }: CapturedFrame, { agent, step }: PairSides) {
    agentFirst = !agentFirst;
    if (agentFirst) {
      const second = await agentHalf(shared, frame, agent).catch((error: unknown) => {
        shared.bitmap.close();
        throw error;
      });
      return { timings: await browserHalf(shared, frame, step), agent: second };
    }
    const timings = await browserHalf(shared, frame, step);
    // The browser's failure is no reason to let the agent work for nothing.
    return { timings, agent: timings === null ? null : await agentHalf(shared, frame, agent) };
  }

  function paintTogether(
    { frame, captureMs }: CapturedFrame,
    shared: SharedPixels,
    stepped: FrameTimings,
    agent: AgentHalf,
    agentSegmenter: AgentSegmenter,
    { segmentation, by }: BrowserHalf,
  ): void {
    const browser: Segmentation = { ...segmentation, frame };
    segmentation.frame.pixels.close();
    const begun = now();
    parts.browser.paint(browser, by);
    const browserPainted = now();
    parts.agent.paint(agent.segmentation, agentSegmenter);
    const agentPainted = now();
    const { encodeMs } = shared;
    const common = { frameId: frame.id, waitMs: frame.waitMs, afterGap: stepped.afterGap };
    // The drawing and reading of the pixels belongs to both: to the browser as part of its capture, to the agent as encode.
    const browserTimings: FrameTimings = {
      ...common,
      stages: { ...stepped.stages, capture: captureMs + encodeMs, paint: browserPainted - begun },
      frameMs: captureMs + encodeMs + stepped.frameMs + (browserPainted - begun),
    };
    const paintMs = agentPainted - browserPainted;
    const agentTimings: FrameTimings = {
      ...common,
      stages: { ...agent.segmentation.stages, capture: captureMs, paint: paintMs },
      frameMs: captureMs + encodeMs + agent.wallMs + paintMs,
    };
    parts.browser.onFrame(browserTimings, browser, by);
    parts.agent.onFrame(agentTimings, agent.segmentation, agentSegmenter);
    parts.onPair({
      browser,
      browserTimings,
      browserSegmenter: by,
      agent: agent.segmentation,
      agentTimings,
      agentSegmenter,
    });
  }

  return {
    source: offeredSource(takeOffered),
    async capture(from) {
      const { signal } = captureAbort;
      const asked = now();
      try {
        const frame = await from.capture(signal);
        if (!signal.aborted) return { frame, captureMs: now() - asked };
        frame.pixels.close();
        return null;
      } catch (error) {
        if (signal.aborted) return null;
        throw error;
      }
    },
    giveUpCapture() {
      captureAbort.abort(new DOMException('This frame is no longer wanted.', 'AbortError'));
      captureAbort = new AbortController();
    },
    async pair(captured, sides) {
      pairing = true;
      let painted = false;
      try {
        const inputSize = Math.max(sides.browser.description.inputSize, sides.agent.description.inputSize);
        const shared = await parts.share(captured.frame, inputSize);
        const { timings, agent } = await bothHalves(shared, captured, sides);
        if (
          agent !== null &&
          timings !== null &&
          counted !== null &&
          half !== null &&
          !closing.signal.aborted
        ) {
          painted = true;
          paintTogether(captured, shared, timings, agent, sides.agent, half);
          half = null;
        } else agent?.segmentation.frame.pixels.close();
      } finally {
        if (!painted) captured.frame.pixels.close();
        half?.segmentation.frame.pixels.close();
        half = null;
        counted = null;
        pairing = false;
      }
    },
    keepSegmentation(segmentation, by) {
      if (pairing) half = { segmentation, by };
      return pairing;
    },
    keepTimings(timings) {
      if (pairing) counted = timings;
      return pairing;
    },
    close() {
      captureAbort.abort();
      closing.abort();
    },
  };
}

function offeredSource(take: () => Frame<ImageBitmap> | null): FrameSource {
  return {
    label: 'locked frames',
    width: 0,
    height: 0,
    moving: true,
    mirrorByDefault: false,
    capture() {
      const frame = take();
      return frame === null
        ? Promise.reject(new DOMException('No frame is offered.', 'AbortError'))
        : Promise.resolve(frame);
    },
    counters: () => ({ unique: 0, skipped: 0 }),
    onEnd: () => undefined,
    close: () => undefined,
  };
}
