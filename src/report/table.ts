/** A table without a format: CSV, Markdown, LaTeX and HTML are all made from it. */
import {
  formatMs,
  formatPercent,
  formatRate,
  formatRatio,
  formatSignedMs,
  percentOf,
  UNKNOWN,
} from '../domain/quantity.ts';

export interface Quantity {
  /** null if unknown. */
  readonly value: number | null;
  /** As printed: digits only, or UNKNOWN. */
  readonly text: string;
}

const quantity =
  (print: (known: number) => string) =>
  (value: number | null): Quantity =>
    value === null || !Number.isFinite(value)
      ? { value: null, text: UNKNOWN }
      : { value, text: print(value) };

export const milliseconds = quantity(formatMs);
/** Always printed with its sign. */
export const signedMilliseconds = quantity(formatSignedMs);
/** Events per second. */
export const rate = quantity(formatRate);
export const ratio = quantity(formatRatio);
/** A whole number. */
export const count = quantity((value) => value.toFixed(0));
/** Degrees Celsius. */
export const degrees = quantity((celsius) => celsius.toFixed(1));

/** A share 0..1, in percent. */
export function percent(share01: number | null): Quantity {
  const { value, text } = quantity(formatPercent)(share01);
  return { value: value === null ? null : percentOf(value), text };
}

export type Cell = string | Quantity;

export interface Column {
  /** With its unit in parentheses: "median (ms)". */
  readonly heading: string;
  /** 'prose' may be long and wraps; 'code' is a checksum or an id and may break anywhere. */
  readonly kind: 'text' | 'prose' | 'code' | 'number';
}

export interface Table {
  /** Unique within a report; letters, digits and hyphens: file name and LaTeX label. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** As many cells as there are columns. */
  readonly rows: readonly (readonly Cell[])[];
  /** Sentences below the table. */
  readonly notes: readonly string[];
}

/** A column with the cell that it prints for a row. */
export interface ColumnOf<Row> extends Column {
  readonly value: (row: Row) => Cell;
}

type ColumnMaker = <Row>(heading: string, value: (row: Row) => Cell) => ColumnOf<Row>;

const columnMaker =
  (kind: Column['kind']): ColumnMaker =>
  (heading, value) => ({ heading, kind, value });

export const text = columnMaker('text');
export const prose = columnMaker('prose');
export const code = columnMaker('code');
export const number = columnMaker('number');

export function tableOf<Row>(
  head: Pick<Table, 'id' | 'title'>,
  rows: readonly Row[],
  columns: readonly ColumnOf<Row>[],
  notes: readonly string[] = [],
): Table {
  return {
    ...head,
    columns: columns.map(({ heading, kind }) => ({ heading, kind })),
    rows: rows.map((row) => columns.map(({ value }) => value(row))),
    notes,
  };
}

/** The printed text of a cell. */
export function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
