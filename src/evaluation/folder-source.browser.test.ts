import { describe, expect, test } from 'vitest';
import { listFolder, type FolderSource } from './folder-source.ts';

const { signal } = new AbortController();
const pathsOf = async (source: FolderSource) =>
  (await listFolder(source, () => undefined, signal)).files.map(({ path }) => path).sort();

async function temporaryFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('voc', { create: true });
  const pictures = await folder.getDirectoryHandle('JPEGImages', { create: true });
  const file = await pictures.getFileHandle('a.jpg', { create: true });
  const writable = await file.createWritable();
  await writable.write('picture');
  await writable.close();
  await folder.getFileHandle('val.txt', { create: true });
  return folder;
}

describe('a folder', () => {
  test('is walked down to its files, which open on demand', async () => {
    const handle = await temporaryFolder();
    const { name, files, skipped } = await listFolder({ kind: 'handle', handle }, () => undefined, signal);
    expect(name).toBe('voc');
    expect(skipped).toEqual([]);
    expect(files.map(({ path }) => path).sort()).toEqual(['JPEGImages/a.jpg', 'val.txt']);
    const picture = files.find(({ path }) => path.endsWith('.jpg'));
    expect(await (await picture?.open())?.text()).toBe('picture');
  });

  test('that is missing or forbidden is reported, and the rest is read', async () => {
    const handle = await temporaryFolder();
    const forbidden = await handle.getDirectoryHandle('JPEGImages');
    await handle.removeEntry('JPEGImages', { recursive: true });
    const gone = await listFolder({ kind: 'handle', handle: forbidden }, () => undefined, signal);
    expect(gone.files).toEqual([]);
    expect(gone.skipped).toEqual([
      {
        name: 'JPEGImages',
        reason: 'no-permission',
        sentence: expect.stringContaining('cannot be read') as string,
      },
    ]);
    expect(await pathsOf({ kind: 'handle', handle })).toEqual(['val.txt']);
  });

  test('chosen through an input keeps the paths below it', async () => {
    const file = new File(['x'], 'a.jpg');
    Object.defineProperty(file, 'webkitRelativePath', { value: 'VOC2012/JPEGImages/a.jpg' });
    const { name, files } = await listFolder({ kind: 'files', files: [file] }, () => undefined, signal);
    expect(name).toBe('VOC2012');
    expect(files.map(({ path }) => path)).toEqual(['VOC2012/JPEGImages/a.jpg']);
  });

  test('without files has none', async () => {
    expect(await pathsOf({ kind: 'files', files: [] })).toEqual([]);
  });

  test('stops when it is aborted', async () => {
    const files = Array.from({ length: 1000 }, (_, i) => new File([''], `${i}.jpg`));
    const controller = new AbortController();
    let seen = 0;
    const listing = listFolder(
      { kind: 'files', files },
      (count) => {
        seen = count;
        controller.abort();
      },
      controller.signal,
    );
    await expect(listing).rejects.toThrow();
    expect(seen).toBeLessThan(1000);
  });
});
