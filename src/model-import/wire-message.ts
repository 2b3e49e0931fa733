/** Iterates over the fields of a protocol buffer message. */
import { BinaryReader } from '@bufbuild/protobuf/wire';
import type { WireType } from '@bufbuild/protobuf/wire';

/** Reads the field's value, or returns false to skip it. */
export type ReadField = (reader: BinaryReader, field: number, wire: WireType) => boolean;

/** @throws Error if a length exceeds the message, or a tag is invalid. */
export function readMessage(bytes: Uint8Array, readField: ReadField): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (!readField(reader, field, wire)) reader.skip(wire, field);
  }
  assertInside(reader);
}

/** Reads a repeated field of numbers; `isPacked` when its wire type is length-delimited. */
export function readRepeated(
  reader: BinaryReader,
  isPacked: boolean,
  read: (one: BinaryReader) => void,
): void {
  if (!isPacked) {
    read(reader);
    return;
  }
  const packed = new BinaryReader(reader.bytes());
  while (packed.pos < packed.len) read(packed);
  assertInside(packed);
}

/** The reader checks lengths, but not that the last number ends within the message. */
function assertInside(reader: BinaryReader): void {
  if (reader.pos > reader.len) throw new RangeError('premature EOF');
}
