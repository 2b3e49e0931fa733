/** Strict readers of the report files, for tests: they follow the formats' rules and share no code with the writers. */

/** RFC 4180: records end with CRLF, and quotes enclose only whole fields. @throws Error at the first violation */
export function parseCsv(content: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let at = 0;
  while (at < content.length) {
    const record: string[] = [];
    for (;;) {
      const { value, next } = csvField(content, at);
      record.push(value);
      at = next;
      if (content[at] === ',') at++;
      else break;
    }
    if (content.slice(at, at + 2) !== '\r\n') throw new Error(`No CRLF at ${at}.`);
    at += 2;
    records.push(record);
  }
  const [header] = records;
  if (records.some(({ length }) => length !== header?.length)) throw new Error('Records differ in length.');
  return records;
}

function csvField(content: string, from: number): { value: string; next: number } {
  if (content[from] !== '"') {
    const plain = /^[^",\r\n]*/.exec(content.slice(from))?.[0] ?? '';
    return { value: plain, next: from + plain.length };
  }
  let value = '';
  for (let at = from + 1; at < content.length; at++) {
    if (content[at] !== '"') value += content[at] ?? '';
    else if (content[at + 1] === '"') {
      value += '"';
      at++;
    } else return { value, next: at + 1 };
  }
  throw new Error(`The quote at ${from} is not closed.`);
}

/** Cells of one row of a GitHub table, unescaped. @throws Error when it is not such a row */
export function parseMarkdownRow(row: string): readonly string[] {
  if (!row.startsWith('| ') || !row.endsWith(' |') || /[\r\n]/.test(row)) throw new Error(`No row: ${row}`);
  const cells = [''];
  for (const [part] of row.slice(2, -2).matchAll(/\\[\s\S]|[\s\S]/gu)) {
    if (part === '|') cells.push('');
    else cells.push((cells.pop() ?? '') + (part.length > 1 && part.startsWith('\\') ? part.slice(1) : part));
  }
  return cells.map((cell, i) => cell.slice(i === 0 ? 0 : 1, i === cells.length - 1 ? undefined : -1));
}

/** Rows of the first tabular or longtable in a LaTeX text, their cells as printed. @throws Error when malformed */
export function parseLatexTable(content: string): {
  readonly columns: number;
  readonly rows: readonly (readonly string[])[];
} {
  const [, environment = '', from = ''] = /\\begin\{(tabular|longtable)\}\{(.*)\}\n/.exec(content) ?? [];
  const columns = from.replace(/S\[[^\]]*\]|p\{[^}]*\}/g, 'x');
  if (!/^[lx]+$/.test(columns)) throw new Error(`Not a column specification: ${from}`);
  const body = content.slice(content.indexOf('\\toprule'), content.indexOf(`\\end{${environment}}`));
  const rows = body
    .split('\n')
    .filter((line) => line !== '' && !/^\\(toprule|midrule|bottomrule|endhead)$/.test(line))
    .map((line) => {
      if (!line.endsWith(' \\\\')) throw new Error(`The row has no end: ${line}`);
      return splitLatex(line.slice(0, -3));
    });
  if (rows.some(({ length }) => length !== columns.length)) throw new Error('Rows and columns differ.');
  return { columns: columns.length, rows };
}

function splitLatex(row: string): readonly string[] {
  const cells = [''];
  let depth = 0;
  const tokens =
    /\\(?:textbackslash|textasciitilde|textasciicircum|allowbreak)\{\}|\\texttt(?=\{)|\\[&%$#_{}]|[\s\S]/gu;
  for (const [token] of row.matchAll(tokens)) {
    if (token === '&' && depth === 0) cells.push('');
    else if (token === '{') depth++;
    else if (token === '}') depth--;
    else if (/^[%$#_~^\\]$/.test(token)) throw new Error(`"${token}" is a command in: ${row}`);
    else cells.push((cells.pop() ?? '') + (PRINTED[token] ?? token.replace(/^\\/, '')));
    if (depth < 0) throw new Error(`Braces do not match in: ${row}`);
  }
  if (depth !== 0) throw new Error(`Braces do not match in: ${row}`);
  return cells.map((cell) => cell.replace(/^ | $/g, ''));
}

const PRINTED: Readonly<Record<string, string>> = {
  '\\textbackslash{}': '\\',
  '\\textasciitilde{}': '~',
  '\\textasciicircum{}': '^',
  '\\allowbreak{}': '',
  '\\texttt': '',
};
