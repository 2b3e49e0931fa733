import { gzipSync } from 'fflate';
import { packTar } from 'modern-tar';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../domain/problems/problem.ts';
import { unpackArchive } from './unpack-archive.ts';

const GRAPH = Uint8Array.of(1, 2, 3, 4, 5);

function tar(entries: Readonly<Record<string, Uint8Array<ArrayBuffer>>>) {
  return packTar(
    Object.entries(entries).map(([name, body]) => ({
      header: { name, size: body.length, type: 'file' },
      body,
    })),
  );
}

const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));

describe('unpackArchive', () => {
  test.each(['.tar', '.tar.gz'])(
    'takes the frozen graph out of a %s and leaves the checkpoint',
    async (ending) => {
      const packed = await tar({
        'deeplab/model.ckpt.index': new Uint8Array(2000),
        'deeplab/frozen_inference_graph.pb': GRAPH,
      });
      const bytes = ending === '.tar' ? packed : gzip(packed);
      const files = await unpackArchive({ path: `deeplab${ending}`, bytes });
      expect(files).toEqual([{ path: 'deeplab/frozen_inference_graph.pb', bytes: GRAPH }]);
    },
  );

  test('returns a file that is not an archive', async () => {
    const file = { path: 'frozen_inference_graph.pb', bytes: GRAPH };
    expect(await unpackArchive(file)).toEqual([file]);
  });

  test('takes the gzip off a single file', async () => {
    const files = await unpackArchive({ path: 'a.pb.gz', bytes: gzip(GRAPH) });
    expect(files).toEqual([{ path: 'a.pb', bytes: GRAPH }]);
  });

  test('refuses an archive without a network', async () => {
    const bytes = await tar({ 'notes.txt': GRAPH });
    await expect(unpackArchive({ path: 'a.tar', bytes })).rejects.toThrow(ProblemError);
  });

  test('refuses a truncated archive', async () => {
    const whole = gzip(
      await tar({ 'frozen_inference_graph.pb': new Uint8Array(100_000).map((_, i) => (i * i) % 251) }),
    );
    for (let length = 20; length < whole.length; length += 7) {
      const bytes = whole.slice(0, length);
      await expect(unpackArchive({ path: 'a.tar.gz', bytes })).rejects.toMatchObject({
        problem: { kind: 'import-damaged', fileName: 'a.tar.gz' },
      });
    }
  });
});
