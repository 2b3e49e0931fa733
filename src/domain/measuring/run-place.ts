/** Where a run was measured, in the few words of a table's cell. */
import { placeName } from '../agent-description.ts';
import { CODEC_WORDS } from '../frame-codec.ts';
import { isAgentSetup } from '../setup.ts';
import type { RunRecord } from './run.ts';

/** "wasm", "tflite, CPU, raw", "tflite, Edge TPU, JPEG 85": on an agent with what its frames went up as. */
export function placeOf({ setup, configuration }: Pick<RunRecord, 'setup' | 'configuration'>): string {
  const place = placeName(configuration.segmenter);
  return isAgentSetup(setup) ? `${place}, ${CODEC_WORDS[setup.place.codec]}` : place;
}
