import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { listZip } from './zip-archive.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const fileOf = (bytes: Uint8Array<ArrayBuffer>) => new File([bytes], 'voc.zip');
const zip = () =>
  zipSync({
    'voc/JPEGImages/a.jpg': [bytesOf('picture'), { level: 0 }],
    'voc/SegmentationClass/a.png': [bytesOf('mask '.repeat(500)), { level: 9 }],
    'voc/empty/': new Uint8Array(0),
  });

describe('a zip', () => {
  test('lists its files without its folders', async () => {
    const files = await listZip(fileOf(zip()));
    expect(files.map(({ path }) => path)).toEqual(['voc/JPEGImages/a.jpg', 'voc/SegmentationClass/a.png']);
  });

  test('reads stored and deflated files completely', async () => {
    const files = await listZip(fileOf(zip()));
    const texts = await Promise.all(files.map(async (file) => (await file.open()).text()));
    expect(texts).toEqual(['picture', 'mask '.repeat(500)]);
  });

  test('is read with a comment at its end', async () => {
    const plain = zip();
    const comment = bytesOf('made by hand');
    const commented = Uint8Array.from([...plain, ...comment]);
    new DataView(commented.buffer).setUint16(plain.length - 2, comment.length, true);
    expect(await listZip(fileOf(commented))).toHaveLength(2);
  });

  test('that is truncated, damaged or not a zip is refused, and the error says why', async () => {
    await expect(listZip(fileOf(bytesOf('no zip')))).rejects.toThrow('it is not a zip');
    await expect(listZip(fileOf(zip().slice(0, -30)))).rejects.toThrow('voc.zip');
    const damaged = zip();
    const directory = new DataView(damaged.buffer).getUint32(damaged.length - 6, true);
    damaged[directory] = 0;
    await expect(listZip(fileOf(damaged))).rejects.toThrow('directory is damaged');
  });

  test('over 4 GB is refused', async () => {
    const large = zip();
    new DataView(large.buffer).setUint32(large.length - 6, 0xffffffff, true);
    await expect(listZip(fileOf(large))).rejects.toThrow('4 GB');
  });

  test('with a damaged, encrypted or misplaced entry is listed, and only that entry is refused', async () => {
    const damaged = zip();
    // The first entry's local header.
    damaged[0] = 0;
    const [first, second] = await listZip(fileOf(damaged));
    await expect(first?.open()).rejects.toThrow('something else');
    expect(await (await second?.open())?.text()).toBe('mask '.repeat(500));
    const encrypted = zip();
    const directory = new DataView(encrypted.buffer).getUint32(encrypted.length - 6, true);
    encrypted[directory + 8] = 1;
    await expect((await listZip(fileOf(encrypted)))[0]?.open()).rejects.toThrow('encrypted');
  });
});
