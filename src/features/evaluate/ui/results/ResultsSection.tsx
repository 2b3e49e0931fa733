/** Everything that was scored here: table, plot, one result in full, two compared. */
import { useCallback, useId, useState, Suspense, lazy, useMemo } from 'react';
import type { EvaluationResult } from '../../../../domain/accuracy/evaluation.ts';
import { Choice } from '../../../../ui-kit/Choice.tsx';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { formatMs } from '../../../../domain/quantity.ts';
import { resultsOf, useEvaluationState } from '../evaluation-context.ts';
import { LabSection } from './LabSection.tsx';
import { PairedSection } from './PairedSection.tsx';
import { ResultDetails } from './ResultDetails.tsx';
import { ResultTable } from './ResultTable.tsx';
import { ResultTools } from './ResultTools.tsx';
import { accuracyPoints, dataSetsOf, frontAndRest } from './accuracy-points.ts';
import styles from '../evaluate.module.css';
import resultStyles from '../results.module.css';

export function ResultsSection() {
  const status = useEvaluationState((state) => state.results);
  const results = resultsOf(status);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [openId, setOpenId] = useState<string | null>(null);
  const id = useId();
  const onSelect = useCallback(
    (one: string, selected: boolean) =>
      setMarked((before) => (selected ? [...before, one] : before.filter((other) => other !== one))),
    [setMarked],
  );
  const onOpen = useCallback(
    (one: string) => setOpenId((before) => (before === one ? null : one)),
    [setOpenId],
  );
  // A result deleted elsewhere is no longer selected.
  const selected = marked.filter((one) => results.some((result) => result.id === one));
  const open = results.find((result) => result.id === openId);
  const [baseline, ...others] = selected.flatMap((one) => results.find((result) => result.id === one) ?? []);
  const [other] = others;
  return (
    <>
      <section className="view-part" aria-labelledby={id}>
        <h2 id={id}>Results</h2>
        {status.kind === 'loading' && (
          <p className="quiet" role="status">
            Reading the results…
          </p>
        )}
        {status.kind === 'ready' && results.length === 0 && (
          <p className="quiet">Nothing scored yet. Results stay in this browser until you delete them.</p>
        )}
        {results.length > 0 && (
          <>
            <ResultTools
              all={results.map((result) => result.id)}
              selected={selected}
              onDeleted={() => setMarked([])}
            />
            <ResultTable
              results={results}
              selected={selected}
              openId={openId}
              onSelect={onSelect}
              onOpen={onOpen}
            />
          </>
        )}
      </section>
      {baseline !== undefined && other !== undefined && selected.length === 2 && (
        <PairedSection baseline={baseline} other={other} onSwap={() => setMarked([other.id, baseline.id])} />
      )}
      {baseline !== undefined && others.length > 0 && <LabSection baseline={baseline} others={others} />}
      {open !== undefined && <ResultDetails result={open} onClose={() => setOpenId(null)} />}
      <AccuracyLatencySection results={results} />
    </>
  );
}

/** Accuracy and speed of everything scored here over the same pictures, with the Pareto front. */
const AccuracyLatencyChart = lazy(async () => ({
  default: (await import('./AccuracyLatencyChart.tsx')).AccuracyLatencyChart,
}));

function AccuracyLatencySection({ results }: { readonly results: readonly EvaluationResult[] }) {
  const dataSets = useMemo(() => dataSetsOf(results), [results]);
  const [wanted, setWanted] = useState<string | null>(null);
  const dataSet = dataSets.find((name) => name === wanted) ?? dataSets[0] ?? '';
  const points = useMemo(() => accuracyPoints(results, dataSet), [results, dataSet]);
  const id = useId();
  const summaryId = useId();
  if (points.length === 0) return null;
  const { front } = frontAndRest(points);
  return (
    <section className="view-part" aria-labelledby={id}>
      <div className="details-head">
        <h2 id={id}>Accuracy vs. latency</h2>
        {dataSets.length > 1 && (
          <Choice
            label="Pictures"
            className={styles.fieldDataSet}
            groups={[{ heading: null, options: dataSets.map((name) => ({ value: name, label: name })) }]}
            value={dataSet}
            onChoose={setWanted}
          />
        )}
      </div>
      <div className={classNames('chart', resultStyles.accuracyChart)} role="img" aria-labelledby={summaryId}>
        <Suspense fallback={null}>
          <AccuracyLatencyChart points={points} />
        </Suspense>
      </div>
      <div className="chart-axis quiet" aria-hidden="true">
        <span>vertical: mean IoU, %</span>
        <span>horizontal: median ms per picture</span>
      </div>
      <p id={summaryId} className="quiet">
        Numbers match the table. Dashed: the Pareto front, where no other result is both faster and more
        accurate:{' '}
        {front
          .map(
            ({ number, latencyMs, percent }) =>
              `no. ${number} (${formatMs(latencyMs)} ms, ${percent.toFixed(1)} %)`,
          )
          .join(', ')}
        .
      </p>
    </section>
  );
}
