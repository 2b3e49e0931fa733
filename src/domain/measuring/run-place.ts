/** Where a run was measured, in the few words of a table's cell. */
import { placeName } from '../agent-description.ts';
import { CODEC_WORDS } from '../frame-codec.ts';
import type { RunRecord } from './run.ts';

/** "wasm", "tflite, CPU, raw", "tflite, Edge TPU, JPEG 85": on an agent with what its frames went up as. */
export function placeOf({ choice, configuration }: Pick<RunRecord, 'choice' | 'configuration'>): string {
  const place = placeName(configuration.segmenter);
  return choice.backend === 'tflite' ? `${place}, ${CODEC_WORDS[choice.codec]}` : place;
}
