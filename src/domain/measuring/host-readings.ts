/** What an agent's machine reports once a second, and the summary of it for a run. */
import { median } from './statistics.ts';
import { THROTTLING_REASONS, type Throttling, type ThrottlingReason } from './throttling.ts';

/** One reading; null if the machine does not report the value. The Coral stick's own temperature cannot be read. */
export interface HostReading {
  readonly thermalZones: readonly { readonly name: string; readonly celsius: number }[] | null;
  /** Per core. */
  readonly cpuMegahertz: readonly number[] | null;
  readonly throttling: Throttling | null;
  readonly memory: { readonly totalBytes: number; readonly availableBytes: number } | null;
  /** Resident memory of the agent's two processes; null while the engine is not running. */
  readonly serverBytes: number;
  readonly engineBytes: number | null;
}

/** All readings of a run in one; null if no reading has the value. */
export interface HostSummary {
  /** >= 1 */
  readonly readings: number;
  /** Of the processor (SoC), °C. */
  readonly temperature: {
    /** As the kernel names it: "cpu-thermal". */
    readonly zone: string;
    readonly min: number;
    readonly median: number;
    readonly max: number;
  } | null;
  /** Over all cores. */
  readonly cpuMegahertz: { readonly min: number; readonly max: number } | null;
  readonly throttling: {
    /** Seen in a reading, or reported as having happened between two of them. */
    readonly during: readonly ThrottlingReason[];
    /** As in the last reading. */
    readonly sinceBoot: readonly ThrottlingReason[];
  } | null;
  readonly memory: { readonly totalBytes: number; readonly leastAvailableBytes: number } | null;
  /** The peak memory of the agent's two processes. */
  readonly serverBytes: number;
  readonly engineBytes: number | null;
}

/** cpu-thermal on a Raspberry Pi, soc-thermal and x86_pkg_temp elsewhere. */
const PROCESSOR_ZONE = /cpu|soc|pkg/i;

/** @returns null without any reading */
export function summariseHost(readings: readonly HostReading[]): HostSummary | null {
  if (readings.length === 0) return null;
  const megahertz = readings.flatMap(({ cpuMegahertz }) => cpuMegahertz ?? []);
  const memory = readings.flatMap(({ memory: one }) => one ?? []);
  const engine = readings.flatMap(({ engineBytes }) => engineBytes ?? []);
  const totalBytes = memory[0]?.totalBytes;
  return {
    readings: readings.length,
    temperature: temperatureOf(readings),
    cpuMegahertz:
      megahertz.length === 0 ? null : { min: Math.min(...megahertz), max: Math.max(...megahertz) },
    throttling: throttlingOf(readings),
    memory:
      totalBytes === undefined
        ? null
        : {
            totalBytes,
            leastAvailableBytes: Math.min(...memory.map(({ availableBytes }) => availableBytes)),
          },
    serverBytes: Math.max(...readings.map(({ serverBytes }) => serverBytes)),
    engineBytes: engine.length === 0 ? null : Math.max(...engine),
  };
}

/** Empty if the machine was not throttled during the run, or does not report it. */
export function throttledWhile(host: HostSummary | null): readonly ThrottlingReason[] {
  return host?.throttling?.during ?? [];
}

/** The first zone with a processor's name, else the first of all. */
function temperatureOf(readings: readonly HostReading[]): HostSummary['temperature'] {
  const zones = readings.flatMap(({ thermalZones }) => thermalZones ?? []);
  const zone = (zones.find(({ name }) => PROCESSOR_ZONE.test(name)) ?? zones[0])?.name;
  if (zone === undefined) return null;
  const celsius = readings.flatMap(({ thermalZones }) => {
    const one = thermalZones?.find(({ name }) => name === zone);
    return one === undefined ? [] : [one.celsius];
  });
  return { zone, min: Math.min(...celsius), median: median(celsius), max: Math.max(...celsius) };
}

/** Readings are a second apart: an event that begins and ends between two shows only in the bits since boot. */
function throttlingOf(readings: readonly HostReading[]): HostSummary['throttling'] {
  const told = readings.flatMap(({ throttling }) => throttling ?? []);
  const [first, last] = [told[0], told.at(-1)];
  if (first === undefined || last === undefined) return null;
  const during = THROTTLING_REASONS.filter(
    (reason) =>
      told.some(({ now }) => now.includes(reason)) ||
      (last.sinceBoot.includes(reason) && !first.sinceBoot.includes(reason)),
  );
  return { during, sinceBoot: last.sinceBoot };
}
