/** Creates the session of the Runs view from the live page's parts and the browser's own. */
import { configurationOf } from '../../app/configuration.ts';
import type { LiveParts } from '../live/public.ts';
import { RUN_DATABASE } from './run-database.ts';
import { openRunHistory } from './run-history.ts';
import { newRunId, openRunPainter, watchHidden } from './run-page.ts';
import { createRunSession, type RunSession } from './run-session.ts';
import type { PageAgents } from '../agents/public.ts';

export function startRunSession(
  { live, openSegmenter, sources, createJob }: LiveParts,
  { session: agents }: PageAgents,
): RunSession {
  const { session } = live;
  return createRunSession({
    plan: {
      now: () => performance.now(),
      date: () => new Date(),
      newId: newRunId,
      openSegmenter,
      openSource: (key, signal) => sources.openAnother(key, signal),
      openPainter: openRunPainter,
      watchHidden,
      configurationOf,
    },
    agents,
    openHistory: (onLost) => openRunHistory(RUN_DATABASE, onLost),
    createJob,
    knownModels() {
      const { catalogue } = session.getState();
      return catalogue.kind === 'ready' ? new Set(catalogue.models.map(({ id }) => id)) : null;
    },
    liveSourceKey: () => sources.key(),
    address: {
      base: () => location.href.split('#', 1)[0] ?? '',
      hash: () => location.hash,
      copy: (text) => navigator.clipboard.writeText(text),
    },
    async exportRuns(runs, format, pictureOf) {
      const { exportRuns } = await import('./run-export.ts');
      return exportRuns(runs, format, pictureOf);
    },
    async parseRuns(text) {
      const { parseRunsJson } = await import('../../report/runs-json.ts');
      return parseRunsJson(text);
    },
  });
}
