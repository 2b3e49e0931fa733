import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeMarkdown, markdownDocument, markdownTable } from './markdown.ts';
import { count, type Table } from './table.ts';
import { parseMarkdownRow } from './testing/delimited.ts';

const table = (cell: string): Table => ({
  id: 't',
  title: 'Runs',
  columns: [
    { heading: 'run', kind: 'text' },
    { heading: 'n', kind: 'number' },
  ],
  rows: [[cell, count(20)]],
  notes: ['[not valid] because | of this'],
});

describe('markdownTable', () => {
  test('is a GitHub table with right-aligned numbers and its notes below', () =>
    expect(markdownTable(table('dm05_coco on wasm'))).toBe(
      [
        '## Runs',
        '',
        '| run | n |',
        '| :--- | ---: |',
        '| dm05_coco on wasm | 20 |',
        '',
        '- \\[not valid\\] because \\| of this',
      ].join('\n'),
    ));

  test('keeps any text in its cell and reads it back unchanged; only line breaks become spaces', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (content) => {
        const row = markdownTable(table(content)).split('\n')[4] ?? '';
        expect(parseMarkdownRow(row)).toEqual([content.replace(/[\r\n]+/g, ' '), '20']);
      }),
    ));
});

describe('escapeMarkdown', () => {
  test('stops emphasis, links, code, HTML and strikethrough', () =>
    expect(escapeMarkdown('*a* _b_ `c` [d](e) <i> ~~f~~ a|b \\')).toBe(
      '\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<i\\> \\~\\~f\\~\\~ a\\|b \\\\',
    ));

  test('leaves the underscores of a model id alone', () =>
    expect(escapeMarkdown('mobilenetv2_dm05_coco')).toBe('mobilenetv2_dm05_coco'));
});

test('a document has one heading, then its tables', () => {
  const lines = markdownDocument('Segscope runs', [table('a'), table('b')]).split('\n');
  expect(lines.filter((line) => line.startsWith('#'))).toEqual(['# Segscope runs', '## Runs', '## Runs']);
});
