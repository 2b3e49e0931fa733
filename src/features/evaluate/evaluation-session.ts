/** The session of the Evaluate view: opens data sets, works through plans, saves and shows their results. */
import type { EvaluationPlan, EvaluationResult } from '../../domain/accuracy/evaluation.ts';
import { newestFirst } from '../../domain/measuring/run.ts';
import type { PicturePair } from '../../evaluation/data-set.ts';
import { problemOf, type Problem } from '../../domain/problems/problem.ts';
import type { LabRow } from '../../report/lab-csv.ts';
import {
  createEvaluationStore,
  type EvaluationFailure,
  type EvaluationProgress,
} from './evaluation-store.ts';
import { createDataSetControl } from './data-set-control.ts';
import { progressBefore, runEvaluation, type EvaluationPlanParts } from './evaluation-plan.ts';
import type { EvaluationFormat, EvaluationSession } from './evaluation-session.types.ts';
import { openShelfOrRemember, type EvaluationShelf, type UnfinishedRecord } from './evaluation-shelf.ts';
import type { CreateJob, RunningJob } from '../../app/job.ts';
import { hasSameFiles, type OpenDataSet } from './open-data-set.ts';
import { createPauseGate } from './pause-gate.ts';
import type { pictureViewsOf } from './picture-views.ts';
import { createResultPictures } from './result-pictures.ts';
import type { ExportFile } from '../runs/public.ts';

export interface EvaluationSessionParts {
  readonly plan: Omit<EvaluationPlanParts, 'pause' | 'onProgress' | 'onResult' | 'onProblem'>;
  readonly newId: () => string;
  readonly openShelf: () => Promise<EvaluationShelf>;
  readonly createJob: CreateJob;
  /** Loaded on first use. */
  readonly pictureViewsOf: typeof pictureViewsOf;
  /** Loaded on first use. @throws ProblemError export-failed */
  readonly exportResults: (
    results: readonly EvaluationResult[],
    format: EvaluationFormat,
  ) => Promise<readonly ExportFile[]>;
  readonly exportLab: (rows: readonly LabRow[]) => ExportFile;
  readonly exportSkipped: (
    report: OpenDataSet['report'] | null,
    results: readonly EvaluationResult[],
  ) => ExportFile;
}

/** The parts of one evaluation. */
interface Task {
  readonly record: UnfinishedRecord;
  /** Pairs for the record's names, in the same order. */
  readonly pairs: readonly PicturePair[];
}

interface Ended {
  readonly failures: readonly EvaluationFailure[];
  readonly cancelled: boolean;
}

