/** Exports of selected runs as files to save; loaded when somebody first asks for one. */
import { guarded } from '../../domain/problems/guarded.ts';
import type { RunRecord } from '../../domain/measuring/run.ts';
import { charts, reportBundle } from '../../report/bundle.ts';
import { runFiles } from '../../report/run-files.ts';
import { svgToPng } from '../../report/svg-png.ts';
import type { RunPicture } from './run-history.ts';
import { drawRunPictures } from './run-pictures.ts';
import type { ExportFile, ExportFormat } from './run-session.types.ts';

/** @throws ProblemError export-failed */
export async function exportRuns(
  runs: readonly RunRecord[],
  format: ExportFormat,
  pictureOf: (id: string) => Promise<RunPicture | null>,
): Promise<readonly ExportFile[]> {
  const date = new Date();
  return guarded(
    (detail) => ({ kind: 'export-failed', what: format, detail }),
    async () =>
      (await filesOf(runs, format, pictureOf, date)).map(({ fileName, blob }) => ({
        fileName: `segscope_${timeOf(date)}_${fileName}`,
        blob,
      })),
  );
}

async function filesOf(
  runs: readonly RunRecord[],
  format: ExportFormat,
  pictureOf: (id: string) => Promise<RunPicture | null>,
  date: Date,
): Promise<readonly ExportFile[]> {
  switch (format) {
    case 'csv':
    case 'json':
    case 'markdown':
    case 'latex':
      return runFiles(runs, format, date).map(({ fileName, type, content }) => ({
        fileName,
        blob: new Blob([content], { type }),
      }));
    case 'svg':
      return charts(runs).map(({ name, svg }) => ({
        fileName: `${name}.svg`,
        blob: new Blob([svg], { type: 'image/svg+xml' }),
      }));
    case 'png':
      return Promise.all(
        charts(runs).map(async ({ name, svg }) => ({ fileName: `${name}.png`, blob: await svgToPng(svg) })),
      );
    case 'bundle': {
      const parts = { runs, date, toPng: svgToPng, ...(await drawRunPictures(runs, pictureOf)) };
      return [{ fileName: 'report.zip', blob: await reportBundle(parts) }];
    }
  }
}

/** "2026-11-22T13-45-00Z": no file system minds it. */
function timeOf(date: Date): string {
  return date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
}
