/** Reads untrusted FlatBuffers: every offset and length is checked, and errors name the field. */
import { refuse } from './refusal.ts';

/** A table of the buffer, with its path for messages: "subgraphs[0].operators[12]". */
export interface Table {
  readonly at: number;
  readonly path: string;
}

/** A vector of the buffer. */
export interface Vector {
  /** Of the first element. */
  readonly at: number;
  readonly length: number;
  readonly path: string;
}

const TABLE_HEADER_BYTES = 4;

/**
 * Offsets may overlap in a hostile file, so a few kilobytes can describe billions of elements. A valid file stores
 * every element once, so reading more elements than the file has bytes is refused.
 * @see https://flatbuffers.dev/internals/
 */
export class FlatbufferView {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private budget: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.budget = bytes.byteLength;
  }

  root(): Table {
    return this.tableAt(this.follow(0, 'root'), 'root');
  }

  int8(table: Table, field: number, otherwise: number, name: string): number {
    const at = this.field(table, field, 1, name);
    return at === 0 ? otherwise : this.view.getInt8(at);
  }

  uint8(table: Table, field: number, otherwise: number, name: string): number {
    const at = this.field(table, field, 1, name);
    return at === 0 ? otherwise : this.view.getUint8(at);
  }

  int32(table: Table, field: number, otherwise: number, name: string): number {
    const at = this.field(table, field, 4, name);
    return at === 0 ? otherwise : this.view.getInt32(at, true);
  }

  uint32(table: Table, field: number, otherwise: number, name: string): number {
    const at = this.field(table, field, 4, name);
    return at === 0 ? otherwise : this.view.getUint32(at, true);
  }

  /** Where a 4-byte field is stored; null if it has its default value, which is not stored. */
  placeOf32(table: Table, field: number, name: string): number | null {
    const at = this.field(table, field, 4, name);
    return at === 0 ? null : at;
  }

  table(table: Table, field: number, name: string): Table | null {
    const at = this.field(table, field, 4, name);
    const path = join(table.path, name);
    return at === 0 ? null : this.tableAt(this.follow(at, path), path);
  }

  /** null where the field is absent. */
  vector(table: Table, field: number, elementBytes: number, name: string): Vector | null {
    const field32 = this.field(table, field, 4, name);
    if (field32 === 0) return null;
    const path = join(table.path, name);
    const at = this.follow(field32, path);
    const length = this.view.getUint32(at, true);
    const room = this.bytes.length - at - 4;
    if (length * elementBytes > room) {
      refuse(`${path} claims ${length} elements where ${room} bytes are left`);
    }
    return { at: at + 4, length, path };
  }

  tables(table: Table, field: number, name: string): readonly Table[] {
    const vector = this.vector(table, field, 4, name);
    if (vector === null) return [];
    this.spend(vector);
    return Array.from({ length: vector.length }, (_, i) => {
      const path = `${vector.path}[${i}]`;
      return this.tableAt(this.follow(vector.at + 4 * i, path), path);
    });
  }

  int32s(table: Table, field: number, name: string): readonly number[] {
    const vector = this.vector(table, field, 4, name);
    if (vector === null) return [];
    this.spend(vector);
    return Array.from({ length: vector.length }, (_, i) => this.view.getInt32(vector.at + 4 * i, true));
  }

  float32s(table: Table, field: number, name: string): readonly number[] {
    const vector = this.vector(table, field, 4, name);
    if (vector === null) return [];
    this.spend(vector);
    return Array.from({ length: vector.length }, (_, i) => this.view.getFloat32(vector.at + 4 * i, true));
  }

  /** 64-bit integers; they lose precision beyond 2^53, which no zero point reaches. */
  int64s(table: Table, field: number, name: string): readonly number[] {
    const vector = this.vector(table, field, 8, name);
    if (vector === null) return [];
    this.spend(vector);
    return Array.from({ length: vector.length }, (_, i) =>
      Number(this.view.getBigInt64(vector.at + 8 * i, true)),
    );
  }

  text(table: Table, field: number, name: string): string {
    const vector = this.vector(table, field, 1, name);
    if (vector === null) return '';
    this.spend(vector);
    return asciiText(this.bytes.subarray(vector.at, vector.at + vector.length));
  }

  /** Position of a field inside the buffer; 0 if the table does not store it. */
  private field(table: Table, field: number, bytes: number, name: string): number {
    const vtable = table.at - this.view.getInt32(table.at, true);
    const slot = 4 + 2 * field;
    if (slot + 2 > this.view.getUint16(vtable, true)) return 0;
    const offset = this.view.getUint16(vtable + slot, true);
    if (offset === 0) return 0;
    const at = table.at + offset;
    if (at + bytes > this.bytes.length) refuse(`${join(table.path, name)} lies outside the file`);
    return at;
  }

  private tableAt(at: number, path: string): Table {
    if (at + TABLE_HEADER_BYTES > this.bytes.length) refuse(`${path} lies outside the file`);
    const vtable = at - this.view.getInt32(at, true);
    const inside = vtable >= 0 && vtable + 4 <= this.bytes.length;
    if (!inside || vtable + this.view.getUint16(vtable, true) > this.bytes.length) {
      refuse(`${path} has a table of fields outside the file`);
    }
    return { at, path };
  }

  /** The target of the unsigned offset at `at`, with space for four bytes. */
  private follow(at: number, path: string): number {
    if (at + 4 > this.bytes.length) refuse(`${path} lies outside the file`);
    const target = at + this.view.getUint32(at, true);
    if (target + 4 > this.bytes.length) refuse(`${path} points outside the file`);
    return target;
  }

  private spend({ length, path }: Vector): void {
    this.budget -= length;
    if (this.budget < 0)
      refuse(`${path} overlaps what was read before: more elements than the file has bytes`);
  }
}

/** Names in .tflite files are ASCII; any other byte becomes "?". */
export function asciiText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '?')).join('');
}

function join(path: string, name: string): string {
  return path === 'root' ? name : `${path}.${name}`;
}
