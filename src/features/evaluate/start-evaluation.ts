/** Creates the sessions of the Evaluate view from the live page's parts and the browser's own. */
import { createOverlayPainter } from '../../paint/overlay-painter.ts';
import { encodePicture } from '../../paint/encode-picture.ts';
import { createThumbnails } from '../../paint/thumbnail-signature.ts';
import { createAgreementSession, type AgreementSession } from './agreement-session.ts';
import { createCalibrationSession, type CalibrationSession } from './calibration-session.ts';
import type { LiveParts } from '../live/public.ts';
import type { AgentsSession, PageAgents } from '../agents/public.ts';
import { decodePixels } from '../../capture/decode-picture.ts';
import { labCsv } from '../../report/lab-csv.ts';
import { skippedCsv } from '../../report/evaluation-files.ts';
import { file } from './evaluation-export.ts';
import { createEvaluationSession } from './evaluation-session.ts';
import type { EvaluationSession } from './evaluation-session.types.ts';
import { EVALUATION_DATABASE, openEvaluationShelf } from './evaluation-shelf.ts';
import { pictureViewsOf } from './picture-views.ts';
import { newRunId } from '../runs/public.ts';
import { SEGSCOPE_VERSION } from '../../app/version.ts';

/** @param page the agents that can score pictures besides this browser */
export function startEvaluation(parts: LiveParts, page: PageAgents): EvaluationParts {
  const { openSegmenter, createJob } = parts;
  const now = () => performance.now();
  const signatureOf = createThumbnails();
  return {
    agents: page.session,
    evaluation: startEvaluationSession(parts),
    agreement: createAgreementSession({
      createJob,
      now,
      date: () => new Date(),
      signatureOf,
      openPainter: createOverlayPainter,
      openSegmenter,
    }),
    calibration: createCalibrationSession({
      createJob,
      now,
      signatureOf,
      encode: encodePicture,
      wait,
      async zip({ plan, ...set }) {
        const { calibrationZip } = await import('../../report/calibration-zip.ts');
        return calibrationZip({ ...set, leastDistance: plan?.leastDistance ?? 0, date: new Date() });
      },
    }),
  };
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error('It was given up.'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

function startEvaluationSession({ openSegmenter, createJob }: LiveParts): EvaluationSession {
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

export interface EvaluationParts {
  /** The agents that can score pictures besides this browser. */
  readonly agents: AgentsSession;
  /** With ground truth: mean IoU over a folder of pictures and masks. */
  readonly evaluation: EvaluationSession;
  /** Without ground truth: two configurations on the live source. */
  readonly agreement: AgreementSession;
  /** Pictures from the live source to quantise a network with. */
  readonly calibration: CalibrationSession;
}
