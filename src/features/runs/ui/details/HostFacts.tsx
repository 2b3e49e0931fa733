/** The agent's machine during the run: temperature, clock, memory and throttling. */
import { useId } from 'react';
import type { HostSummary } from '../../../../domain/measuring/host-readings.ts';
import { throttlingWords } from '../../../../domain/measuring/throttling.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';
import { counted, formatBytes, formatCount } from '../../../../domain/quantity.ts';

const NOT_REPORTED = 'not reported';

/** @param props.host null: no readings arrived */
export function HostFacts({ host }: { readonly host: HostSummary | null }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>The agent&apos;s machine during the run</h3>
      {host === null ? (
        <p className="quiet">No readings arrived during this run.</p>
      ) : (
        <KnownFacts host={host} />
      )}
    </section>
  );
}

function KnownFacts({ host }: { readonly host: HostSummary }) {
  const { temperature, cpuMegahertz, throttling, memory, serverBytes, engineBytes, readings } = host;
  return (
    <>
      <dl className="facts">
        <Fact name="processor">{temperature === null ? NOT_REPORTED : temperatureWords(temperature)}</Fact>
        <Fact name="clock">{cpuMegahertz === null ? NOT_REPORTED : clockWords(cpuMegahertz)}</Fact>
        <Fact name="throttled">
          {throttling === null
            ? NOT_REPORTED
            : `during the run: ${throttlingWords(throttling.during)}; since boot: ${throttlingWords(throttling.sinceBoot)}`}
        </Fact>
        <Fact name="memory">
          {memory === null
            ? NOT_REPORTED
            : `at least ${formatBytes(memory.leastAvailableBytes)} of ${formatBytes(memory.totalBytes)} free`}
        </Fact>
        <Fact name="agent">
          server up to {formatBytes(serverBytes)}, engine up to {formatBytes(engineBytes)}
        </Fact>
      </dl>
      <p className="quiet">
        From {counted(readings, 'reading')}, one per second. The USB accelerator does not report its
        temperature.
      </p>
    </>
  );
}

function temperatureWords({ zone, min, median, max }: NonNullable<HostSummary['temperature']>): string {
  const [low, middle, high] = [min, median, max].map((celsius) => celsius.toFixed(1));
  return `${String(low)} to ${String(high)} °C, median ${String(middle)} (${zone})`;
}

function clockWords({ min, max }: NonNullable<HostSummary['cpuMegahertz']>): string {
  return min === max ? `${formatCount(max)} MHz` : `${formatCount(min)} to ${formatCount(max)} MHz`;
}
