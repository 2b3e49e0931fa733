/** A CompanionSession for component tests: it has real stores, records every call and does nothing else. */
import type { CompanionSession } from '../companion-session.ts';
import type { ClassAtPoint } from '../../live/class-at.ts';
import type { ScreenshotFile } from '../../live/screenshot.ts';
import { createAgentStore } from '../../agents/agent-store.ts';
import { createCompanionStore } from '../companion-store.ts';
import { createCompanionTimingStore } from '../companion-timing-store.ts';
import { createRecordingSession, type RecordingSession } from '../../live/testing/recording-session.ts';

export type CompanionCall = readonly [method: keyof CompanionSession, ...values: unknown[]];

export interface RecordingCompanionSession extends CompanionSession {
  readonly live: RecordingSession;
  /** The calls, oldest first. */
  readonly calls: CompanionCall[];
  answerAgentClassAt: (x01: number, y01: number) => ClassAtPoint | null;
  answerScreenshot: () => Promise<ScreenshotFile>;
}

export function createRecordingCompanionSession(): RecordingCompanionSession {
  const calls: CompanionCall[] = [];
  const agents = createAgentStore();
  const companion = createCompanionStore();
  const record =
    (method: CompanionCall[0]) =>
    (...values: unknown[]) => {
      calls.push([method, ...values]);
    };
  const recording: RecordingCompanionSession = {
    calls,
    answerAgentClassAt: () => null,
    answerScreenshot: () => Promise.reject(new Error('no screenshot was prepared')),
    live: createRecordingSession(),
    agents,
    companion,
    timing: createCompanionTimingStore(),
    attachCanvases: record('attachCanvases'),
    addAgent(address, code) {
      calls.push(['addAgent', address, code]);
      return 'agent-1';
    },
    removeAgent: record('removeAgent'),
    reconnect: record('reconnect'),
    showAgent(id) {
      calls.push(['showAgent', id]);
      agents.setState({ shownAgentId: id });
    },
    chooseOnAgent: record('chooseOnAgent'),
    setPacing(pacing) {
      calls.push(['setPacing', pacing]);
      companion.setState({ pacing });
    },
    setPayload(payload) {
      calls.push(['setPayload', payload]);
      companion.setState({ payload });
    },
    setLayout(layout) {
      calls.push(['setLayout', layout]);
      companion.setState({ layout });
    },
    setWipe(wipe01) {
      calls.push(['setWipe', wipe01]);
      companion.setState({ wipe01 });
    },
    setThird(third) {
      calls.push(['setThird', third]);
      companion.setState({ third });
    },
    agentClassAt: (x01, y01) => recording.answerAgentClassAt(x01, y01),
    screenshot() {
      calls.push(['screenshot']);
      return recording.answerScreenshot();
    },
    close: record('close'),
  };
  return recording;
}
