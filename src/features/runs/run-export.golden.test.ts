import { afterEach, expect, test, vi } from 'vitest';
import { expectWritten, readGolden } from '../../../scripts/testing/golden.ts';
import { parseRunsJson } from '../../report/runs-json.ts';
import { exportRuns } from './run-export.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('saves exported runs under the same names and with the same file types', async () => {
  vi.useFakeTimers({ now: new Date('2026-11-22T15:00:00Z') });
  const runs = parseRunsJson(readGolden('runs-1.json')).slice(0, 4);
  const lines: string[] = [];
  for (const format of ['csv', 'json', 'markdown', 'latex', 'svg'] as const) {
    const files = await exportRuns(runs, format, () => Promise.resolve(null));
    lines.push(...files.map(({ fileName, blob }) => `${format}: ${fileName} (${blob.type})`));
  }
  expect(lines.length).toBeGreaterThan(12);
  expectWritten('report/saved-names.txt', `${lines.join('\n')}\n`);
});
