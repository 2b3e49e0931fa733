import { expect, test } from 'vitest';
import { readGoldenJson } from '../../scripts/testing/golden.ts';
import { parseCatalogue } from './catalogue.ts';
import { parseLocalIndex } from './local-index.ts';
import { parseDescription } from './model-description.ts';

const descriptions = readGoldenJson('kept-models.json') as readonly {
  readonly entry: { readonly folder: string };
}[];

test.each(descriptions)(
  'the description of a kept model is read as it was written: $entry.folder',
  (description) => {
    expect(parseDescription(description, description.entry.folder)).toEqual(description);
  },
);

test('a catalogue of version 1 is read as it was written', () => {
  const catalogue = readGoldenJson('catalogue-1.json');
  expect(parseCatalogue(catalogue)).toEqual(catalogue);
});

test('an index of version 1 is read; a folder without a description has none', () => {
  const index = readGoldenJson('models-index-1.json') as { readonly folders: readonly object[] };
  const folders = index.folders.map((folder) => ({ described: null, ...folder }));
  expect(parseLocalIndex(index)).toEqual({ ...index, folders });
});
