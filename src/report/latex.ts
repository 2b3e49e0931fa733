/** Tables of a report as LaTeX: booktabs rules, numbers in siunitx S columns. */
import { UNKNOWN } from '../domain/quantity.ts';
import { cellText, type Cell, type Column, type Table } from './table.ts';

/** A longer table breaks over pages. */
const LONGEST_FLOAT = 40;

/** Tables for \input; the comment at the top names the packages they need. */
export function latexDocument(title: string, tables: readonly Table[]): string {
  const head = [
    `% ${title.replace(/[\r\n]+/g, ' ')}`,
    '% Needs \\usepackage[T1]{fontenc} \\usepackage{booktabs} \\usepackage{longtable} \\usepackage{siunitx}',
    '% Numbers are in S columns: \\sisetup{output-decimal-marker={,}} prints them with a comma.',
  ].join('\n');
  return [head, ...tables.map(latexTable)].join('\n\n') + '\n';
}

export function latexTable(table: Table): string {
  const long = table.rows.length > LONGEST_FLOAT;
  const caption = `\\caption{${escapeLatex(table.title)}}\\label{tab:${table.id}}`;
  const spec = table.columns.map((column, at) =>
    columnSpec(
      column,
      table.rows.map((row) => row[at] ?? ''),
    ),
  );
  const heading = table.columns.map(({ heading: words, kind }) =>
    kind === 'number' ? `{${escapeLatex(words)}}` : escapeLatex(words),
  );
  const rows = table.rows.map((row) => line(row.map((cell, at) => latexCell(cell, table.columns[at]))));
  const notes = table.notes.map((note) => `\\par\\footnotesize ${escapeLatex(note)}`);
  const body = ['\\toprule', line(heading), '\\midrule'];
  if (long) {
    return [
      `\\begin{longtable}{${spec.join('')}}`,
      `${caption}\\\\`,
      ...body,
      '\\endhead',
      ...rows,
      '\\bottomrule',
      '\\end{longtable}',
      ...notes,
    ].join('\n');
  }
  return [
    '\\begin{table}[htbp]',
    '\\centering',
    caption,
    `\\begin{tabular}{${spec.join('')}}`,
    ...body,
    ...rows,
    '\\bottomrule',
    '\\end{tabular}',
    ...notes,
    '\\end{table}',
  ].join('\n');
}

/**
 * LaTeX's special characters, escaped so that they print as themselves; control characters and line breaks become
 * spaces.
 */
export function escapeLatex(content: string): string {
  return content
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\\{}&%$#_~^]/g, (character) => ESCAPES[character] ?? `\\${character}`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** LaTeX would read a row that begins with "[" or "*" as an argument of the row break before it. */
function line(cells: readonly string[]): string {
  const content = cells.join(' & ');
  return `${/^[[*]/.test(content) ? '{}' : ''}${content} \\\\`;
}

function latexCell(cell: Cell, column: Column | undefined): string {
  if (typeof cell !== 'string') return cell.text === UNKNOWN ? '{--}' : cell.text;
  if (column?.kind === 'number') return `{${escapeLatex(cell)}}`;
  if (column?.kind !== 'code') return escapeLatex(cell);
  return `\\texttt{${(cell.match(/.{1,8}/gsu) ?? []).map(escapeLatex).join('\\allowbreak{}')}}`;
}

function columnSpec({ kind }: Column, cells: readonly Cell[]): string {
  switch (kind) {
    case 'text':
      return 'l';
    case 'prose':
      return 'p{70mm}';
    case 'code':
      return 'p{45mm}';
    case 'number':
      return `S[table-format=${tableFormat(cells.map(cellText))}]`;
  }
}

/** "+3.2": as many digits before and after the point as the widest numbers have, and a sign if any has one. */
function tableFormat(texts: readonly string[]): string {
  const numbers = texts.filter((one) => /^[+-]?\d/.test(one));
  const longest = (part: RegExp) => Math.max(0, ...numbers.map((one) => part.exec(one)?.[1]?.length ?? 0));
  const sign = numbers.some((one) => /^[+-]/.test(one)) ? '+' : '';
  const decimals = longest(/\.(\d+)/);
  return `${sign}${Math.max(1, longest(/^[+-]?(\d+)/))}${decimals === 0 ? '' : `.${decimals}`}`;
}
