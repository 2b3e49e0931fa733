import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeLatex, latexDocument, latexTable } from './latex.ts';
import { count, milliseconds, signedMilliseconds, type Cell, type Table } from './table.ts';
import { parseLatexTable } from './testing/delimited.ts';

const table = (rows: readonly (readonly Cell[])[]): Table => ({
  id: 'stages-1',
  title: 'Stages of a_b, 100 %',
  columns: [
    { heading: 'stage', kind: 'text' },
    { heading: 'median (ms)', kind: 'number' },
  ],
  rows,
  notes: ['50 % & more'],
});
const spec = (rows: readonly (readonly Cell[])[]) =>
  /S\[table-format=([^\]]*)\]/.exec(latexTable(table(rows)))?.[1];

describe('latexTable', () => {
  test('has booktabs rules, a caption and a label', () => {
    const lines = latexTable(table([['inference', milliseconds(40)]])).split('\n');
    expect(lines).toEqual([
      '\\begin{table}[htbp]',
      '\\centering',
      '\\caption{Stages of a\\_b, 100 \\%}\\label{tab:stages-1}',
      '\\begin{tabular}{lS[table-format=2.1]}',
      '\\toprule',
      'stage & {median (ms)} \\\\',
      '\\midrule',
      'inference & 40.0 \\\\',
      '\\bottomrule',
      '\\end{tabular}',
      '\\par\\footnotesize 50 \\% \\& more',
      '\\end{table}',
    ]);
  });

  test('writes numbers for siunitx, and an unknown value in braces', () => {
    const { rows } = parseLatexTable(
      latexTable(
        table([
          ['a', milliseconds(6250)],
          ['b', milliseconds(null)],
        ]),
      ),
    );
    expect(rows.slice(1)).toEqual([
      ['a', '6250'],
      ['b', '--'],
    ]);
    expect(latexTable(table([['b', milliseconds(null)]]))).toContain('b & {--} \\\\');
  });

  test('leaves room in a column for the widest number, its decimals and its sign', () => {
    expect(
      spec([
        ['a', milliseconds(713.2)],
        ['b', milliseconds(0.35)],
      ]),
    ).toBe('3.2');
    expect(
      spec([
        ['a', signedMilliseconds(-48.21)],
        ['b', signedMilliseconds(1234)],
      ]),
    ).toBe('+4.1');
    expect(spec([['a', count(20)]])).toBe('2');
    expect(spec([['a', milliseconds(null)]])).toBe('1');
  });

  test('keeps any text in its cell and prints it unchanged; control characters become spaces', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (content) => {
        const { rows } = parseLatexTable(latexTable(table([[`x${content}x`, count(1)]])));
        const printed = `x${content}x`.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
        expect(rows[1]).toEqual([printed, '1']);
      }),
    ));

  test('does not let a row that begins with a bracket become an argument of the row break', () => {
    const content = latexTable(
      table([
        ['[not valid] run', count(1)],
        ['*', count(2)],
      ]),
    );
    expect(content).toContain('\n{}[not valid] run & 1 \\\\');
    expect(content).toContain('\n{}* & 2 \\\\');
    expect(parseLatexTable(content).rows[1]?.[0]).toBe('[not valid] run');
  });

  test('lets a checksum break, and reads it back whole', () => {
    const sum = 'ab'.repeat(32);
    const files: Table = {
      ...table([]),
      columns: [
        { heading: 'file', kind: 'text' },
        { heading: 'SHA-256', kind: 'code' },
      ],
      rows: [['a', sum]],
    };
    expect(latexTable(files)).toContain('\\texttt{abababab\\allowbreak{}abababab');
    expect(parseLatexTable(latexTable(files)).rows[1]).toEqual(['a', sum]);
  });

  test('breaks a long table over pages, and repeats its head', () => {
    const content = latexTable(table(Array.from({ length: 41 }, (_, i) => [`run ${i}`, count(i)])));
    expect(content).toContain('\\begin{longtable}');
    expect(content).toContain('\\endhead');
    expect(parseLatexTable(content).rows).toHaveLength(42);
  });
});

describe('escapeLatex', () =>
  test('prints every special character as itself', () =>
    expect(escapeLatex('& % $ # _ { } ~ ^ \\')).toBe(
      '\\& \\% \\$ \\# \\_ \\{ \\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}',
    )));

test('the document names its packages, and its title cannot leave the comment', () => {
  const content = latexDocument('runs\n\\input{/etc/passwd}', [table([['a', count(1)]])]);
  expect(content).toContain('\\usepackage{booktabs}');
  expect(content).toContain('\\usepackage{siunitx}');
  expect(content.split('\n').filter((line) => line.includes('passwd'))).toEqual([
    expect.stringMatching(/^%/),
  ]);
});
