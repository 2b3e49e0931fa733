/** The agent's machine while the run was measured: temperature, clock, memory, and whether it was throttled. */
import { useId } from 'react';
import type { HostSummary } from '../../../../domain/measuring/host-readings.ts';
import { throttlingWords } from '../../../../domain/measuring/throttling.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';
import { counted, formatBytes, formatCount } from '../../../../domain/quantity.ts';

const UNTOLD = 'this machine does not tell';

/** @param props.host null: no reading came */
export function HostFacts({ host }: { readonly host: HostSummary | null }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>The agent&apos;s machine meanwhile</h3>
      {host === null ? (
        <p className="quiet">No reading of it came while this run was measured.</p>
      ) : (
        <Told host={host} />
      )}
    </section>
  );
}

function Told({ host }: { readonly host: HostSummary }) {
  const { temperature, cpuMegahertz, throttling, memory, serverBytes, engineBytes, readings } = host;
  return (
    <>
      <dl className="facts">
        <Fact name="processor">{temperature === null ? UNTOLD : temperatureWords(temperature)}</Fact>
        <Fact name="clock">{cpuMegahertz === null ? UNTOLD : clockWords(cpuMegahertz)}</Fact>
        <Fact name="throttled">
          {throttling === null
            ? UNTOLD
            : `while it ran: ${throttlingWords(throttling.during)}; since boot: ${throttlingWords(throttling.sinceBoot)}`}
        </Fact>
        <Fact name="memory">
          {memory === null
            ? UNTOLD
            : `at least ${formatBytes(memory.leastAvailableBytes)} of ${formatBytes(memory.totalBytes)} free`}
        </Fact>
        <Fact name="agent">
          server {formatBytes(serverBytes)}, engine {formatBytes(engineBytes)} at most
        </Fact>
      </dl>
      <p className="quiet">
        From {counted(readings, 'reading')}, one a second. The stick&apos;s temperature cannot be read.
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
