/** Element types of TFLite tensors, as the file's schema numbers them. */
import { refuse } from './refusal.ts';

const TYPES = [
  { name: 'float32', bytes: 4 },
  { name: 'float16', bytes: 2 },
  { name: 'int32', bytes: 4 },
  { name: 'uint8', bytes: 1 },
  { name: 'int64', bytes: 8 },
  { name: 'string', bytes: null },
  { name: 'bool', bytes: 1 },
  { name: 'int16', bytes: 2 },
  { name: 'complex64', bytes: 8 },
  { name: 'int8', bytes: 1 },
  { name: 'float64', bytes: 8 },
  { name: 'complex128', bytes: 16 },
  { name: 'uint64', bytes: 8 },
  { name: 'resource', bytes: null },
  { name: 'variant', bytes: null },
  { name: 'uint32', bytes: 4 },
  { name: 'uint16', bytes: 2 },
  { name: 'int4', bytes: null },
  { name: 'bfloat16', bytes: 2 },
] as const;

export type TensorType = (typeof TYPES)[number]['name'];

/** @throws ProblemError model-invalid for a number that is not in the schema */
export function tensorType(code: number, path: string): TensorType {
  return TYPES[code]?.name ?? refuse(`${path} has the unknown element type ${code}`);
}

/** Bytes of one element; null if elements have no fixed whole number of bytes. */
export function elementBytes(type: TensorType): number | null {
  return TYPES.find(({ name }) => name === type)?.bytes ?? null;
}
