/** The report as one HTML file that opens offline, contains everything it shows, and prints on A4. */
import type { RunRecord } from '../domain/measuring/run.ts';
import { latencySvg } from './latency-svg.ts';
import { legendsOf } from './legend-svg.ts';
import { reportTables } from './report-tables.ts';
import { labelOf, labelRuns } from './run-label.ts';
import { stageBarsSvg } from './stage-bars-svg.ts';
import { escapeXml } from './svg.ts';
import { cellText, type Cell, type Table } from './table.ts';

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

/** A policy that forbids every request, so that the browser itself guarantees "opens offline". */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** @param tables the result of reportTables(runs), for callers that already have it */
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
${paragraph(`${plural(runs.length, 'run')}, written ${date.toISOString()}. ${invalid === 0 ? 'All are valid.' : `${invalid} of them ${invalid === 1 ? 'is' : 'are'} not valid and marked wherever they appear.`}`)}
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
  // The scrolled element takes the focus, so that the keyboard reaches the part outside a narrow window.
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

/** Model ids are long and have no spaces, so they may break after an underscore. */
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

/** Black on white, A4, tables that fit. */
const REPORT_CSS = `
@page { size: A4; margin: 14mm; }
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1a1d21; font: 10pt/1.4 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
main { max-width: 190mm; margin: 0 auto; padding: 6mm 4mm; }
h1 { font-size: 18pt; margin: 0 0 2mm; }
h2 { font-size: 13pt; margin: 8mm 0 2mm; border-bottom: 0.4mm solid #1a1d21; break-after: avoid; }
.table { overflow-x: auto; margin: 3mm 0 1mm; }
table { border-collapse: collapse; width: 100%; font-size: 7.5pt; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; font-size: 9pt; padding-bottom: 1mm; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 0.6mm 1mm; vertical-align: top; text-align: left; border-bottom: 0.1mm solid #d9dde1; }
th { font-weight: 600; vertical-align: bottom; border-bottom: 0.3mm solid #1a1d21; }
.number { text-align: right; }
td.number { white-space: nowrap; }
.code { font-family: ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.text { overflow-wrap: break-word; }
.prose { overflow-wrap: anywhere; }
.notes { margin: 0 0 4mm; padding-left: 4mm; font-size: 7.5pt; color: #45494f; }
figure { margin: 3mm 0; break-inside: avoid; }
figure svg, figure img { max-width: 100%; height: auto; display: block; }
figcaption { font-size: 8pt; color: #45494f; }
@media print { main { max-width: none; padding: 0; } .table { overflow: visible; } }
`;
