/** Turns a weight as stored in a TF.js shard, quantised or not, into a tensor. */
import type { GraphTensor } from './graph.ts';
import type { WeightSpec } from './graph-model-file.ts';
import { halfToFloat } from './half-float.ts';

/**
 * Quantised weights follow tfjs-core's io_utils: value = stored * scale + min, rounded for integers.
 * @param bytes exactly the weight's own, in a buffer of their own.
 */
export function decodeWeight(spec: WeightSpec, bytes: Uint8Array<ArrayBuffer>): GraphTensor {
  const { shape, dtype } = spec;
  const { buffer } = bytes;
  if ('quantization' in spec) {
    const { quantization } = spec;
    if (quantization.dtype === 'float16') {
      return { dtype: 'float32', shape, data: Float32Array.from(new Uint16Array(buffer), halfToFloat) };
    }
    const { scale, min } = quantization;
    const stored = quantization.dtype === 'uint8' ? bytes : new Uint16Array(buffer);
    return dtype === 'int32'
      ? { dtype, shape, data: Int32Array.from(stored, (value) => Math.round(value * scale + min)) }
      : { dtype: 'float32', shape, data: Float32Array.from(stored, (value) => value * scale + min) };
  }
  if (dtype === 'float32') return { dtype, shape, data: new Float32Array(buffer) };
  if (dtype === 'int32') return { dtype, shape, data: new Int32Array(buffer) };
  return { dtype, shape, data: bytes };
}
