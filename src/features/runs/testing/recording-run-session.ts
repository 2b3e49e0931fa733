/** A RunSession for component tests: it has the real store, records every call and does nothing else. */
import type { AgentsSession } from '../../agents/agents-session.ts';
import type { ExportFile, RunSession } from '../run-session.ts';
import type { RunPlan } from '../../../domain/measuring/run.ts';
import { createAgentStore } from '../../agents/agent-store.ts';
import { createRunStore } from '../run-store.ts';

export type RunCall = readonly [method: keyof RunSession | keyof AgentsSession, ...values: unknown[]];

export interface RecordingRunSession extends RunSession {
  /** The calls, oldest first, except planFromAddress and shareLink. */
  readonly calls: RunCall[];
  /** The return value of planFromAddress. */
  addressPlan: RunPlan | null;
  answerExport: () => Promise<readonly ExportFile[]>;
  answerCopy: () => Promise<void>;
}

export function createRecordingRunSession(): RecordingRunSession {
  const calls: RunCall[] = [];
  const runs = createRunStore();
  const agents = createAgentStore();
  const record =
    (method: RunCall[0]) =>
    (...values: unknown[]) => {
      calls.push([method, ...values]);
    };
  const recording: RecordingRunSession = {
    calls,
    addressPlan: null,
    answerExport: () => Promise.reject(new Error('no export was prepared')),
    answerCopy: () => Promise.resolve(),
    runs,
    agents: {
      agents,
      addAgent(address, code) {
        calls.push(['addAgent', address, code]);
        return 'agent-1';
      },
      removeAgent: record('removeAgent'),
      reconnect: record('reconnect'),
      showAgent: record('showAgent'),
      chooseOnAgent: record('chooseOnAgent'),
    },
    start: record('start'),
    cancel: record('cancel'),
    rerun: record('rerun'),
    rename: record('rename'),
    remove: record('remove'),
    select(ids) {
      calls.push(['select', ids]);
      runs.setState({ selected: ids });
    },
    importFile: record('importFile'),
    exportRuns(chosen, format) {
      calls.push(['exportRuns', chosen, format]);
      return recording.answerExport();
    },
    shareLink: (plan) => `https://example.test/#/runs?plan=${plan.choices.length}`,
    copyLink(plan) {
      calls.push(['copyLink', plan]);
      return recording.answerCopy();
    },
    planFromAddress: () => recording.addressPlan,
    dismissProblem: record('dismissProblem'),
    close: record('close'),
  };
  return recording;
}
