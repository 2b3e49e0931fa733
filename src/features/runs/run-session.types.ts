/** The door through which the Runs view acts. */
import type { RunPlan, RunRecord } from '../../domain/measuring/run.ts';
import type { RunStore } from './run-store.ts';
import type { AgentsSession } from '../agents/agents-door.ts';

/** Formats of an export; "bundle" is the zip with everything. */
export const EXPORT_FORMATS = ['csv', 'json', 'markdown', 'latex', 'svg', 'png', 'bundle'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportFile {
  readonly fileName: string;
  readonly blob: Blob;
}

export interface RunSession {
  readonly runs: RunStore;
  /** What a plan may measure on beside this browser. */
  readonly agents: AgentsSession;
  /** Starts the plan; the live view is paused meanwhile. Does nothing while another plan runs. */
  start(plan: RunPlan): void;
  /** Stops after the frame in flight; what is measured is kept and marked as cancelled. */
  cancel(): void;
  /** Measures the same choice again with the same target. */
  rerun(id: string): void;
  rename(id: string, change: { readonly name?: string; readonly notes?: string }): void;
  remove(ids: readonly string[]): void;
  select(ids: readonly string[]): void;
  /** A JSON export of this or an earlier version. */
  importFile(file: File): void;
  /** @throws ProblemError */
  exportRuns(runs: readonly RunRecord[], format: ExportFormat): Promise<readonly ExportFile[]>;
  /** Address that opens the Runs view with exactly this plan. */
  shareLink(plan: RunPlan): string;
  /** Puts that address on the clipboard. @throws when the browser does not allow it */
  copyLink(plan: RunPlan): Promise<void>;
  /** The plan in the page's address; null where there is none. */
  planFromAddress(): RunPlan | null;
  /** Takes RunState.problem off the page. */
  dismissProblem(): void;
  close(): void;
}
