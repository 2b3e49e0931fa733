/** Cuts DeepLab's final resize and argmax off a .tflite file, in a copy, by overwriting a few of its numbers. */
import { GRAPH, readTflite } from './read-tflite.ts';
import type { TfliteModel, TfliteOperator, TfliteTensor } from './read-tflite.ts';
import { refuse } from './refusal.ts';

export type LogitsType = 'float32' | 'uint8' | 'int8';

/** The scores that the cut network gives: [1, gridHeight, gridWidth, classes]. */
export interface LogitsFacts {
  readonly name: string;
  readonly type: LogitsType;
  readonly gridHeight: number;
  readonly gridWidth: number;
  readonly classes: number;
  /** real = scale * (stored - zeroPoint); null for float32. */
  readonly quantization: { readonly scale: number; readonly zeroPoint: number } | null;
}

export interface CutTail {
  /** A patched copy, of the same length; the original if there was nothing to cut. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Names of the operators cut off, in order; empty if the file already ends at its logits. */
  readonly dropped: readonly string[];
  readonly logits: LogitsFacts;
}

interface Tail {
  /** How many operators remain. */
  readonly kept: number;
  readonly logits: number;
  readonly dropped: readonly string[];
}

const RESIZE_OPTIONS = { alignCorners: 2, halfPixelCenters: 3 } as const;
const SIGNATURES_FIELD = 7;
const SIGNATURE_OUTPUTS_FIELD = 1;
const TENSOR_MAP_INDEX_FIELD = 1;

/**
 * No re-serialisation: outputs[0] becomes the logits tensor, and the vector of operators is shortened in its place;
 * the cut operators stay in the file as unused bytes. The labels come from domain/upsample-argmax, which does the same
 * arithmetic only if the dropped resizes keep scale and zero point and use align_corners; otherwise this throws.
 * @param bytes a whole .tflite file, compiled for the Edge TPU or not
 * @throws ProblemError model-invalid, whose detail says why this file cannot be cut
 */
export function cutTail(bytes: Uint8Array<ArrayBuffer>): CutTail {
  const model = readTflite(bytes);
  const tail = findTail(model);
  const logits = logitsFacts(tensorOf(model, tail.logits));
  return {
    bytes: tail.dropped.length === 0 ? bytes : patch(bytes, model, tail),
    dropped: tail.dropped,
    logits,
  };
}

function findTail(model: TfliteModel): Tail {
  const [output] = model.outputs;
  if (output === undefined || model.outputs.length > 1) {
    return refuse(`it has ${model.outputs.length} outputs instead of one`);
  }
  let current = output;
  let kept = model.operators.length;
  let upsampled = false;
  const dropped: string[] = [];
  for (let last = model.operators[kept - 1]; last !== undefined; last = model.operators[kept - 1]) {
    if (last.outputs.length !== 1 || last.outputs[0] !== current) break;
    if (last.name === 'ARG_MAX' && dropped.length === 0) checkArgMax(model, last);
    else if (last.name === 'RESIZE_BILINEAR') upsampled = checkResize(model, last, current, upsampled);
    else break;
    dropped.unshift(last.name);
    current = last.inputs[0] ?? refuse(`${last.name} has no input`);
    kept--;
  }
  if (dropped.length === 1 && dropped[0] === 'ARG_MAX') {
    refuse('there is no RESIZE_BILINEAR before its final ARG_MAX');
  }
  if (dropped.length === 0) checkEndsInLogits(model, current);
  if (!model.operators.slice(0, kept).some(({ outputs }) => outputs.includes(current))) {
    refuse('there is no network between its input and its logits');
  }
  return { kept, logits: current, dropped };
}

function checkArgMax(model: TfliteModel, { inputs }: TfliteOperator): void {
  const axis = constantInt32s(tensorOf(model, inputs[1] ?? -1));
  const rank = tensorOf(model, inputs[0] ?? -1).shape.length;
  if (axis?.length !== 1 || (axis[0] !== rank - 1 && axis[0] !== -1)) {
    refuse('its final ARG_MAX does not run over the classes (the last axis)');
  }
}

