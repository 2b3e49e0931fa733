/** Reads and writes the attributes of a node, in the JSON form of a GraphDef. */
import { base64Decode, base64Encode, getTextEncoding } from '@bufbuild/protobuf/wire';
import type { GraphNode } from './graph.ts';

type Attributed = Pick<GraphNode, 'attr'>;

/** null where the attribute is absent or of another kind; so for all readers here. */
export function attrText(node: Attributed, key: string): string | null {
  const value = field(node.attr[key], 's');
  return typeof value === 'string' ? decodeText(value) : null;
}

export function attrInt(node: Attributed, key: string): number | null {
  return integer(field(node.attr[key], 'i'));
}

export function attrFloat(node: Attributed, key: string): number | null {
  const value = field(node.attr[key], 'f');
  return typeof value === 'number' ? value : null;
}

/** Absent is false, as in TensorFlow. */
export function attrFlag(node: Attributed, key: string): boolean {
  return field(node.attr[key], 'b') === true;
}

/** "DT_FLOAT" and similar. */
export function attrType(node: Attributed, key: string): string | null {
  const value = field(node.attr[key], 'type');
  return typeof value === 'string' ? value : null;
}

export function attrInts(node: Attributed, key: string): readonly number[] | null {
  const values = field(field(node.attr[key], 'list'), 'i');
  if (!Array.isArray(values)) return null;
  const integers = values.map(integer);
  return integers.every((value) => value !== null) ? integers : null;
}

export function attrTexts(node: Attributed, key: string): readonly string[] | null {
  const values = field(field(node.attr[key], 'list'), 's');
  if (!Array.isArray(values)) return null;
  const texts = values.map((value) => (typeof value === 'string' ? decodeText(value) : null));
  return texts.every((text) => text !== null) ? texts : null;
}

export const intAttr = (value: number) => ({ i: String(value) });
export const floatAttr = (value: number) => ({ f: value });
export const flagAttr = (value: boolean) => ({ b: value });
export const typeAttr = (value: string) => ({ type: value });
export const textAttr = (value: string) => ({ s: encodeText(value) });
export const intsAttr = (values: readonly number[]) => ({ list: { i: values.map(String) } });
export const textsAttr = (values: readonly string[]) => ({ list: { s: values.map(encodeText) } });
export const shapeAttr = (sides: readonly number[]) => ({
  shape: { dim: sides.map((size) => ({ size: String(size) })) },
});

export function encodeText(text: string): string {
  return base64Encode(getTextEncoding().encodeUtf8(text));
}

function decodeText(base64: string): string | null {
  try {
    return getTextEncoding().decodeUtf8(base64Decode(base64));
  } catch {
    return null;
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** JSON writes int64 as a string, some writers as a number. */
function integer(value: unknown): number | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : null;
}
