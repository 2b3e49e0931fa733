/** Size of the page's JavaScript objects in bytes, without the internal data of V8 and Chromium. */
import type { DrivenPage } from './page-driver.ts';

interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[]];
    };
  };
  readonly nodes: readonly number[];
}

/**
 * Node types that are not data of the page. Machine code and feedback grow for more than 1,000 frames while V8 still
 * compiles hot functions (200 of 241 kB between frames 170 and 470), and Chromium keeps a bounded list of layout shifts.
 */
const NOT_DATA = new Set(['code', 'native', 'object shape', 'hidden', 'synthetic']);

/** Collects garbage, then sums the objects of a heap snapshot; bytes. */
export async function objectHeapBytes(devtools: DrivenPage['devtools']): Promise<number> {
  const chunks: string[] = [];
  const keep = ({ chunk }: { chunk: string }) => void chunks.push(chunk);
  devtools.on('HeapProfiler.addHeapSnapshotChunk', keep);
  try {
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  } finally {
    devtools.off('HeapProfiler.addHeapSnapshotChunk', keep);
  }
  return sumOfObjects(JSON.parse(chunks.join('')) as HeapSnapshot);
}

export function sumOfObjects({ snapshot, nodes }: HeapSnapshot): number {
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const typeAt = fields.indexOf('type');
  const sizeAt = fields.indexOf('self_size');
  if (typeAt < 0 || sizeAt < 0) throw new Error('This Chromium writes heap snapshots of an unknown kind.');
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (!NOT_DATA.has(types[0][nodes[node + typeAt] ?? -1] ?? '')) bytes += nodes[node + sizeAt] ?? 0;
  }
  return bytes;
}
