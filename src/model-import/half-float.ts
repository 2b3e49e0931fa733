/** IEEE 754 half precision, to and from 16 bits. */

const SCRATCH_FLOAT = new Float32Array(1);
const SCRATCH_BITS = new Uint32Array(SCRATCH_FLOAT.buffer);

/** @param bits the lower 16 are used. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Rounds to the nearest, ties to even; values that are too large become infinite. */
export function floatToHalf(value: number): number {
  SCRATCH_FLOAT[0] = value;
  return halfOfBits(SCRATCH_BITS[0] as number);
}

/** All values at once: a network has tens of millions. */
export function floatsToHalves(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < bits.length; i++) halves[i] = halfOfBits(bits[i] as number);
  return halves;
}

/** @param bits of the float32. */
function halfOfBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // 65520 and above round to infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  const isSmall = magnitude < 0x38800000;
  // Below 2^-14 a half is a multiple of 2^-24, and below 2^-25 nothing is left.
  const shift = isSmall ? 126 - (magnitude >>> 23) : 13;
  if (shift > 24) return sign;
  const digits = isSmall ? (magnitude & 0x7fffff) | 0x800000 : magnitude - 0x38000000;
  const half = digits >>> shift;
  const rest = digits & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return sign | (rest > middle || (rest === middle && (half & 1) === 1) ? half + 1 : half);
}
