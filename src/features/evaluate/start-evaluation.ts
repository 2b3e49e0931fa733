/** Puts the sessions of the Evaluate view together from the live page's parts and the browser's own. */
import { createOverlayPainter } from '../../paint/overlay-painter.ts';
import { encodePicture } from '../../paint/encode-picture.ts';
import { createThumbnails } from '../../paint/thumbnail-signature.ts';
import { createAgreementSession } from './agreement-session.ts';
import { createCalibrationSession } from './calibration-session.ts';
import type { EvaluationParts } from './evaluation-parts.types.ts';
import type { LiveParts } from '../live/public.ts';
import type { PageAgents } from '../agents/public.ts';
import { startEvaluationSession } from './start-evaluation-session.ts';

/** @param page the agents that pictures may be scored on beside this browser */
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
