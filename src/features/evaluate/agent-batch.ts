/** Segments single pictures one after another on an agent, each as raw RGB, for evaluations. */
import type { AgentEvaluationChoice } from '../../domain/accuracy/evaluation.ts';
import type { AgentDescription } from '../../domain/agent-description.ts';
import type { OpenAgent } from '../agents/agent-run.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import type { PictureBatch } from './batch-segmentation.ts';

/** The agent's connection is a run's own: other pages and the live view keep theirs. */
const NO_SOURCE = 'evaluation';

/** @throws ProblemError, or the reason of `loading` */
export async function openAgentBatch(
  openAgent: (...asked: Parameters<OpenAgent>) => Promise<Segmenter<AgentDescription>>,
  { modelId, inputSize, pipeline, preprocessing, agent }: AgentEvaluationChoice,
  loading: AbortSignal,
): Promise<PictureBatch<AgentDescription>> {
  const segmenter = await openAgent(
    {
      modelId,
      backend: 'tflite',
      inputSize,
      pipeline,
      preprocessing,
      sourceKey: NO_SOURCE,
      agent,
      codec: 'rgb8',
    },
    loading,
  );
  const { signal } = new AbortController();
  let id = 0;
  return {
    description: segmenter.description,
    async segmentPixels(pixels: ImageBitmap) {
      const { width, height } = pixels;
      const { frame, labelMap, stages } = await segmenter.segment(
        { id: ++id, width, height, pixels, waitMs: 0 },
        signal,
      );
      frame.pixels.close();
      return { labelMap, stages };
    },
    close: () => segmenter.close(),
  };
}
