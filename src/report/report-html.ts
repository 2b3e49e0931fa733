/** The report as one HTML file that opens offline, holds everything it shows, and prints on A4. */
import type { RunRecord } from '../domain/measuring/run.ts';
import { latencySvg } from './latency-svg.ts';
import { legendsOf } from './legend-svg.ts';
import { REPORT_CSS } from './report-css.ts';
import { reportTables } from './report-tables.ts';
import { labelOf, labelRuns } from './run-label.ts';
import { stageBarsSvg } from './stage-bars-svg.ts';
import { cellText, type Cell, type Table } from './table.ts';
import { escapeXml } from './xml.ts';

export interface ReportPicture {
  readonly run: RunRecord;
  /** "data:image/png;base64,..." */
  readonly address: string;
  /** For instance "picture and overlay". */
  readonly title: string;
}

export interface ReportParts {
  readonly runs: readonly RunRecord[];
  readonly pictures: readonly ReportPicture[];
  /** Which frame the pictures show, the same for all; null without pictures. */
  readonly frameCaption: string | null;
  readonly date: Date;
}

/** A policy that forbids every request, so that "opens offline" is kept by the browser itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** @param tables those of reportTables(runs), for callers that have them already */
export function reportHtml(
  { runs, pictures, frameCaption, date }: ReportParts,
  tables = reportTables(runs),
): string {
  const labels = labelRuns(runs);
  const only = (prefix: string) => tables.filter(({ id }) => id.startsWith(prefix)).map(tableHtml);
  const invalid = runs.filter(({ validity }) => !validity.valid).length;
  const sections = [
    ...only('overview'),
    ...only('rates'),
    section('Stages', [figure(stageBarsSvg(runs, labels)), ...only('stages-')]),
    section(
      'Latency over time',
      runs.map((run, i) => figure(latencySvg(run, labels, i + 1))),
    ),
    ...(pictures.length === 0
      ? []
      : [
          section('Pictures', [
            paragraph(`Frame: ${frameCaption ?? 'not named'}.`),
            ...pictures.map((picture) => pictureHtml(picture, labelOf(labels, picture.run))),
            ...legendsOf(runs).map(({ svg }) => figure(svg)),
          ]),
        ]),
    section('Cold start', only('cold')),
    ...(runs.length > 1 ? [section('Comparison', only('comparison'))] : []),
    section('Published figures', [...only('references-'), ...only('accuracy')]),
    section('Validity', only('validity')),
    section('Configuration', [...only('configuration'), ...only('model-files')]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Segscope report, ${escapeXml(date.toISOString().slice(0, 10))}</title>
<style>${REPORT_CSS}</style>
</head>
<body>
<main>
<h1>Segscope report</h1>
${paragraph(`${plural(runs.length, 'run')}, written ${date.toISOString()}. ${invalid === 0 ? 'All are valid.' : `${invalid} of them not valid: marked wherever they appear.`}`)}
${sections.join('\n')}
</main>
</body>
</html>
`;
}

function section(title: string, content: readonly string[]): string {
  return `<section>\n<h2>${escapeXml(title)}</h2>\n${content.join('\n')}\n</section>`;
}

function tableHtml(table: Table): string {
  const heading = table.columns.map(
    ({ heading: words, kind }) => `<th scope="col" class="${kind}">${escapeXml(words)}</th>`,
  );
  const rows = table.rows.map(
    (row) => `<tr>${row.map((cell, at) => cellHtml(cell, table.columns[at]?.kind ?? 'text')).join('')}</tr>`,
  );
  const notes = table.notes.map((note) => `<li>${escapeXml(note)}</li>`).join('');
  // The scrolled element takes the focus, so that the keyboard reaches what lies outside a narrow window.
  return `<div class="table" role="group" tabindex="0" aria-labelledby="${table.id}">
<table>
<caption id="${table.id}">${escapeXml(table.title)}</caption>
<thead><tr>${heading.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</div>${notes === '' ? '' : `\n<ul class="notes">${notes}</ul>`}`;
}

function cellHtml(cell: Cell, kind: string): string {
  return `<td class="${kind}">${breakable(escapeXml(cellText(cell)))}</td>`;
}

/** Model ids are long and have no spaces: they may break after an underscore. */
function breakable(escaped: string): string {
  return escaped.replaceAll('_', '_<wbr>');
}

function pictureHtml({ address, title }: ReportPicture, name: string): string {
  const words = escapeXml(`${name}: ${title}`);
  return figure(`<img src="${escapeXml(address)}" alt="${words}">\n<figcaption>${words}</figcaption>`);
}

function figure(content: string): string {
  return `<figure>\n${content}\n</figure>`;
}

function paragraph(words: string): string {
  return `<p>${escapeXml(words)}</p>`;
}

function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
