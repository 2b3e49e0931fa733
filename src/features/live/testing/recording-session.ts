/** A LiveSession for component tests: real stores, every call recorded, nothing behind it. */
import type { ClassAtPoint } from '../class-at.ts';
import type { LiveSession } from '../live-controls.ts';
import type { Screenshot } from '../screenshot.ts';
import type { AgentsSession } from '../../agents/agents-session.ts';
import type { ModelImports } from '../../models/import-control.ts';
import { createImportStore } from '../../models/import-store.ts';
import { createSessionStore } from '../../../app/session-store.ts';
import { createTimingStore } from '../timing-store.ts';
import { createViewStore } from '../../../app/view-store.ts';

export type Call = readonly [method: keyof LiveSession | keyof ModelImports, ...values: unknown[]];

export interface RecordingSession extends LiveSession {
  /** What was asked of it, oldest first; classAt is not among them. */
  readonly calls: Call[];
  /** Where classAt was asked last. */
  readonly lastPoint: () => readonly [x01: number, y01: number] | null;
  /** What classAt answers. */
  answerClassAt: (x01: number, y01: number) => ClassAtPoint | null;
  /** What agents() answers. */
  answerAgents: AgentsSession | null;
  answerScreenshot: () => Promise<Screenshot>;
}

export function createRecordingSession(): RecordingSession {
  const calls: Call[] = [];
  const session = createSessionStore(true);
  const timing = createTimingStore();
  const view = createViewStore();
  let point: readonly [number, number] | null = null;
  const record =
    (method: Call[0]) =>
    (...values: unknown[]) => {
      calls.push([method, ...values]);
    };
  const recording: RecordingSession = {
    calls,
    lastPoint: () => point,
    answerClassAt: () => null,
    answerAgents: null,
    answerScreenshot: () => Promise.reject(new Error('no screenshot was prepared')),
    session,
    timing,
    view,
    imports: {
      store: createImportStore(),
      convert: record('convert'),
      download: record('download'),
      chooseWeights: record('chooseWeights'),
      cancel: record('cancel'),
      use: record('use'),
      remove: record('remove'),
    },
    attachCanvas: record('attachCanvas'),
    chooseSource: record('chooseSource'),
    chooseCameraSize: record('chooseCameraSize'),
    openFile: record('openFile'),
    chooseModel: record('chooseModel'),
    chooseBackend: record('chooseBackend'),
    chooseAgent: record('chooseAgent'),
    agents: () => recording.answerAgents,
    chooseInputSize: record('chooseInputSize'),
    choosePipeline: record('choosePipeline'),
    setFrozen(frozen) {
      calls.push(['setFrozen', frozen]);
      session.setState({ pause: frozen ? 'frozen' : 'none' });
    },
    setView(change) {
      calls.push(['setView', change]);
      view.setState(change);
    },
    classAt(x01, y01) {
      point = [x01, y01];
      return recording.answerClassAt(x01, y01);
    },
    screenshot() {
      calls.push(['screenshot']);
      return recording.answerScreenshot();
    },
    dismissNotice: record('dismissNotice'),
    close: record('close'),
  };
  return recording;
}
