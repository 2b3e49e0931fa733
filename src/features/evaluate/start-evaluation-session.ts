/** Puts the session of the Evaluate view together from the live page's parts and the browser's own. */
import { decodePixels } from '../../capture/decode-picture.ts';
import { labCsv } from '../../report/lab-csv.ts';
import { skippedCsv } from '../../report/evaluation-files.ts';
import { file } from './evaluation-export.ts';
import { createEvaluationSession } from './evaluation-session.ts';
import type { EvaluationSession } from './evaluation-session.types.ts';
import { EVALUATION_DATABASE, openEvaluationShelf } from './evaluation-shelf.ts';
import type { LiveParts } from '../live/public.ts';
import { pictureViewsOf } from './picture-views.ts';
import { newRunId } from '../runs/public.ts';
import { SEGSCOPE_VERSION } from '../../app/version.ts';

export function startEvaluationSession({ openSegmenter, createJob }: LiveParts): EvaluationSession {
  return createEvaluationSession({
    plan: {
      now: () => performance.now(),
      date: () => new Date(),
      userAgent: navigator.userAgent,
      segscopeVersion: SEGSCOPE_VERSION,
      openSegmenter,
      decodePicture: decodePixels,
    },
    newId: newRunId,
    openShelf: () => openEvaluationShelf(EVALUATION_DATABASE),
    createJob,
    pictureViewsOf,
    async exportResults(results, format) {
      const { exportResults } = await import('./evaluation-export.ts');
      return exportResults(results, format, new Date());
    },
    exportLab: (rows) => file('lab.csv', 'text/csv', labCsv(rows), new Date()),
    exportSkipped: (report, results) =>
      file('skipped.csv', 'text/csv', skippedCsv(report, results), new Date()),
  });
}