/** @returns true if the scores are enlarged here or in a later resize; a resize to the same size does not count. */
function checkResize(
  model: TfliteModel,
  { inputs, options }: TfliteOperator,
  output: number,
  upsampled: boolean,
): boolean {
  const before = tensorOf(model, inputs[0] ?? -1);
  const after = tensorOf(model, output);
  const { view } = model;
  const isSet = (field: number, name: string) =>
    options !== null && view.uint8(options, field, 0, name) !== 0;
  const isIdentity = before.shape.join() === after.shape.join();
  const alignsCorners = isSet(RESIZE_OPTIONS.alignCorners, 'align_corners');
  if (!isIdentity && (!alignsCorners || isSet(RESIZE_OPTIONS.halfPixelCenters, 'half_pixel_centers'))) {
    refuse(`its final RESIZE_BILINEAR ("${after.name}") does not align corners`);
  }
  const changes = [
    before.type === after.type ? null : 'type',
    before.scales.join() === after.scales.join() ? null : 'scale',
    before.zeroPoints.join() === after.zeroPoints.join() ? null : 'zero point',
  ].filter((change) => change !== null);
  if (changes.length > 0) {
    refuse(
      `its final RESIZE_BILINEAR ("${after.name}") changes the ${changes.join(' and the ')} of the scores`,
    );
  }
  if (isIdentity) return upsampled;
  if (upsampled) refuse(`it enlarges its scores twice, first in "${after.name}"`);
  const picture = tensorOf(model, model.inputs[0] ?? -1).shape;
  if (after.shape[1] !== picture[1] || after.shape[2] !== picture[2]) {
    refuse(`its final RESIZE_BILINEAR ("${after.name}") does not give the size of its picture`);
  }
  return true;
}

/**
 * Scores per coarse cell, fewer cells than the picture has pixels: anything else is not DeepLab or has another tail.
 */
function checkEndsInLogits(model: TfliteModel, output: number): void {
  const { shape } = tensorOf(model, output);
  const side = tensorOf(model, model.inputs[0] ?? -1).shape[1] ?? 0;
  if (shape.length === 4 && (shape[1] ?? 0) < side && (shape[3] ?? 0) > 1) return;
  const last = model.operators.at(-1)?.name ?? 'nothing';
  refuse(
    `it ends in ${last} with the shape [${shape.join(', ')}], which is neither logits nor RESIZE_BILINEAR and ARG_MAX`,
  );
}

function logitsFacts({ name, shape, type, scales, zeroPoints }: TfliteTensor): LogitsFacts {
  const [batch, gridHeight = 0, gridWidth = 0, classes = 0] = shape;
  if (shape.length !== 4 || batch !== 1 || gridHeight < 2 || gridWidth < 2 || classes < 2 || classes > 255) {
    refuse(`its logits "${name}" have the shape [${shape.join(', ')}]`);
  }
  if (type !== 'float32' && type !== 'uint8' && type !== 'int8') {
    return refuse(`its logits "${name}" are ${type}, neither float32 nor 8-bit`);
  }
  const common = { name, type, gridHeight, gridWidth, classes };
  if (type === 'float32') return { ...common, quantization: null };
  const [scale] = scales;
  const [zeroPoint] = zeroPoints;
  if (scale === undefined || zeroPoint === undefined || scales.length > 1 || !(scale > 0)) {
    return refuse(`its logits "${name}" have ${scales.length} scales instead of one above 0`);
  }
  return { ...common, quantization: { scale, zeroPoint } };
}

function patch(bytes: Uint8Array<ArrayBuffer>, model: TfliteModel, tail: Tail): Uint8Array<ArrayBuffer> {
  const { view, root, graph } = model;
  const copy = bytes.slice();
  const target = new DataView(copy.buffer);
  const operators = view.vector(graph, GRAPH.operators, 4, 'operators');
  const outputs = view.vector(graph, GRAPH.outputs, 4, 'outputs');
  if (operators === null || outputs === null) return refuse('it has no operators');
  target.setInt32(outputs.at, tail.logits, true);
  target.setUint32(operators.at - 4, tail.kept, true);
  const [oldOutput] = model.outputs;
  for (const signature of view.tables(root, SIGNATURES_FIELD, 'signature_defs')) {
    for (const map of view.tables(signature, SIGNATURE_OUTPUTS_FIELD, 'outputs')) {
      const place = view.placeOf32(map, TENSOR_MAP_INDEX_FIELD, 'tensor_index');
      const named = view.uint32(map, TENSOR_MAP_INDEX_FIELD, 0, 'tensor_index');
      if (named !== oldOutput) continue;
      // An index of 0 is the default and not stored: there are no four bytes to overwrite.
      if (place === null) return refuse(`${map.path} names its output by default, so it cannot be replaced`);
      target.setUint32(place, tail.logits, true);
    }
  }
  // Offsets of a hostile file may have made these places the same: the copy must be a whole file again.
  const cut = readTflite(copy);
  if (cut.outputs[0] !== tail.logits || cut.operators.length !== tail.kept) {
    refuse('its outputs and operators overlap in the file');
  }
  return copy;
}

function tensorOf(model: TfliteModel, index: number): TfliteTensor {
  return model.tensors[index] ?? refuse(`it names tensor ${index} of ${model.tensors.length}`);
}

function constantInt32s({ type, constant }: TfliteTensor): readonly number[] | null {
  if (type !== 'int32' || constant === null) return null;
  const view = new DataView(constant.buffer, constant.byteOffset, constant.byteLength);
  return Array.from({ length: constant.length / 4 }, (_, i) => view.getInt32(4 * i, true));
}
