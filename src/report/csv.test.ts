import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summariseRun } from '../domain/measuring/run-summary.ts';
import { COLUMN_NAMES, DURATIONS } from '../domain/measuring/run-columns.ts';
import { HOST, makeAgentRun, makeDoubleRun, makeRun, NO_EVENTS } from '../domain/testing/run-record.ts';
import { framesCsv, stagesCsv, tableCsv } from './csv.ts';
import { count, tableOf, text, type Table } from './table.ts';
import { parseCsv } from './testing/delimited.ts';

const invalid = makeRun({ seed: 2, events: { ...NO_EVENTS, hidden: 1 }, name: 'hidden, once' });

/** Records as objects by their header. */
function records(content: string): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = parseCsv(content);
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
}

describe('stagesCsv', () => {
  test('has one row per run and duration, with the figures of the summary', () => {
    const runs = [makeRun({ seed: 1 }), invalid];
    const rows = records(stagesCsv(runs));
    expect(rows.map(({ run, stage }) => [run, stage])).toEqual(
      runs.flatMap(({ name }) => DURATIONS.map((key) => [name, key])),
    );
    runs.forEach((run, i) =>
      summariseRun(run).rows.forEach((row, at) => {
        const record = rows[i * DURATIONS.length + at];
        expect(Number(record?.['median_ms'])).toBeCloseTo(row.median, 4);
        expect(Number(record?.['p99_ms'])).toBeCloseTo(row.p99, 4);
        expect(record?.['max_1_ms']).toBe(row.max1 === null ? '' : String(row.max1));
      }),
    );
  });

  test('says on every row whether the run is valid, and why not', () => {
    const rows = records(stagesCsv([makeRun(), invalid]));
    expect(new Set(rows.map(({ run, valid }) => `${String(run)}: ${String(valid)}`))).toEqual(
      new Set(['segscope-mnv2-257 on wasm: true', 'hidden, once: false']),
    );
    expect(rows.at(-1)?.['not_valid_because']).toBe('The tab was hidden once.');
  });

  test('keeps a row for a run without frames, with n = 0 and no figures', () => {
    const rows = records(stagesCsv([makeRun({ frames: 0 })]));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ n: '0', stage: '', median_ms: '', frames_per_s: '', valid: 'false' });
  });

  test('repeats the rates on every row, and leaves a missing rate empty', () => {
    const moving = makeRun({ sourcePictures: { unique: 60, skipped: 40 } });
    expect(records(stagesCsv([moving])).every((row) => row['skipped'] === '40')).toBe(true);
    expect(records(stagesCsv([makeRun()]))[0]?.['source_pictures_per_s']).toBe('');
  });

  test('preserves a name with quotes, commas and line breaks', () => {
    const [row] = records(stagesCsv([makeRun({ name: 'a "b", c\r\nd' })]));
    expect(row?.['run']).toBe('a "b", c\r\nd');
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'stops a spreadsheet from running the name %j',
    (name) => expect(records(stagesCsv([makeRun({ name })]))[0]?.['run']).toBe(`'${name}`),
  );
});

describe('framesCsv', () =>
  test('has every counted frame with all its columns', () => {
    const run = makeRun({ frames: 3 });
    const rows = records(framesCsv([run, invalid]));
    expect(rows).toHaveLength(3 + invalid.columns.frame.length);
    for (const column of COLUMN_NAMES) {
      const values = rows.slice(0, 3).map((row) => Number(row[`${column}_ms`]));
      values.forEach((value, i) => expect(value).toBeCloseTo(run.columns[column][i] ?? NaN, 4));
    }
    expect(rows.map((row) => row['valid'])).toContain('false');
  }));

describe('tableCsv', () => {
  test('gives values unrounded, and leaves an unknown value empty', () => {
    const table: Table = {
      id: 't',
      title: 'T',
      columns: [
        { heading: 'a', kind: 'text' },
        { heading: 'b', kind: 'number' },
      ],
      rows: [
        ['x', { value: 1.23456789, text: '1.23' }],
        ['y', count(null)],
      ],
      notes: ['not in a CSV'],
    };
    expect(tableCsv(table)).toBe('a,b\r\nx,1.234568\r\ny,\r\n');
  });

  test('preserves any text', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
        const columns = [text('a', () => `x${left}`), text('b', () => `x${right}`)];
        const table = tableOf({ id: 't', title: 'T' }, [null], columns);
        expect(parseCsv(tableCsv(table))[1]).toEqual([`x${left}`, `x${right}`]);
      }),
    ));
});

describe('a run on an agent', () => {
  test('names its agent, the requested device and the device used; a run in the browser leaves them empty', () => {
    const [row] = records(stagesCsv([makeAgentRun()]));
    expect(row).toMatchObject({
      backend: 'tflite',
      agent: 'localhost:8590',
      device_asked: 'cpu',
      device_used: 'cpu',
      tail: 'cut',
      codec: 'rgb8',
    });
    const [inBrowser] = records(stagesCsv([makeRun()]));
    expect(inBrowser).toMatchObject({ agent: '', device_asked: '', device_used: '', tail: '', codec: '' });
  });

  test("includes its machine's readings; an unreported value is empty, and no throttling is a word", () => {
    const [row] = records(stagesCsv([makeAgentRun({ codec: 'jpeg85' })]));
    expect(row).toMatchObject({
      codec: 'jpeg85',
      processor_min_celsius: '51.1',
      processor_median_celsius: '52.6',
      processor_max_celsius: '54',
      cpu_min_mhz: '1500',
      cpu_max_mhz: '1800',
      throttled_while_it_ran: 'none',
    });
    const host = { ...HOST, temperature: null, throttling: null };
    const [silent] = records(stagesCsv([makeAgentRun({ host })]));
    expect(silent).toMatchObject({ processor_max_celsius: '', throttled_while_it_ran: '', valid: 'true' });
    const [none] = records(stagesCsv([makeAgentRun({ host: null })]));
    expect(Object.keys(none ?? {})).toEqual(Object.keys(row ?? {}));
  });

  test('says TEST DOUBLE in every row if it ran on one', () => {
    const run = makeDoubleRun({ name: 'mine' });
    for (const row of records(stagesCsv([run]))) {
      expect(row).toMatchObject({ run: 'mine [TEST DOUBLE]', device_used: 'TEST DOUBLE' });
    }
    for (const row of records(framesCsv([run]))) expect(row['run']).toBe('mine [TEST DOUBLE]');
  });
});
