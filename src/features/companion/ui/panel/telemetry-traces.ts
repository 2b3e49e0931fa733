/** Readings of the agent's machine as lines over time. */
import type { TelemetryReading } from '../../companion-timing-store.ts';
import type { TracePoint } from './trace-path.ts';

export interface NamedTrace {
  readonly name: string;
  readonly points: readonly TracePoint[];
}

/** One line per reported thermal zone, °C; zones with the same name are numbered. */
export function temperatureTraces(readings: readonly TelemetryReading[]): readonly NamedTrace[] {
  const zones = readings.reduce<readonly { readonly name: string }[]>(
    (most, { thermalZones }) => ((thermalZones?.length ?? 0) > most.length ? (thermalZones ?? []) : most),
    [],
  );
  return zones.map(({ name }, index) => ({
    name: zones.filter((zone) => zone.name === name).length > 1 ? `${name} ${index + 1}` : name,
    points: readings.map(({ atSeconds, thermalZones }) => ({
      at: atSeconds,
      value: thermalZones?.[index]?.celsius ?? null,
    })),
  }));
}

/** Mean of the cores, MHz. */
export function clockTrace(readings: readonly TelemetryReading[]): readonly TracePoint[] {
  return readings.map(({ atSeconds, cpuMegahertz }) => ({
    at: atSeconds,
    value:
      cpuMegahertz === null || cpuMegahertz.length === 0
        ? null
        : cpuMegahertz.reduce((sum, megahertz) => sum + megahertz, 0) / cpuMegahertz.length,
  }));
}

/** Of the whole machine, MB. */
export function memoryTrace(readings: readonly TelemetryReading[]): readonly TracePoint[] {
  return readings.map(({ atSeconds, memory }) => ({
    at: atSeconds,
    value: memory === null ? null : (memory.totalBytes - memory.availableBytes) / 1e6,
  }));
}
