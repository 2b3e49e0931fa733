/** Whatever may segment the frames of the live view. */
import type { AgentSegmenter } from './agent-segmenter.ts';
import type { Segmenter } from './segmenter.ts';

export type LiveSegmenter = Segmenter | AgentSegmenter;

export function isAgentSegmenter(segmenter: LiveSegmenter): segmenter is AgentSegmenter {
  return segmenter.description.backend === 'tflite';
}
