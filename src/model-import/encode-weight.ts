/** Writes a tensor as a weight of a TF.js shard, smaller on request. */
import type { GraphTensor } from './graph.ts';
import { floatsToHalves } from './half-float.ts';
import type { WeightStorage } from '../domain/import-report.ts';

export interface EncodedWeight {
  /** The entry of the weights manifest. */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array;
}

/** Biases and scalars are too few to be worth an error: vectors stay float32 where weights become bytes. */
const SMALLEST_QUANTISED_RANK = 2;

/**
 * uint8 is TF.js's affine scheme: value = stored * scale + min over the tensor's own range, with zero exact.
 * Only float32 is ever stored smaller.
 */
export function encodeWeight(name: string, tensor: GraphTensor, storage: WeightStorage): EncodedWeight {
  const { dtype, shape, data } = tensor;
  const spec = { name, shape, dtype };
  if (storage === 'float16' && data instanceof Float32Array) {
    const halves = floatsToHalves(data);
    return {
      spec: { ...spec, quantization: { dtype: 'float16', original_dtype: 'float32' } },
      bytes: bytesOf(halves),
    };
  }
  if (storage === 'uint8' && data instanceof Float32Array && shape.length >= SMALLEST_QUANTISED_RANK) {
    const { scale, min } = byteRange(data);
    const stored = new Uint8Array(data.length);
    for (let i = 0; i < data.length; i++) stored[i] = Math.round(((data[i] as number) - min) / scale);
    return {
      spec: { ...spec, quantization: { dtype: 'uint8', scale, min, original_dtype: 'float32' } },
      bytes: stored,
    };
  }
  return { spec, bytes: bytesOf(data) };
}

/** The range is widened to hold zero, and shifted so that zero is one of the 256 steps. */
function byteRange(data: Float32Array): { readonly scale: number; readonly min: number } {
  let low = 0;
  let high = 0;
  for (const value of data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const scale = high > low ? (high - low) / 255 : 1;
  return { scale, min: Math.round(low / scale) * scale };
}

function bytesOf(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
