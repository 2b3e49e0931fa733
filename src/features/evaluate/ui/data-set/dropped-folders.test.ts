import { describe, expect, test } from 'vitest';
import { sortDropped } from './dropped-folders.ts';

const entry = (name: string, isDirectory: boolean) =>
  ({ name, isDirectory, isFile: !isDirectory }) as FileSystemEntry;
const folder = (name: string) => entry(name, true);
const file = (name: string) => new File(['x'], name);

describe('what is dropped on the Evaluate view', () => {
  test('is a data set when it is one folder', () => {
    const voc = folder('VOC2012');
    expect(sortDropped([voc], [])).toEqual({ kind: 'folder', source: { kind: 'entry', entry: voc } });
  });

  test.each([
    [['photos', 'masks'], 'photos'],
    [['SegmentationClass', 'JPEGImages'], 'JPEGImages'],
    [['one', 'two'], 'one'],
  ])('is pictures and masks when it is the two folders %j: %s holds the pictures', (names, images) => {
    const dropped = sortDropped(names.map(folder), []);
    expect(dropped).toMatchObject({ kind: 'two-folders', images: { entry: { name: images } } });
  });

  test('is a data set when it is one zip', () => {
    const zip = file('voc.zip');
    expect(sortDropped([entry('voc.zip', false)], [zip])).toEqual({
      kind: 'folder',
      source: { kind: 'zip', file: zip },
    });
  });

  test('is a mapping when it is one JSON file', () => {
    const json = file('cityscapes.json');
    expect(sortDropped([entry('cityscapes.json', false)], [json])).toEqual({ kind: 'mapping', file: json });
  });

  test('is nothing when nothing was dropped', () => expect(sortDropped([], [])).toEqual({ kind: 'nothing' }));
});
