/** Reads a zip without holding it in memory: the directory at its end first, then one entry at a time. */
import { ProblemError } from '../domain/problems/problem.ts';

/** Signatures and sizes of PKWARE's APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16. */
const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
/** Longest comment after the end record, bytes. */
const LONGEST_COMMENT = 0xffff;
/** As a size or offset it means that the real value is in a zip64 record. */
const IN_ZIP64 = 0xffffffff;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/** A file that is opened on demand. */
export interface DataSetFile {
  /** Folders and name, with slashes. */
  readonly path: string;
  /** @throws DOMException, Error if it is missing, forbidden or damaged */
  open(): Promise<Blob>;
}

interface ZipEntry {
  readonly path: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly compressedBytes: number;
  readonly localOffset: number;
}

/**
 * The files of the archive, folders left out, in the order of its directory.
 * @throws ProblemError dataset-unreadable
 */
export async function listZip(archive: File): Promise<readonly DataSetFile[]> {
  const unreadable = (detail: string) =>
    new ProblemError({ kind: 'dataset-unreadable', name: archive.name, detail });
  const tailStart = Math.max(0, archive.size - END_BYTES - LONGEST_COMMENT);
  const tail = await viewOf(archive, tailStart, archive.size);
  const end = findEnd(tail);
  if (end === null) throw unreadable('it is not a zip, or its end is missing');
  const bytes = tail.getUint32(end + 12, true);
  const offset = tail.getUint32(end + 16, true);
  if (offset === IN_ZIP64 || bytes === IN_ZIP64) throw unreadable('zips over 4 GB are not read; unpack it');
  if (offset + bytes > archive.size) throw unreadable('its directory lies outside the file');
  const directory = await viewOf(archive, offset, offset + bytes);
  const entries = readDirectory(directory);
  if (entries === null) throw unreadable('its directory is damaged');
  return entries
    .filter(({ path }) => !path.endsWith('/'))
    .map((entry) => ({ path: entry.path, open: () => openEntry(archive, entry) }));
}

async function viewOf(archive: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await archive.slice(from, to).arrayBuffer());
}

function findEnd(tail: DataView): number | null {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) === END_SIGNATURE) return at;
  }
  return null;
}

function readDirectory(directory: DataView): readonly ZipEntry[] | null {
  const entries: ZipEntry[] = [];
  const names = new TextDecoder();
  for (let at = 0; at + ENTRY_BYTES <= directory.byteLength;) {
    if (directory.getUint32(at, true) !== ENTRY_SIGNATURE) return null;
    const nameBytes = directory.getUint16(at + 28, true);
    const next =
      at + ENTRY_BYTES + nameBytes + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
    if (next > directory.byteLength) return null;
    entries.push({
      path: names.decode(new Uint8Array(directory.buffer, at + ENTRY_BYTES, nameBytes)),
      encrypted: (directory.getUint16(at + 8, true) & ENCRYPTED) !== 0,
      method: directory.getUint16(at + 10, true),
      compressedBytes: directory.getUint32(at + 20, true),
      localOffset: directory.getUint32(at + 42, true),
    });
    at = next;
  }
  return entries;
}

/** @throws Error with one phrase about what is wrong with the entry */
async function openEntry(archive: File, entry: ZipEntry): Promise<Blob> {
  const { localOffset, compressedBytes, method } = entry;
  if (entry.encrypted) throw new Error('it is encrypted');
  if (localOffset === IN_ZIP64 || compressedBytes === IN_ZIP64) throw new Error('it lies beyond 4 GB');
  const local = await viewOf(archive, localOffset, localOffset + LOCAL_BYTES);
  if (local.byteLength < LOCAL_BYTES || local.getUint32(0, true) !== LOCAL_SIGNATURE) {
    throw new Error('there is something else at its position in the zip');
  }
  const start = localOffset + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
  const packed = archive.slice(start, start + compressedBytes);
  if (packed.size < compressedBytes) throw new Error('the zip ends within it');
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw new Error(`it is compressed with the unknown method ${method}`);
  return new Response(packed.stream().pipeThrough(new DecompressionStream('deflate-raw'))).blob();
}
