import { describe, expect, test } from 'vitest';
import { HOST, makeAgentRun, makeRun, NO_EVENTS } from '../domain/testing/run-record.ts';
import { latexTable } from './latex.ts';
import { markdownTable } from './markdown.ts';
import { reportTables } from './report-tables.ts';
import { INVALID_MARK } from './run-label.ts';
import { cellText, type Table } from './table.ts';
import { parseLatexTable, parseMarkdownRow } from './testing/delimited.ts';

const good = makeRun({ seed: 1, name: 'good' });
const bad = makeRun({ seed: 2, name: 'bad', backend: 'webgl', events: { ...NO_EVENTS, hidden: 2 } });
const tables = reportTables([good, bad]);

const byId = (id: string): Table => {
  const table = tables.find((one) => one.id === id);
  if (table === undefined) throw new Error(`There is no table "${id}".`);
  return table;
};
const texts = (table: Table) => table.rows.map((row) => row.map(cellText));

describe('the tables of a report', () => {
  test('have as many cells in every row as columns, and unique ids', () => {
    for (const { rows, columns } of tables) {
      expect(rows.every((row) => row.length === columns.length)).toBe(true);
    }
    expect(new Set(tables.map(({ id }) => id)).size).toBe(tables.length);
    expect(tables.every(({ id }) => /^[a-z0-9-]+$/.test(id))).toBe(true);
  });

  test('mark the invalid run wherever it appears, and mark no valid run', () => {
    const mentioned = tables.flatMap((table) => [table.title, ...texts(table).flat()]);
    const of = (name: string) => mentioned.filter((words) => new RegExp(`\\b${name}\\b`).test(words));
    expect(of('bad').length).toBeGreaterThan(10);
    expect(of('bad').every((words) => words.includes(INVALID_MARK))).toBe(true);
    expect(of('good').some((words) => words.includes(INVALID_MARK))).toBe(false);
  });

  test('say below every table of figures why the run is not valid', () => {
    for (const id of ['overview', 'rates', 'stages-2', 'cold', 'comparison', 'references-2', 'accuracy']) {
      expect(byId(id).notes.join(' ')).toContain('The tab was hidden 2 times.');
    }
    expect(byId('stages-1').notes.join(' ')).not.toContain('hidden');
  });

  test('answer every check of every run in words', () => {
    expect(texts(byId('validity'))).toHaveLength(14);
    expect(texts(byId('validity'))).toContainEqual([
      `bad ${INVALID_MARK}`,
      'tab-visible',
      'no',
      'The tab was hidden 2 times.',
    ]);
  });

  test('compare every run with the first, and say whether noise could explain the difference', () => {
    const { rows, title, notes } = byId('comparison');
    expect(title).toBe('Medians against good');
    expect(rows).toHaveLength(5);
    // Two draws of one series: every stage matches.
    expect(rows.map((row) => row.at(-1))).toEqual(['no', 'no', 'no', 'no', 'no']);
    expect(notes.join(' ')).toContain('Other backend: wasm and webgl.');
  });

  test('have no comparison for a single run, and no accuracy for a model outside the catalogue', () => {
    const ids = reportTables([makeRun({ modelId: 'my-own' })]).map(({ id }) => id);
    expect(ids).not.toContain('comparison');
    expect(ids).not.toContain('accuracy');
  });

  test('number each warning once and cite it by its number', () => {
    const { rows, notes } = byId('references-1');
    const named = rows.flatMap((row) => cellText(row.at(-1) ?? '').split(', ')).filter((word) => word !== '');
    const numbers = notes.map((note) => /^\((\d+)\) /.exec(note)?.[1]);
    expect(new Set(named)).toEqual(new Set(numbers));
    expect(new Set(notes.map((note) => note.replace(/^\(\d+\) /, ''))).size).toBe(notes.length);
  });

  test("list a model's file once, with its whole SHA-256", () =>
    expect(texts(byId('model-files'))).toEqual([
      ['segscope-mnv2-257', 'model.json', '61824', 'ab'.repeat(32)],
      ['segscope-mnv2-257', 'group1-shard1of1.bin', '4227312', 'cd'.repeat(32)],
    ]));

  test("name the codec and the machines' readings for runs on agents", () => {
    const during = ['throttled', 'soft temperature limit'] as const;
    const host = { ...HOST, throttling: { during, sinceBoot: during }, cpuMegahertz: null };
    const runs = [makeAgentRun({ name: 'hot', codec: 'jpeg85', host }), makeRun({ seed: 2 })];
    const all = reportTables(runs);
    const machines = all.find(({ id }) => id === 'machines');
    expect(machines === undefined ? [] : texts(machines)).toEqual([
      [
        ...['hot [not valid]', '12', '51.1', '52.6', '54.0', '–', '–'],
        ...['throttled, soft temperature limit', 'throttled, soft temperature limit', '2870'],
      ],
    ]);
    expect(machines?.notes.join(' ')).toContain(
      'throttled during the run (throttled, soft temperature limit)',
    );
    const overview = all.find(({ id }) => id === 'overview');
    expect(overview?.rows.map((row) => row[2])).toEqual(['tflite, CPU, JPEG 85', 'wasm']);
    expect(JSON.stringify(all)).toContain('jpeg85: JPEG of quality 0.85, which changes labels');
    expect(reportTables([makeRun()]).map(({ id }) => id)).not.toContain('machines');
  });

  test('show no figure for a run without frames', () => {
    const empty = reportTables([makeRun({ frames: 0 })]);
    expect(empty.find(({ id }) => id === 'stages-1')?.rows).toEqual([]);
    const overview = empty.find(({ id }) => id === 'overview')?.rows[0]?.map(cellText);
    expect(overview?.filter((words) => words === '–')).toHaveLength(5);
  });

  test('read the same from Markdown and from LaTeX', () => {
    for (const table of tables) {
      const expected = texts(table);
      const lines = markdownTable(table).split('\n');
      expect(lines.slice(4, 4 + expected.length).map(parseMarkdownRow)).toEqual(expected);
      const printed = expected.map((row) =>
        row.map((cell, at) => (table.columns[at]?.kind === 'number' ? cell.replace('–', '--') : cell)),
      );
      expect(parseLatexTable(latexTable(table)).rows.slice(1)).toEqual(printed);
    }
  });
});
