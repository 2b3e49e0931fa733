/** Bitmaps and segmenters without a browser, for tests of code that passes frames around. */
import type { AgentDescription } from '../../domain/agent-description.ts';
import type { SegmenterDescription } from '../../domain/measuring/configuration.ts';
import { onPi } from '../../domain/testing/agent-description.ts';
import type { Frame } from '../../domain/frame.ts';
import type { AgentSegmenter } from '../agent-segmenter.ts';
import type { Segmenter } from '../segmenter.ts';

/** Records which pictures were closed, so that a test can find one left open. */
export class FakeBitmaps {
  readonly open = new Set<ImageBitmap>();

  make(): ImageBitmap {
    const bitmap: ImageBitmap = {
      width: 8,
      height: 4,
      close: () => {
        this.open.delete(bitmap);
      },
    };
    this.open.add(bitmap);
    return bitmap;
  }
}

const COLD = { startMs: 0, downloadMs: 0, parseMs: 0, firstInferenceMs: 0, contended: false };
const MEMORY = { tensors: 0, bytes: 0 };
export const DESCRIPTION: SegmenterDescription = {
  modelId: 'model',
  modelName: 'Model',
  files: [],
  runtime: 'test',
  backend: 'wasm',
  device: 'test',
  softwareRendered: false,
  simd: null,
  threads: 1,
  float16Textures: null,
  pipeline: 'ours',
  preprocessing: 'fit',
  inputSize: 257,
  outputStride: 16,
  precision: 'float32',
  classList: 'voc',
  classNames: ['background'],
};
export const AGENT_DESCRIPTION: AgentDescription = onPi(DESCRIPTION, { operatorsOnCpu: 1 });

const STAGES = { encode: 1, transport: 2, preprocess: 3, inference: 4, postprocess: 5 };
const LABELS = { width: 1, height: 1, labels: new Uint8Array(1) };
const AGENT_STAGES = {
  wait: 0,
  decode: 0,
  resize: 0,
  quantise: 0,
  invoke: 0,
  postprocess: 0,
  encode: 0,
  total: 0,
};
const TRAFFIC = { bytesUp: 1, bytesDown: 1, agentStages: AGENT_STAGES, dropped: 0 };

/** Always takes at least one turn of the event loop, as every real segmenter does. */
export const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** @param log receives "browser 1" when frame 1 begins and "/browser 1" when it ends */
export function fakeBrowser(log: string[]): Segmenter {
  let busy = false;
  return {
    description: DESCRIPTION,
    cold: COLD,
    loadedMemory: MEMORY,
    async segment(frame) {
      // Like the worker's channel: one request at a time.
      if (busy) throw new Error('another request is in flight');
      busy = true;
      log.push(`browser ${frame.id}`);
      await turn();
      busy = false;
      log.push(`/browser ${frame.id}`);
      return { labelMap: LABELS, frame, stages: STAGES, memory: MEMORY };
    },
    measureBare: () => Promise.resolve(null),
    onDeath: () => undefined,
    close: () => Promise.resolve(MEMORY),
  };
}

/** @param failsAt the frame on which it fails */
export function fakeAgent(log: string[], failsAt = 0): AgentSegmenter {
  const segment = async (frame: Frame<ImageBitmap>) => {
    log.push(`agent ${frame.id}`);
    await turn();
    log.push(`/agent ${frame.id}`);
    if (frame.id === failsAt) {
      frame.pixels.close();
      throw new Error('the agent is gone');
    }
    return { labelMap: LABELS, frame, stages: STAGES, memory: MEMORY, traffic: TRAFFIC };
  };
  return {
    description: AGENT_DESCRIPTION,
    cold: COLD,
    loadedMemory: MEMORY,
    segment,
    segmentPrepared: segment,
    measureBare: () => Promise.resolve(null),
    onDeath: () => undefined,
    close: () => Promise.resolve(MEMORY),
  };
}
