/** A Segmenter whose network runs on an agent: pixels go over the socket, and the label map comes back. */
import type { FrameAnswer, FrameToInfer } from '../agent-link/agent-conversation.ts';
import type { AgentDescription } from '../domain/agent-description.ts';
import type { ColdTimings } from '../domain/measuring/configuration.ts';
import type { Frame, Size } from '../domain/frame.ts';
import { labelsOfSource, preprocessedPicture } from '../domain/labels/picture-region.ts';
import { ProblemError, type Problem } from '../domain/problems/problem.ts';
import type { AnswerOf } from '../protocol/answers.ts';
import type { AgentStages } from '../protocol/inferred-labels.ts';
import { FrameBytes, rgbOf } from './frame-bytes.ts';
import type { HostWatch } from './host-log.ts';
import type { Segmentation, Segmenter, SegmenterMemory } from './segmenter.ts';

/** The part of an AgentClient that frames need. */
export interface FrameLink {
  infer(frame: FrameToInfer): Promise<FrameAnswer>;
  bench(wanted: { readonly warmup: number; readonly iterations: number }): Promise<AnswerOf<'benched'>>;
}

export type FramePayload =
  | { readonly codec: 'rgb8' }
  /** quality01 0..1 */
  | { readonly codec: 'jpeg'; readonly quality01: number };

/** The cost of one frame on the wire and at the agent. */
export interface FrameTraffic {
  /** Including message headers. */
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly agentStages: AgentStages;
  /** Frames that the agent has dropped on this connection so far. */
  readonly dropped: number;
}

export interface AgentSegmentation extends Segmentation {
  readonly traffic: FrameTraffic;
}

/** Pixels already read, so that another segmenter can get exactly the same ones. */
export interface PreparedPixels extends Size {
  /** width * height * 3 bytes, row-major. */
  readonly rgb: Uint8Array<ArrayBuffer>;
  /** Time it took to draw and read them, ms. */
  readonly encodeMs: number;
}

export interface AgentSegmenter extends Segmenter<AgentDescription> {
  segment(frame: Frame<ImageBitmap>, signal: AbortSignal): Promise<AgentSegmentation>;
  /** Like segment(), with pixels that the caller prepared; returns the frame's own pixels untouched. */
  segmentPrepared(
    frame: Frame<ImageBitmap>,
    prepared: PreparedPixels,
    signal: AbortSignal,
  ): Promise<AgentSegmentation>;
}

/** A segmenter for the frames of the live view. */
export type LiveSegmenter = Segmenter | AgentSegmenter;

export interface AgentSegmenterParts {
  readonly link: FrameLink;
  /** The page does its pre-processing, before it sends a frame. */
  readonly description: AgentDescription;
  readonly cold: ColdTimings;
  /** How to send the next frame; called for every frame. */
  readonly payload: () => FramePayload;
  /** ms, monotonic. */
  readonly now: () => number;
  readonly watchHost?: () => HostWatch;
  /** Closes what was opened only for this segmenter. */
  readonly onClose?: () => void;
}

/** The agent's memory is separate from this page's. */
const NO_MEMORY: SegmenterMemory = { tensors: 0, bytes: 0 };
/** How many times to send a frame that the agent drops although no other is in flight. */
const MOST_ATTEMPTS = 3;

export function createAgentSegmenter(parts: AgentSegmenterParts): AgentSegmenter {
  const { link, description, now } = parts;
  const bytes = new FrameBytes();

  /** Scaled and cropped here, so that the agent only has to pad. */
  const sentAs = (frame: Size) =>
    preprocessedPicture(frame, description.inputSize, description.preprocessing);

  async function encoded(frame: Frame<ImageBitmap>): Promise<FrameToInfer> {
    const { region, size } = sentAs(frame);
    const fit = description.preprocessing === 'native' ? 'native' : 'fit';
    const payload = parts.payload();
    const pixels =
      payload.codec === 'rgb8'
        ? rgbOf(bytes.read(frame.pixels, size, region))
        : await bytes.jpeg(frame.pixels, size, payload.quality01, region);
    return { codec: payload.codec, fit, ...size, payload: pixels };
  }

  async function infer(
    frame: Frame<ImageBitmap>,
    message: FrameToInfer,
    encodeMs: number,
    signal: AbortSignal,
  ): Promise<AgentSegmentation> {
    const answer = await answered(link, message);
    signal.throwIfAborted();
    const { labels, roundTripMs, bytesUp, bytesDown } = answer;
    const { width, height, stages } = labels;
    return {
      labelMap: labelsOfSource({ width, height, labels: labels.labels }, sentAs(frame).region, frame),
      frame,
      stages: stagesOf(stages, encodeMs, roundTripMs),
      memory: NO_MEMORY,
      traffic: { bytesUp, bytesDown, agentStages: stages, dropped: labels.droppedSoFar },
    };
  }

  return {
    description,
    cold: parts.cold,
    loadedMemory: NO_MEMORY,
    async segment(frame, signal) {
      try {
        signal.throwIfAborted();
        const begun = now();
        const message = await encoded(frame);
        return await infer(frame, message, now() - begun, signal);
      } catch (error) {
        frame.pixels.close();
        throw error;
      }
    },
    async segmentPrepared(frame, { width, height, rgb, encodeMs }, signal) {
      try {
        signal.throwIfAborted();
        return await infer(
          frame,
          { codec: 'rgb8', fit: 'fit', width, height, payload: rgb },
          encodeMs,
          signal,
        );
      } catch (error) {
        frame.pixels.close();
        throw error;
      }
    },
    async measureBare(repeats) {
      return (await link.bench({ warmup: 0, iterations: repeats })).invoke;
    },
    onDeath() {
      // The client reports a lost agent, and every load creates a new segmenter.
    },
    ...(parts.watchHost !== undefined && { watchHost: parts.watchHost }),
    close() {
      parts.onClose?.();
      return Promise.resolve(NO_MEMORY);
    },
  };
}

async function answered(
  link: FrameLink,
  message: FrameToInfer,
): Promise<Extract<FrameAnswer, { kind: 'inferred' }>> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const answer = await link.infer(message);
    if (answer.kind === 'inferred') return answer;
  }
  const busy: Problem = {
    kind: 'agent-failed',
    sentence: 'The agent is busy and drops the frames of this page.',
    nextStep: 'Wait until its measurement ends, then choose the model again.',
  };
  throw new ProblemError(busy);
}

/**
 * The agent sends only durations, never timestamps. Transport is the part of the round trip that no other stage covers:
 * the network, waiting for other pages' frames, and the transfer between the agent's two processes (SPEC 6.2).
 */
function stagesOf(agent: AgentStages, encodeMs: number, roundTripMs: number): Segmentation['stages'] {
  const preprocess = agent.decode + agent.resize + agent.quantise;
  const postprocess = agent.postprocess + agent.encode;
  const inference = agent.invoke;
  return {
    encode: encodeMs,
    transport: Math.max(0, roundTripMs - preprocess - inference - postprocess),
    preprocess,
    inference,
    postprocess,
  };
}
