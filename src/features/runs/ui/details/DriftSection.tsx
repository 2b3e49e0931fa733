/** Thermal drift of a run: the chart, and in one sentence what it shows, which is also what a screen reader gets. */
import { Suspense, lazy, useId, useMemo } from 'react';
import type { RunColumns } from '../../../../domain/measuring/run.ts';
import { driftPicture } from './drift-points.ts';
import { classNames } from '../../../../ui-kit/class-names.ts';
import styles from '../runs.module.css';

const DriftChart = lazy(async () => ({ default: (await import('./DriftChart.tsx')).DriftChart }));

export function DriftSection({ columns }: { readonly columns: RunColumns }) {
  const { points, summary } = useMemo(() => driftPicture(columns), [columns]);
  const id = useId();
  return (
    <section>
      <h3>Latency over time</h3>
      {points.length > 1 && (
        <div className="chart" role="img" aria-labelledby={id}>
          <Suspense fallback={null}>
            <DriftChart points={points} />
          </Suspense>
        </div>
      )}
      <p className={classNames('quiet', styles.driftAxes)} aria-hidden="true">
        ms per frame without waiting, over seconds; dashed: the line through all frames
      </p>
      <p id={id}>{summary}</p>
    </section>
  );
}
