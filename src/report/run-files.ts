/** A selection of runs as text files, in any of the formats. */
import type { RunRecord } from '../domain/measuring/run.ts';
import { framesCsv, stagesCsv, tableCsv } from './csv.ts';
import { latexDocument } from './latex.ts';
import { markdownDocument } from './markdown.ts';
import { reportTables } from './report-tables.ts';
import { runsJson } from './runs-json.ts';
import type { Table } from './table.ts';

export const TEXT_FORMATS = ['csv', 'json', 'markdown', 'latex'] as const;
export type TextFormat = (typeof TEXT_FORMATS)[number];

export interface TextFile {
  /** Without a folder. */
  readonly fileName: string;
  /** MIME type. */
  readonly type: string;
  readonly content: string;
}

/**
 * @param date of the export, shown in the JSON and in the titles
 * @param tables the result of reportTables(runs), for callers that already have it
 */
export function runFiles(
  runs: readonly RunRecord[],
  format: TextFormat,
  date: Date,
  tables = reportTables(runs),
): readonly TextFile[] {
  const title = `Segscope runs, ${date.toISOString().slice(0, 10)}`;
  switch (format) {
    case 'csv':
      return csvFiles(runs, tables);
    case 'json':
      return [{ fileName: 'runs.json', type: 'application/json', content: runsJson(runs, date) }];
    case 'markdown':
      return [{ fileName: 'runs.md', type: 'text/markdown', content: markdownDocument(title, tables) }];
    case 'latex':
      return [
        {
          fileName: 'runs.tex',
          type: 'application/x-tex',
          content: latexDocument(title, tables),
        },
      ];
  }
}

/** Stages and frames of all runs, and the tables that cannot be computed from those two. */
function csvFiles(runs: readonly RunRecord[], tables: readonly Table[]): readonly TextFile[] {
  const csv = (name: string, content: string): TextFile => ({
    fileName: `${name}.csv`,
    type: 'text/csv;charset=utf-8;header=present',
    content,
  });
  const others = tables.filter(({ id }) => !/^(overview|rates|stages-)/.test(id));
  return [
    csv('stages', stagesCsv(runs)),
    csv('frames', framesCsv(runs)),
    ...others.map((table) => csv(table.id, tableCsv(table))),
  ];
}
