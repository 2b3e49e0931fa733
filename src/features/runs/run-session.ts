/** The session of the Runs view: works through plans, saves their runs, and reads and writes files and links. */
import { problemOf, type Problem } from '../../domain/problems/problem.ts';
import { REPLAY_KEY, type PlannedRun, type RunPlan, type RunRecord } from '../../domain/measuring/run.ts';
import { isAgentSetup } from '../../domain/setup.ts';
import { createRunStore, type PlanOutcome, type RunProgress, type RunStore } from './run-store.ts';
import type { AgentsSession } from '../agents/public.ts';
import type { CreateJob } from '../../app/job.ts';
import { createRunBook, type OpenHistory } from './run-book.ts';
import { runPlan, type PlanParts } from './run-plan.ts';
import type { RunPicture } from './run-history.ts';
import { planFromHash, planToHash } from '../../report/share-link.ts';

export interface RunSessionParts {
  readonly plan: Omit<PlanParts, 'onProgress' | 'onMeasured'>;
  readonly agents: AgentsSession;
  readonly openHistory: OpenHistory;
  readonly createJob: CreateJob;
  /** null while the catalogue is loading. */
  readonly knownModels: () => ReadonlySet<string> | null;
  /** The live view's source, used to record a replay again. */
  readonly liveSourceKey: () => string;
  readonly address: {
    /** The page's address, without its hash. */
    readonly base: () => string;
    readonly hash: () => string;
    readonly copy: (text: string) => Promise<void>;
  };
  /** Loaded on first use. @throws ProblemError */
  readonly exportRuns: (
    runs: readonly RunRecord[],
    format: ExportFormat,
    pictureOf: (id: string) => Promise<RunPicture | null>,
  ) => Promise<readonly ExportFile[]>;
  /** Loaded on first use. @throws ProblemError runs-invalid, runs-newer */
  readonly parseRuns: (text: string) => Promise<readonly RunRecord[]>;
}

/** Number of frames for a repeated replay whose run does not record it. */
const REPLAY_FRAMES = 32;

export function createRunSession(parts: RunSessionParts): RunSession {
  const runs = createRunStore();
  const book = createRunBook(runs, parts.openHistory);

  const say = (problem: Problem) => runs.setState({ problem });

  const job = parts.createJob<RunPlan, RunProgress, PlanOutcome>({
    onStart(plan) {
      const phase = plan.replaySourceKey === null ? 'loading' : 'recording';
      runs.setState({
        progress: { kind: 'running', plan, at: 0, phase, progress01: 0, secondsLeft: null, failures: [] },
        outcome: null,
      });
    },
    work: (plan, { signal, report }) =>
      runPlan(
        { ...parts.plan, onProgress: report, onMeasured: ({ run, picture }) => book.add(run, picture) },
        plan,
        signal,
      ),
    onProgress: (progress) => runs.setState({ progress }),
    onEnd(ended, plan) {
      const nothing = { plan, runIds: [], failures: [], cancelled: true };
      runs.setState({
        progress: { kind: 'idle' },
        ...(ended.kind === 'failed'
          ? { problem: ended.problem }
          : { outcome: ended.kind === 'done' ? ended.result : nothing }),
      });
    },
    problemFor: (detail) => ({ kind: 'worker-crashed', detail }),
  });

  const shareLink = (plan: RunPlan) => `${parts.address.base()}${planToHash(plan)}`;

  async function importRuns(file: File): Promise<void> {
    try {
      await book.addImported(await parts.parseRuns(await file.text()));
    } catch (error) {
      say(problemOf(error, (detail) => ({ kind: 'runs-invalid', detail })));
    }
  }

  return {
    runs,
    agents: parts.agents,
    start: (plan) => void job.start(plan),
    cancel: () => job.cancel(),
    rerun(id) {
      const run = book.find(id);
      if (run === null) return;
      const { setup, sourceKey, target, replayFrames = REPLAY_FRAMES } = run;
      const replayed = sourceKey === REPLAY_KEY;
      void job.start({
        choices: [{ setup, sourceKey }],
        target,
        // The recorded frames are gone, so the same number is recorded again, from the live view's source.
        replayFrames: replayed ? replayFrames : 0,
        replaySourceKey: replayed ? parts.liveSourceKey() : null,
      });
    },
    rename: (id, change) => void book.change(id, change),
    remove: (ids) => void book.remove(ids),
    select(ids) {
      runs.setState({ selected: ids });
    },
    importFile: (file) => void importRuns(file),
    exportRuns: (selected, format) => parts.exportRuns(selected, format, (id) => book.picture(id)),
    shareLink,
    copyLink: (plan) => parts.address.copy(shareLink(plan)),
    planFromAddress() {
      try {
        const plan = planFromHash(parts.address.hash());
        return plan === null ? null : withKnownModels(plan, parts.knownModels(), say);
      } catch (error) {
        say(problemOf(error, (detail) => ({ kind: 'link-invalid', detail })));
        return null;
      }
    },
    dismissProblem() {
      runs.setState({ problem: null });
    },
    close() {
      job.cancel();
      book.close();
    },
  };
}

/**
 * Skips models that the catalogue lacks, except on agents, and says so; while it is loading, the run reports them
 * instead.
 */
function withKnownModels(
  plan: RunPlan,
  known: ReadonlySet<string> | null,
  say: (problem: Problem) => void,
): RunPlan | null {
  const isUnknown = ({ setup }: PlannedRun) => !isAgentSetup(setup) && known?.has(setup.modelId) === false;
  const unknown = plan.choices.find(isUnknown);
  if (unknown === undefined) return plan;
  say({ kind: 'model-unknown', modelId: unknown.setup.modelId });
  const choices = plan.choices.filter((choice) => !isUnknown(choice));
  return choices.length === 0 ? null : { ...plan, choices };
}

/** Formats of an export; "bundle" is the zip with everything. */
export const EXPORT_FORMATS = ['csv', 'json', 'markdown', 'latex', 'svg', 'png', 'bundle'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportFile {
  readonly fileName: string;
  readonly blob: Blob;
}

export interface RunSession {
  readonly runs: RunStore;
  /** The agents that a plan can measure on besides this browser. */
  readonly agents: AgentsSession;
  /** Starts the plan and pauses the live view. Does nothing while another plan runs. */
  start(plan: RunPlan): void;
  /** Stops after the frame in flight; measured frames are kept and marked as cancelled. */
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
  /** Copies that address to the clipboard. @throws when the browser does not allow it */
  copyLink(plan: RunPlan): Promise<void>;
  /** The plan in the page's address; null if there is none. */
  planFromAddress(): RunPlan | null;
  /** Clears RunState.problem. */
  dismissProblem(): void;
  close(): void;
}
