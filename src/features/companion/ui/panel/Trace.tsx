/** One quantity over time: a line with its scale at the left and its newest value at the right. */
import { classNames } from '../../../../ui-kit/class-names.ts';
import { UNKNOWN } from '../../../../domain/quantity.ts';
import { tracePath, traceScale, type TracePoint } from './trace-path.ts';
import styles from '../companion.module.css';

interface TraceProps {
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  /** Both ends of the scale are multiples of this, in the unit. */
  readonly step: number;
  /** Width of the plot, in the unit of `at`. */
  readonly span: number;
  readonly traces: readonly { readonly name: string; readonly points: readonly TracePoint[] }[];
}

/** Dashes distinguish the lines: colour is reserved for classes and stages. */
const DASHES = ['none', '4 3', '1 3', '8 3'];

export function Trace({ name, unit, decimals, step, span, traces }: TraceProps) {
  const points = traces.map((trace) => trace.points);
  const scale = traceScale(points, step);
  const newest = Math.max(...points.flat().map(({ at }) => at), 0);
  const words = (value: number | null) => (value === null ? UNKNOWN : `${value.toFixed(decimals)} ${unit}`);
  const last = traces.map((trace) => ({
    name: trace.name,
    value: words(trace.points.at(-1)?.value ?? null),
  }));
  const spoken =
    scale === null
      ? `${name}: not known`
      : `${name}: ${last.map((one) => `${one.name} ${one.value}`).join(', ')}; scale ${words(scale.low)} to ${words(scale.high)}`;
  return (
    <div className={styles.trace}>
      <div className={styles.tracePlot} role="img" aria-label={spoken}>
        <span className={classNames(styles.traceEnd, styles.traceHigh)}>
          {scale === null ? '' : String(scale.high)}
        </span>
        <span className={classNames(styles.traceEnd, styles.traceLow)}>
          {scale === null ? '' : String(scale.low)}
        </span>
        {scale !== null && (
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            {traces.map((trace, index) => (
              <path
                key={trace.name}
                className={styles.traceLine}
                strokeDasharray={DASHES[index % DASHES.length]}
                d={tracePath(trace.points, scale, newest, span)}
              />
            ))}
          </svg>
        )}
      </div>
      <ul className={styles.traceLast}>
        {last.map((one) => (
          <li key={one.name}>
            <span className="quiet">{one.name}</span> {one.value}
          </li>
        ))}
      </ul>
    </div>
  );
}
