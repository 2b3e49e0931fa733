/** Everything scored on this machine over the same pictures: how accurate, how fast, and what no other beats in both. */
import { Suspense, lazy, useId, useMemo, useState } from 'react';
import type { EvaluationResult } from '../../../../domain/accuracy/evaluation.ts';
import { Choice } from '../../../../ui-kit/Choice.tsx';
import { formatMs } from '../../../../ui-kit/quantity.ts';
import { accuracyPoints, dataSetsOf, frontAndRest } from './accuracy-points.ts';
import { classNames } from '../../../../ui-kit/class-names.ts';
import styles from '../evaluate.module.css';
import resultStyles from '../results.module.css';

const AccuracyLatencyChart = lazy(async () => ({
  default: (await import('./AccuracyLatencyChart.tsx')).AccuracyLatencyChart,
}));

export function AccuracyLatencySection({ results }: { readonly results: readonly EvaluationResult[] }) {
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
        <h2 id={id}>Accuracy against latency</h2>
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
        <span>mean IoU, %, upwards</span>
        <span>median ms per picture, to the right</span>
      </div>
      <p id={summaryId} className="quiet">
        Numbers are those of the table. Dashed, the Pareto front, on which nothing else is both faster and
        more accurate:{' '}
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
