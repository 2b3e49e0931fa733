/** Tables of a report as GitHub-flavoured Markdown. */
import { cellText, type Table } from './table.ts';

/** A whole document: one heading per table, its notes as a list below. */
export function markdownDocument(title: string, tables: readonly Table[]): string {
  return [`# ${escapeMarkdown(title)}`, ...tables.map(markdownTable)].join('\n\n') + '\n';
}

export function markdownTable(table: Table): string {
  const row = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const rule = table.columns.map(({ kind }) => (kind === 'number' ? '---:' : ':---'));
  const lines = [
    row(table.columns.map(({ heading }) => heading)),
    `| ${rule.join(' | ')} |`,
    ...table.rows.map((cells) => row(cells.map(cellText))),
  ];
  const notes = table.notes.map((note) => `- ${escapeMarkdown(note)}`);
  return [
    `## ${escapeMarkdown(table.title)}`,
    lines.join('\n'),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
  ].join('\n\n');
}

/**
 * Text that GitHub prints unchanged, on one line. An underscore between letters or digits is not escaped, because
 * GitHub does not treat it as emphasis: model ids stay readable in the source.
 */
export function escapeMarkdown(content: string): string {
  return content
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*[\]<>|~&#$]/g, '\\$&')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_');
}