export function createEvaluationSession(parts: EvaluationSessionParts): EvaluationSession {
  const store = createEvaluationStore();
  const gate = createPauseGate();
  const shelf = openShelfOrRemember(parts.openShelf, say);
  const dataSets = createDataSetControl(store, async () => {
    await kept;
    await tellUnfinished();
  });
  let unfinished: UnfinishedRecord | null = null;
  let closed = false;
  let work: Promise<void> = Promise.resolve();

  function say(problem: Problem): void {
    store.setState({ problem });
  }

  const shown = (): readonly EvaluationResult[] => {
    const { results } = store.getState();
    return results.kind === 'ready' ? results.results : [];
  };

  function show(results: readonly EvaluationResult[]): void {
    store.setState({ results: { kind: 'ready', results: newestFirst(results) } });
  }

  const kept = (async () => {
    const opened = await shelf;
    show(await opened.results().catch(() => []));
    unfinished = await opened.unfinished().catch(() => null);
    await tellUnfinished();
  })();

  /** The unfinished evaluation, and whether it can resume with the open data set. */
  async function tellUnfinished(): Promise<void> {
    const record = unfinished;
    if (record === null) {
      store.setState({ unfinished: null });
      return;
    }
    const { plan, names, resultIds, at, dataSetName } = record;
    const current = resultIds[at];
    const opened = await shelf;
    const scored = current === undefined ? [] : await opened.pictures(current).catch(() => []);
    const open = dataSets.current();
    const dataSetMatches =
      open !== null && open.pairsNamed(names) !== null && (await hasSameFiles(open, scored));
    if (unfinished !== record || dataSets.current() !== open || job.isRunning()) return;
    const skipped = shown().find(({ id }) => id === current)?.skipped.length ?? 0;
    store.setState({
      unfinished: {
        plan,
        dataSetName,
        done: at * names.length + scored.length + skipped,
        total: names.length * plan.choices.length,
        dataSetMatches,
      },
    });
  }

  async function evaluate(
    { record, pairs }: Task,
    { signal, report }: RunningJob<EvaluationProgress>,
  ): Promise<Ended> {
    await kept;
    const opened = await shelf;
    unfinished = record;
    const onResult = (result: EvaluationResult) =>
      show([result, ...shown().filter(({ id }) => id !== result.id)]);
    const failures = await runEvaluation(
      record,
      pairs,
      opened,
      { ...parts.plan, pause: gate.waiting, onProgress: report, onResult, onProblem: say },
      signal,
    );
    // A closing page keeps the record, so that the next page can resume.
    if (!closed) {
      unfinished = null;
      await opened.setUnfinished(null).catch(() => undefined);
    }
    return { failures, cancelled: signal.aborted };
  }

  const job = parts.createJob({
    onStart({ record: { plan, at }, pairs }) {
      gate.open();
      store.setState({
        unfinished: null,
        evaluation: { kind: 'running', ...progressBefore(plan, at, pairs.length) },
      });
    },
    work: evaluate,
    onProgress: (progress) =>
      store.setState({ evaluation: { kind: gate.waiting() === null ? 'running' : 'paused', ...progress } }),
    onEnd(outcome, { record: { plan, resultIds } }) {
      if (closed) return;
      const known = new Set(shown().map(({ id }) => id));
      const ended = outcome.kind === 'done' ? outcome.result : { failures: [], cancelled: true };
      store.setState({
        evaluation:
          outcome.kind === 'failed'
            ? outcome
            : { kind: 'done', plan, resultIds: resultIds.filter((id) => known.has(id)), ...ended },
      });
      // If this plan could not start, an earlier unfinished one can still resume.
      void tellUnfinished();
    },
    problemFor: (detail) => ({ kind: 'inference-failed', detail }),
  });

  function begin(record: UnfinishedRecord, open: OpenDataSet): void {
    const pairs = open.pairsNamed(record.names);
    if (pairs !== null) work = job.start({ record, pairs });
  }

  function start(plan: EvaluationPlan): void {
    const dataSet = dataSets.current();
    if (dataSet === null || job.isRunning()) return;
    const names = dataSet.pairsOf(plan).map(({ name }) => name);
    if (names.length === 0 || plan.choices.length === 0) return;
    const resultIds = plan.choices.map(() => parts.newId());
    begin({ plan, dataSetName: dataSet.name, mapping: dataSets.mapping(), names, resultIds, at: 0 }, dataSet);
  }

  function resume(): void {
    const { evaluation, unfinished: offered } = store.getState();
    if (evaluation.kind === 'paused') {
      store.setState({ evaluation: { ...evaluation, kind: 'running' } });
      gate.open();
      return;
    }
    const dataSet = dataSets.current();
    if (unfinished === null || dataSet === null || offered?.dataSetMatches !== true) return;
    dataSets.setMapping(unfinished.mapping);
    begin(unfinished, dataSet);
  }

  const results = createResultPictures({
    resultOf: (id) => shown().find((one) => one.id === id) ?? null,
    shelf,
    pairOf: (name) => dataSets.current()?.find(name) ?? null,
    mapping: dataSets.mapping,
    pictureViewsOf: parts.pictureViewsOf,
    exportLab: parts.exportLab,
  });

  return {
    evaluation: store,
    openFolder(source) {
      if (!job.isRunning()) void dataSets.open(source, null);
    },
    openTwoFolders(images, masks) {
      if (!job.isRunning()) void dataSets.open(images, masks);
    },
    chooseMapping(chosen) {
      if (!job.isRunning()) void dataSets.chooseMapping(chosen);
    },
    closeDataSet() {
      if (!job.isRunning()) dataSets.close();
    },
    start,
    pause() {
      const { evaluation } = store.getState();
      if (evaluation.kind !== 'running') return;
      gate.shut();
      store.setState({ evaluation: { ...evaluation, kind: 'paused' } });
    },
    resume,
    cancel() {
      job.cancel();
      gate.open();
    },
    forgetUnfinished() {
      if (job.isRunning()) return;
      unfinished = null;
      void tellUnfinished();
      void shelf.then((opened) => opened.setUnfinished(null)).catch(() => undefined);
    },
    removeResults(ids) {
      const { evaluation } = store.getState();
      const current =
        evaluation.kind === 'running' || evaluation.kind === 'paused' ? evaluation.resultId : null;
      const removed = ids.filter((id) => id !== current);
      show(shown().filter(({ id }) => !removed.includes(id)));
      void shelf
        .then((opened) => opened.remove(removed))
        .catch((error: unknown) =>
          say(problemOf(error, (detail) => ({ kind: 'evaluation-unkept', detail }))),
        );
    },
    ...results,
    exportResults: (ids, format) =>
      parts.exportResults(
        shown().filter(({ id }) => ids.includes(id)),
        format,
      ),
    exportSkipped: (ids) =>
      parts.exportSkipped(
        dataSets.current()?.report ?? null,
        shown().filter(({ id }) => ids.includes(id)),
      ),
    dismissProblem() {
      store.setState({ problem: null });
    },
    close() {
      closed = true;
      dataSets.close();
      job.cancel();
      gate.open();
      // The last pictures are not saved yet.
      void Promise.all([shelf, work]).then(([opened]) => opened.close());
    },
  };
}
