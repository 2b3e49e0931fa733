/** Makes a final ARG_MAX of a .tflite file give 32-bit labels instead of 64-bit ones, in a copy, by overwriting two bytes. */
import { GRAPH, readTflite } from '../../../src/model-import/tflite/read-tflite.ts';

/** Field numbers and type codes of the TFLite schema, version 3. */
const TENSOR_TYPE_FIELD = 1;
const ARG_MAX_OUTPUT_TYPE_FIELD = 0;
const INT32 = 2;

/**
 * LiteRT.js cannot read int64; the label of a pixel needs neither 64 bits nor 32. Everything that is computed stays the same.
 * @returns the same bytes where the only output is no int64 or comes from another operator
 * @throws ProblemError model-invalid where the file contradicts itself
 */
export function narrowLabels(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { view, graph, operators, outputs, tensors } = readTflite(bytes);
  const [output = -1] = outputs;
  const last = operators.at(-1);
  const isArgMax = last?.name === 'ARG_MAX' && last.outputs[0] === output;
  if (!isArgMax || tensors[output]?.type !== 'int64' || last.options === null) return bytes;
  const table = view.tables(graph, GRAPH.tensors, 'tensors')[output];
  if (table === undefined) return bytes;
  const places = [
    view.placeOf32(table, TENSOR_TYPE_FIELD, 'type'),
    view.placeOf32(last.options, ARG_MAX_OUTPUT_TYPE_FIELD, 'output_type'),
  ];
  if (places.includes(null)) return bytes;
  const copy = bytes.slice();
  // Both are fields of one byte.
  for (const place of places) copy[place as number] = INT32;
  return copy;
}
