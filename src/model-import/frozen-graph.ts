/** Reads TensorFlow's frozen_inference_graph.pb, a GraphDef as protocol buffer. */
import { WireType, base64Encode } from '@bufbuild/protobuf/wire';
import type { GraphNode } from './graph.ts';
import { GraphError, quoted } from './graph-error.ts';
import type { GraphSource } from './graph-source.ts';
import { NODE_LIMIT } from './graph-source.ts';
import { readShape, readTensorProto } from './tensor-proto.ts';
import { readMessage, readRepeated } from './wire-message.ts';

/** Field numbers of graph.proto, node_def.proto and attr_value.proto (tensorflow/core/framework). */
const GRAPH_NODE = 1;
const NODE = { name: 1, op: 2, input: 3, attr: 5 };
const ATTR = { list: 1, s: 2, i: 3, f: 4, b: 5, type: 6, shape: 7, tensor: 8 };

/** Strides, dilations and similar lists have four. */
const LIST_LIMIT = 4096;

/** Numbers of types.proto; the names are what TF.js looks for. */
const DTYPE_NAMES = [
  'DT_INVALID',
  'DT_FLOAT',
  'DT_DOUBLE',
  'DT_INT32',
  'DT_UINT8',
  'DT_INT16',
  'DT_INT8',
  'DT_STRING',
  'DT_COMPLEX64',
  'DT_INT64',
  'DT_BOOL',
];

/**
 * Constants are decoded on demand: those that an import prunes (mostly messages of assertions) may have any type.
 * @throws GraphError not-a-model if no node can be read, otherwise damaged.
 */
export function readFrozenGraph(bytes: Uint8Array): GraphSource {
  const nodes: GraphNode[] = [];
  const constants = new Map<string, Uint8Array>();
  try {
    readMessage(bytes, (reader, field, wire) => {
      if (field !== GRAPH_NODE || wire !== WireType.LengthDelimited) return false;
      const { node, constant } = readNode(reader.bytes());
      if (nodes.length >= NODE_LIMIT) throw new Error(`it has more than ${NODE_LIMIT} nodes`);
      nodes.push(node);
      if (constant !== null) constants.set(node.name, constant);
      return true;
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const last = nodes.at(-1);
    if (last === undefined) throw new GraphError('not-a-model', `its first node cannot be read: ${detail}`);
    throw new GraphError('damaged', `after its node ${quoted(last.name)}: ${detail}`, { cause: error });
  }
  if (nodes.length === 0) throw new GraphError('not-a-model', 'it has no nodes');
  return {
    nodes,
    constant: (name) => {
      const message = constants.get(name);
      if (message === undefined) throw new GraphError('damaged', `the constant ${quoted(name)} has no value`);
      try {
        return readTensorProto(message);
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        const kind = error instanceof GraphError ? error.kind : 'damaged';
        throw new GraphError(kind, `the constant ${quoted(name)}: ${detail}`, { cause: error });
      }
    },
  };
}

function readNode(bytes: Uint8Array): { readonly node: GraphNode; readonly constant: Uint8Array | null } {
  const input: string[] = [];
  const attr: Record<string, unknown> = {};
  let name = '';
  let op = '';
  let constant: Uint8Array | null = null;
  readMessage(bytes, (reader, field, wire) => {
    if (wire !== WireType.LengthDelimited) return false;
    if (field === NODE.name) name = reader.string(true);
    else if (field === NODE.op) op = reader.string(true);
    else if (field === NODE.input) input.push(reader.string(true));
    else if (field === NODE.attr) {
      const { key, value, tensor } = readAttrEntry(reader.bytes());
      // As own property even for "__proto__".
      Object.defineProperty(attr, key, { value, enumerable: true, configurable: true });
      if (tensor !== null && key === 'value') constant = tensor;
    } else return false;
    return true;
  });
  if (name === '' || op === '') throw new Error('a node has no name or no operation');
  return { node: { name, op, input, attr }, constant };
}

interface Attr {
  readonly value: unknown;
  readonly tensor: Uint8Array | null;
}

function readAttrEntry(bytes: Uint8Array): Attr & { readonly key: string } {
  let key = '';
  let attr: Attr = { value: {}, tensor: null };
  readMessage(bytes, (reader, field, wire) => {
    if (wire !== WireType.LengthDelimited) return false;
    if (field === 1) key = reader.string(true);
    else if (field === 2) attr = readAttr(reader.bytes());
    else return false;
    return true;
  });
  return { key, ...attr };
}

function readAttr(bytes: Uint8Array): Attr {
  let value: unknown = {};
  let tensor: Uint8Array | null = null;
  readMessage(bytes, (reader, field, wire) => {
    const hasLength = wire === WireType.LengthDelimited;
    if (hasLength && field === ATTR.list) value = { list: readList(reader.bytes()) };
    else if (hasLength && field === ATTR.s) value = { s: base64Encode(reader.bytes()) };
    else if (hasLength && field === ATTR.shape) value = { shape: shapeJson(reader.bytes()) };
    else if (hasLength && field === ATTR.tensor) tensor = reader.bytes();
    else if (wire === WireType.Bit32 && field === ATTR.f) value = { f: reader.float() };
    else if (wire !== WireType.Varint) return false;
    else if (field === ATTR.i) value = { i: String(reader.int64()) };
    else if (field === ATTR.b) value = { b: reader.bool() };
    else if (field === ATTR.type) value = { type: dtypeName(reader.int32()) };
    else return false;
    return true;
  });
  return { value, tensor };
}

/** Only the kinds that operations of networks use: bytes, integers, floats, types, shapes. */
function readList(bytes: Uint8Array): Readonly<Record<string, readonly unknown[]>> {
  const list: Record<string, unknown[]> = {};
  const add = (key: string, value: unknown) => {
    const values = (list[key] ??= []);
    if (values.length >= LIST_LIMIT) throw new Error(`an attribute lists more than ${LIST_LIMIT} values`);
    values.push(value);
  };
  readMessage(bytes, (reader, field, wire) => {
    const hasLength = wire === WireType.LengthDelimited;
    if (hasLength && field === ATTR.s) add('s', base64Encode(reader.bytes()));
    else if (hasLength && field === ATTR.shape) add('shape', shapeJson(reader.bytes()));
    else if ((hasLength || wire === WireType.Varint) && field === ATTR.i) {
      readRepeated(reader, hasLength, (one) => add('i', String(one.int64())));
    } else if ((hasLength || wire === WireType.Bit32) && field === ATTR.f) {
      readRepeated(reader, hasLength, (one) => add('f', one.float()));
    } else if ((hasLength || wire === WireType.Varint) && field === ATTR.type) {
      readRepeated(reader, hasLength, (one) => add('type', dtypeName(one.int32())));
    } else return false;
    return true;
  });
  return list;
}

function shapeJson(bytes: Uint8Array): unknown {
  return { dim: readShape(bytes).map((size) => ({ size: String(size) })) };
}

/** A frozen graph has no references to variables (101 and up). */
function dtypeName(number: number): string {
  return DTYPE_NAMES[number] ?? (number === 19 ? 'DT_HALF' : `DT_${number}`);
}
