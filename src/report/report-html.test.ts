import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../domain/measuring/run.ts';
import { makeRun, NO_EVENTS } from '../domain/testing/run-record.ts';
import { reportHtml } from './report-html.ts';
import { reportTables } from './report-tables.ts';
import { cellText } from './table.ts';
import { escapeXml } from './svg.ts';

const DATE = new Date('2026-11-22T15:00:00Z');
const PIXEL = 'data:image/png;base64,iVBORw0KGgo=';
const good = makeRun({ seed: 1, name: 'good' });
const bad = makeRun({ seed: 2, name: 'bad', events: { ...NO_EVENTS, hidden: 2 } });
const report = (...runs: readonly RunRecord[]) =>
  reportHtml({
    runs,
    pictures: runs.map((run) => ({ run, address: PIXEL, title: 'picture and overlay' })),
    frameCaption: 'Sample: astronaut, frame 1',
    date: DATE,
  });

describe('reportHtml', () => {
  const html = report(good, bad);

  test('makes no network request: every address is a data: address, and a policy forbids the rest', () => {
    const addresses = [...html.matchAll(/\b(?:src|href|action|data|poster|srcset)\s*=\s*"([^"]*)"/g)];
    expect(addresses.map(([, address]) => address)).toEqual([PIXEL, PIXEL]);
    expect(html).not.toMatch(/<(?:script|link|iframe|object|embed|base)\b|@import|url\(/i);
    expect(html).toContain("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"");
  });

  test('contains every figure of every table', () => {
    const cells = [...html.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, content]) => plain(content ?? ''));
    const expected = reportTables([good, bad]).flatMap(({ rows }) => rows.flat().map(cellText));
    expect([...cells].sort()).toEqual([...expected].sort());
  });

  test('marks the invalid run at its pictures, charts and tables, and counts it at the top', () => {
    expect(html).toContain('1 of them is not valid');
    expect(html).toContain('alt="bad [not valid]: picture and overlay"');
    expect(html.match(/\bbad\b(?! \[not valid\]|&quot; is not valid:)/g)).toBeNull();
    expect(report(good)).toContain('All are valid.');
  });

  test('says which frame the pictures show', () =>
    expect(html).toContain('Frame: Sample: astronaut, frame 1.'));

  test('prints on A4, its table heads repeated on every page', () => {
    expect(html).toContain('@page { size: A4;');
    expect(html).toContain('display: table-header-group');
  });

  test('uses every id once, so that each chart has its own title', () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('treats markup in names as text', () => {
    const hostile = report(
      makeRun({ name: '<img src=x onerror=alert(1)>', notes: '</td><script>1</script>' }),
    );
    expect(hostile).not.toMatch(/<img src=x|<script/);
    expect(hostile).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('has no picture section without pictures', () => {
    const bare = reportHtml({ runs: [good], pictures: [], frameCaption: null, date: DATE });
    expect(bare).not.toContain('<h2>Pictures</h2>');
  });
});

function plain(html: string): string {
  return html
    .replaceAll('<wbr>', '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ENTITIES[name] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

test('text for XML keeps the characters that XML allows, and drops the rest', () => {
  expect(escapeXml('a<b>&"\'\n\t ü 🐈')).toBe('a&lt;b&gt;&amp;&quot;&#39;\n\t ü 🐈');
  expect(escapeXml('\u0000\u001B\uD800\uFFFF')).toBe('    ');
});
