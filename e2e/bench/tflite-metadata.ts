/** Adds normalisation metadata to a .tflite, which MediaPipe requires for float networks; the weights do not change. */
import { Builder } from 'flatbuffers';

/** Fields of `Model` in TensorFlow Lite's schema.fbs. */
const MODEL = { version: 0, operatorCodes: 1, subgraphs: 2, description: 3, buffers: 4 } as const;
/** Up to the last written field: `metadata`, field 6. */
const FIELDS = 7;
/** ProcessUnitOptions.NormalizationOptions in metadata_schema.fbs. */
const NORMALIZATION = 1;
/** TFLite's metadata library looks for this name. */
const METADATA_NAME = 'TFLITE_METADATA';

/**
 * Puts a new root table in front of the file. FlatBuffers offsets are relative and point forward, so everything behind
 * it stays unchanged; only the list of buffers is rewritten, with one more entry.
 * @param mean, std of the input in bytes: the network gets (value - mean) / std.
 */
export function withNormalization(model: Uint8Array, mean: number, std: number): Uint8Array {
  const old = new DataView(model.buffer, model.byteOffset, model.byteLength);
  const table = old.getUint32(0, true);
  const vtable = table - old.getInt32(table, true);
  const fieldAt = (field: number) => {
    const offset =
      4 + 2 * field < old.getUint16(vtable, true) ? old.getUint16(vtable + 4 + 2 * field, true) : 0;
    return offset === 0 ? null : table + offset;
  };
  const target = (field: number) => {
    const at = fieldAt(field);
    return at === null ? null : at + old.getUint32(at, true);
  };
  const versionAt = fieldAt(MODEL.version);
  const buffersAt = target(MODEL.buffers);
  if (buffersAt === null) throw new Error('This .tflite lists no buffers.');
  const count = old.getUint32(buffersAt, true);
  const metadata = normalizationMetadata(mean, std);

  const at = layout([
    ['vtable', 4 + 2 * FIELDS],
    ['table', 4 * 7],
    ['buffers', 4 + 4 * (count + 1)],
    ['list', 8],
    ['entryVtable', 8],
    ['entry', 12],
    ['name', 4 + METADATA_NAME.length + 1],
    ['bufferVtable', 6],
    ['buffer', 8],
    ['data', 4 + metadata.length],
  ]);
  const bytes = new Uint8Array(at.end + model.length);
  bytes.set(model, at.end);
  const out = new DataView(bytes.buffer);
  const point = (from: number, to: number) => out.setUint32(from, to - from, true);
  point(0, at.of('table'));
  bytes.set(new TextEncoder().encode('TFL3'), 4);

  writeVtable(out, at.of('vtable'), 28, [4, 8, 12, target(MODEL.description) === null ? 0 : 16, 20, 0, 24]);
  out.setInt32(at.of('table'), at.of('table') - at.of('vtable'), true);
  out.setUint32(at.of('table') + 4, versionAt === null ? 3 : old.getUint32(versionAt, true), true);
  for (const field of [MODEL.operatorCodes, MODEL.subgraphs, MODEL.description]) {
    const to = target(field);
    if (to !== null) point(at.of('table') + 4 + 4 * field, at.end + to);
  }
  point(at.of('table') + 20, at.of('buffers'));
  point(at.of('table') + 24, at.of('list'));

  out.setUint32(at.of('buffers'), count + 1, true);
  for (let i = 0; i < count; i++) {
    const entry = buffersAt + 4 + 4 * i;
    point(at.of('buffers') + 4 + 4 * i, at.end + entry + old.getUint32(entry, true));
  }
  point(at.of('buffers') + 4 + 4 * count, at.of('buffer'));

  out.setUint32(at.of('list'), 1, true);
  point(at.of('list') + 4, at.of('entry'));
  writeVtable(out, at.of('entryVtable'), 12, [4, 8]);
  out.setInt32(at.of('entry'), at.of('entry') - at.of('entryVtable'), true);
  point(at.of('entry') + 4, at.of('name'));
  out.setUint32(at.of('entry') + 8, count, true);
  out.setUint32(at.of('name'), METADATA_NAME.length, true);
  bytes.set(new TextEncoder().encode(METADATA_NAME), at.of('name') + 4);

  writeVtable(out, at.of('bufferVtable'), 8, [4]);
  out.setInt32(at.of('buffer'), at.of('buffer') - at.of('bufferVtable'), true);
  point(at.of('buffer') + 4, at.of('data'));
  out.setUint32(at.of('data'), metadata.length, true);
  bytes.set(metadata, at.of('data') + 4);
  return bytes;
}

function writeVtable(out: DataView, at: number, tableBytes: number, offsets: readonly number[]): void {
  out.setUint16(at, 4 + 2 * offsets.length, true);
  out.setUint16(at + 2, tableBytes, true);
  for (const [i, offset] of offsets.entries()) out.setUint16(at + 4 + 2 * i, offset, true);
}

/** Places parts one after another from byte 8 on, each at a multiple of 16. The end is aligned too, as tensors require. */
function layout(parts: readonly (readonly [name: string, bytes: number])[]) {
  const places = new Map<string, number>();
  let end = 16;
  for (const [name, bytes] of parts) {
    places.set(name, end);
    end = Math.ceil((end + bytes) / 16) * 16;
  }
  const of = (name: string): number => {
    const place = places.get(name);
    if (place === undefined) throw new Error(`There is no part ${name}.`);
    return place;
  };
  return { of, end };
}

/** ModelMetadata > SubGraphMetadata > TensorMetadata > ProcessUnit > NormalizationOptions, of metadata_schema.fbs. */
function normalizationMetadata(mean: number, std: number): Uint8Array {
  const builder = new Builder(256);
  const floats = (value: number) => {
    builder.startVector(4, 1, 4);
    builder.addFloat32(value);
    return builder.endVector();
  };
  const tables = (only: number) => {
    builder.startVector(4, 1, 4);
    builder.addOffset(only);
    return builder.endVector();
  };
  const [means, stds] = [floats(mean), floats(std)];
  builder.startObject(2);
  builder.addFieldOffset(0, means, 0);
  builder.addFieldOffset(1, stds, 0);
  const options = builder.endObject();
  builder.startObject(2);
  builder.addFieldInt8(0, NORMALIZATION, 0);
  builder.addFieldOffset(1, options, 0);
  const units = tables(builder.endObject());
  const outputs = tables(emptyTable(builder, 7));
  builder.startObject(7);
  builder.addFieldOffset(4, units, 0);
  const inputs = tables(builder.endObject());
  builder.startObject(4);
  builder.addFieldOffset(2, inputs, 0);
  builder.addFieldOffset(3, outputs, 0);
  const subgraphs = tables(builder.endObject());
  builder.startObject(8);
  builder.addFieldOffset(3, subgraphs, 0);
  builder.finish(builder.endObject(), 'M001');
  return builder.asUint8Array();
}

function emptyTable(builder: Builder, fields: number): number {
  builder.startObject(fields);
  return builder.endObject();
}
