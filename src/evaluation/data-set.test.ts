import { describe, expect, test } from 'vitest';
import { readTwoFolders, readVocFolder } from './data-set.ts';
import { filesOf } from './testing/files.ts';

const VOC = 'VOCdevkit/VOC2012';

describe('a folder in VOC layout', () => {
  test('pairs pictures and masks by name, at any depth, and ignores other files', async () => {
    const set = await readVocFolder(
      filesOf(
        `${VOC}/JPEGImages/b.jpg`,
        `${VOC}/JPEGImages/a.jpg`,
        `${VOC}/SegmentationClass/a.png`,
        `${VOC}/SegmentationClass/b.png`,
        `${VOC}/SegmentationObject/a.png`,
        `${VOC}/Annotations/a.xml`,
        `${VOC}/JPEGImages/.DS_Store`,
        `__MACOSX/JPEGImages/._a.jpg`,
      ),
    );
    expect(set.pairs.map(({ name, picture, mask }) => [name, picture.path, mask.path])).toEqual([
      ['a', `${VOC}/JPEGImages/a.jpg`, `${VOC}/SegmentationClass/a.png`],
      ['b', `${VOC}/JPEGImages/b.jpg`, `${VOC}/SegmentationClass/b.png`],
    ]);
    expect(set.skipped).toEqual([]);
  });

  test('of 100,000 files is paired without opening any of them', async () => {
    const open = () => Promise.reject(new Error('It was opened.'));
    const names = Array.from({ length: 50_000 }, (_, i) => String(i).padStart(6, '0'));
    const { pairs, skipped } = await readVocFolder([
      ...names.map((name) => ({ path: `V/JPEGImages/${name}.jpg`, open })),
      ...names.map((name, i) => ({
        path: `V/SegmentationClass/${i % 10 === 0 ? `x${name}` : name}.png`,
        open,
      })),
    ]);
    expect(pairs).toHaveLength(45_000);
    expect(pairs[0]?.name).toBe('000001');
    expect(skipped).toHaveLength(10_000);
  });

  test('reads its lists in their own order, windows line ends and blank lines among them', async () => {
    const { lists, skipped } = await readVocFolder(
      filesOf(
        'V/JPEGImages/a.jpg',
        'V/JPEGImages/b.jpg',
        'V/SegmentationClass/a.png',
        'V/SegmentationClass/b.png',
        ['V/ImageSets/Segmentation/val.txt', 'b\r\na\r\n\r\n'],
        ['V/ImageSets/Segmentation/train.txt', 'a\nz\n'],
        ['V/ImageSets/Main/cat_val.txt', 'a -1'],
      ),
    );
    expect(lists.map(({ name, pairs }) => [name, pairs.map((pair) => pair.name)])).toEqual([
      ['val', ['b', 'a']],
      ['train', ['a']],
    ]);
    expect(skipped).toEqual([
      { name: 'z', reason: 'listed-but-missing', sentence: expect.stringContaining('"train"') as string },
    ]);
  });

  test('reads a text file beside its folders as a list only if it names pictures', async () => {
    const { lists } = await readVocFolder(
      filesOf(
        'V/JPEGImages/a.jpg',
        'V/SegmentationClass/a.png',
        ['V/val.txt', 'a\n'],
        ['V/SOURCES.txt', 'Pictures by their owners.'],
      ),
    );
    expect(lists.map(({ name }) => name)).toEqual(['val']);
  });

  test('reports pictures and masks without a partner, and continues', async () => {
    const { pairs, skipped } = await readVocFolder(
      filesOf(
        'JPEGImages/a.jpg',
        'JPEGImages/lonely.jpg',
        'SegmentationClass/a.png',
        'SegmentationClass/blind.png',
      ),
    );
    expect(pairs).toHaveLength(1);
    expect(skipped.map(({ name, reason }) => [name, reason])).toEqual([
      ['lonely', 'no-mask'],
      ['blind', 'no-picture'],
    ]);
  });

  test('leaves out names that several files share', async () => {
    const { pairs, skipped } = await readVocFolder(
      filesOf('JPEGImages/a.jpg', 'JPEGImages/a.png', 'SegmentationClass/a.png'),
    );
    expect(pairs).toEqual([]);
    expect(skipped.map(({ reason }) => reason)).toEqual(['ambiguous-name', 'no-picture']);
  });

  test('of 100,000 files is read without opening any', async () => {
    const files = Array.from({ length: 50_000 }, (_, i) => [
      `V/JPEGImages/${i}.jpg`,
      `V/SegmentationClass/${i}.png`,
    ]).flat();
    const unopened = files.map((path) => ({ path, open: () => Promise.reject(new Error('opened')) }));
    expect((await readVocFolder(unopened)).pairs).toHaveLength(50_000);
  });
});

describe('two folders', () => {
  test('pair Cityscapes pictures with their label images, not with the colours beside them', async () => {
    const { pairs, skipped } = await readTwoFolders(
      filesOf('leftImg8bit/val/ulm/ulm_000001_leftImg8bit.png'),
      filesOf(
        'gtFine/val/ulm/ulm_000001_gtFine_color.png',
        'gtFine/val/ulm/ulm_000001_gtFine_instanceIds.png',
        'gtFine/val/ulm/ulm_000001_gtFine_labelIds.png',
        'gtFine/val/ulm/ulm_000001_gtFine_polygons.json',
      ),
    );
    expect(pairs.map(({ name, mask }) => [name, mask.path])).toEqual([
      ['ulm_000001', 'gtFine/val/ulm/ulm_000001_gtFine_labelIds.png'],
    ]);
    expect(skipped).toEqual([]);
  });

  test('give no pair if the names differ', async () => {
    const { pairs, skipped } = await readTwoFolders(filesOf('in/a.jpg'), filesOf('out/b.png'));
    expect(pairs).toEqual([]);
    expect(skipped.map(({ reason }) => reason)).toEqual(['no-mask', 'no-picture']);
  });
});
