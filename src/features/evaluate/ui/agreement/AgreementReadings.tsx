/** Agreement over time, flicker of both sides and the classes that swap. */
import { Suspense, lazy, useId } from 'react';
import type { FlickerReading } from '../../../../domain/labels/label-flicker.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { formatCount, formatRate, formatShare, formatSpan } from '../../../../domain/quantity.ts';
import type { AgreementReading } from '../../agreement-store.ts';
import styles from '../evaluate.module.css';

const AgreementChart = lazy(async () => ({
  default: (await import('./AgreementChart.tsx')).AgreementChart,
}));

export function AgreementReadings({ reading }: { readonly reading: AgreementReading }) {
  const { firstName, secondName, sourceLabel, frames, seconds, history, swaps } = reading;
  const { last01, mean01, median01, lowest01, firstFlicker, secondFlicker } = reading;
  const id = useId();
  return (
    <div className={styles.agreementReadings}>
      <p className="quiet">
        <strong>{firstName}</strong> and <strong>{secondName}</strong> on {sourceLabel}: {formatCount(frames)}{' '}
        frames in {formatSpan(seconds)}.
      </p>
      <dl className="facts facts-row">
        <Fact name="agreement, median">
          <strong>{formatShare(median01)}</strong>
        </Fact>
        <Fact name="mean">{formatShare(mean01)}</Fact>
        <Fact name="lowest">{formatShare(lowest01)}</Fact>
        <Fact name="last frame">{formatShare(last01)}</Fact>
        <Fact name="flicker, first">{flickerWords(firstFlicker)}</Fact>
        <Fact name="flicker, second">{flickerWords(secondFlicker)}</Fact>
      </dl>
      <div className={classNames('chart', styles.agreementChart)} role="img" aria-labelledby={id}>
        <Suspense fallback={null}>
          <AgreementChart history={history} />
        </Suspense>
      </div>
      <div className="chart-axis quiet" aria-hidden="true">
        <span>vertical: agreement, %</span>
        <span>horizontal: s</span>
      </div>
      <p id={id} className="quiet">
        Share of the pixels with the same label, frame by frame: median {formatShare(median01)}, lowest{' '}
        {formatShare(lowest01)}. Flicker: label changes per pixel per second while the scene is still,{' '}
        {stillWords(firstFlicker)}.
      </p>
      <h3>Classes that swap</h3>
      {swaps.length === 0 ? (
        <p className="quiet">None so far: the two agree on every pixel.</p>
      ) : (
        <ol className={styles.swaps}>
          {swaps.map(({ firstName: one, secondName: other, firstColor, secondColor, share01 }) => (
            <li key={`${one} ${other}`}>
              <span>
                <span className="swatch" style={{ background: firstColor }} /> {one}
              </span>
              <span aria-hidden="true">→</span>
              <span>
                <span className="unseen">is in the second </span>
                <span className="swatch" style={{ background: secondColor }} /> {other}
              </span>
              <span className={styles.swapShare}>{formatShare(share01)}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function flickerWords({ perPixelSecond }: FlickerReading): string {
  return perPixelSecond === null ? 'scene is moving' : `${formatRate(perPixelSecond)} /px/s`;
}

function stillWords({ stillSeconds }: FlickerReading): string {
  return stillSeconds === 0
    ? 'after one second without movement'
    : `measured over ${formatSpan(stillSeconds)} without movement`;
}
