/** The name of a run in tables and charts: distinct from equal names, and marked if the run is not a result. */
import { ranOnDouble } from '../domain/agent-description.ts';
import type { RunRecord } from '../domain/measuring/run.ts';

export const INVALID_MARK = '[not valid]';
/** Stays even if the user renames the run. */
const DOUBLE_MARK = '[TEST DOUBLE]';

export type RunLabels = ReadonlyMap<RunRecord, string>;

/** One label per run, all different: equal names are numbered in their order. */
export function labelRuns(runs: readonly RunRecord[]): RunLabels {
  const labels = new Map<RunRecord, string>();
  const taken = new Set<string>();
  for (const run of runs) {
    const given = run.name.trim() === '' ? run.setup.modelId : run.name.trim();
    const name = markedName({ ...run, name: given });
    let unique = name;
    for (let next = 2; taken.has(unique); next++) unique = `${name} (${next})`;
    taken.add(unique);
    labels.set(run, run.validity.valid ? unique : `${unique} ${INVALID_MARK}`);
  }
  return labels;
}

/** The name that the user gave it; a run on a test double always has that mark. */
export function markedName({ name, configuration }: RunRecord): string {
  return ranOnDouble(configuration.segmenter) ? `${name} ${DOUBLE_MARK}` : name;
}

/** The label of a run. @throws RangeError for a run that has none */
export function labelOf(labels: RunLabels, run: RunRecord): string {
  const label = labels.get(run);
  if (label === undefined) throw new RangeError(`The run "${run.name}" was not labelled.`);
  return label;
}
