/** Exports selected runs as files to save; loaded on first use. */
import { guarded } from '../../domain/problems/guarded.ts';
import type { RunRecord } from '../../domain/measuring/run.ts';
import { charts, reportBundle } from '../../report/bundle.ts';
import { runFiles } from '../../report/run-files.ts';
import type { RunPicture } from './run-history.ts';
import { drawRunPictures } from './run-pictures.ts';
import type { ExportFile, ExportFormat } from './run-session.ts';
import { ProblemError } from '../../domain/problems/problem.ts';

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

/** "2026-11-22T13-45-00Z": valid on every file system. */
function timeOf(date: Date): string {
  return date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
}

/**
 * A chart as PNG: the browser draws the SVG.
 * @param svg standalone, with width and height in px
 * @param scale device pixels per px; 2 prints well at the width of a page
 * @throws ProblemError export-failed when the browser cannot draw it
 */
export async function svgToPng(svg: string, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.naturalWidth * scale);
    canvas.height = Math.round(picture.naturalHeight * scale);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await pngOf(canvas);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new ProblemError({ kind: 'export-failed', what: 'chart', detail }, { cause: error });
  } finally {
    URL.revokeObjectURL(address);
  }
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the canvas is too large'));
      else resolve(blob);
    }, 'image/png'),
  );
}
