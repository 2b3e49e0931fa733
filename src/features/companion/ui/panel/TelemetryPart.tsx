/** The agent's machine over time: temperatures, clock, memory, and whether it is being throttled. */
import { memo, type ReactNode } from 'react';
import { throttlingWords } from '../../../../domain/measuring/throttling.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';
import { UNKNOWN, formatBytes } from '../../../../domain/quantity.ts';
import type { TelemetryReading } from '../../companion-timing-store.ts';
import { useCompanionTiming } from '../companion-context.ts';
import { Trace } from './Trace.tsx';
import { clockTrace, memoryTrace, temperatureTraces } from './telemetry-traces.ts';
import styles from '../companion.module.css';

/** Of the charts, s. */
const SPAN_SECONDS = 300;

export const TelemetryPart = memo(function TelemetryPart() {
  const readings = useCompanionTiming((state) => state.telemetry);
  const last = readings.at(-1) ?? null;
  const absent = (what: string) => (last === null ? 'No readings yet.' : `${what} not reported.`);
  return (
    <section className="panel-part">
      <h2>The agent&apos;s machine, last 5 minutes</h2>
      <Quantity name="Temperature" absent={absent('Temperature')}>
        {temperatureTraces(readings).length > 0 && (
          <Trace
            name="Temperature"
            unit="°C"
            decimals={1}
            step={10}
            span={SPAN_SECONDS}
            traces={temperatureTraces(readings)}
          />
        )}
      </Quantity>
      <Quantity name="Clock, mean of the cores" absent={absent('Clock frequency')}>
        {last?.cpuMegahertz != null && (
          <Trace
            name="Clock"
            unit="MHz"
            decimals={0}
            step={500}
            span={SPAN_SECONDS}
            traces={[{ name: 'mean', points: clockTrace(readings) }]}
          />
        )}
      </Quantity>
      <Quantity name="Memory in use" absent={absent('Memory')}>
        {last?.memory != null && (
          <Trace
            name="Memory in use"
            unit="MB"
            decimals={0}
            step={500}
            span={SPAN_SECONDS}
            traces={[{ name: 'machine', points: memoryTrace(readings) }]}
          />
        )}
      </Quantity>
      <dl className="facts">
        <Fact name="throttled">{throttled(readings)}</Fact>
        <Fact name="agent">
          {last === null
            ? UNKNOWN
            : `server ${formatBytes(last.serverBytes)}, engine ${formatBytes(last.engineBytes)} of ${formatBytes(last.memory?.totalBytes ?? null)}`}
        </Fact>
      </dl>
      <p className="quiet">The USB accelerator does not report its temperature.</p>
    </section>
  );
});

interface QuantityProps {
  readonly name: string;
  readonly absent: string;
  readonly children: ReactNode;
}

/** Has the same height with and without a value. */
function Quantity({ name, absent, children }: QuantityProps) {
  return (
    <div className={styles.telemetryQuantity}>
      <h3>{name}</h3>
      {children === false ? <p className="quiet">{absent}</p> : children}
    </div>
  );
}

function throttled(readings: readonly TelemetryReading[]): string {
  const last = readings.at(-1);
  if (last === undefined) return UNKNOWN;
  if (last.throttling === null) return 'not reported';
  const { now, sinceBoot } = last.throttling;
  const times = readings.filter(({ throttling }) => (throttling?.now.length ?? 0) > 0).length;
  return `now: ${throttlingWords(now)}; in ${times} of ${readings.length} readings; since boot: ${throttlingWords(sinceBoot)}`;
}
