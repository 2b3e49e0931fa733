/** Collects the readings that an agent's machine sends once a second, and returns those of a measurement. */
import type { LinkClock } from '../agent-link/agent-socket.ts';
import { summariseHost, type HostReading, type HostSummary } from '../domain/measuring/host-readings.ts';
import { decodeThrottledBits } from '../domain/measuring/throttling.ts';
import type { AnswerOf } from '../protocol/answers.ts';

export interface HostWatch {
  /**
   * All readings since watch() in one. They include the last one before it, at most a second old. If there is none yet,
   * it waits for the first, because a short run ends before a reading arrives.
   * @returns null if the machine reports nothing
   */
  ended(): Promise<HostSummary | null>;
}

export interface HostLog {
  hear(told: AnswerOf<'telemetry'>): void;
  watch(): HostWatch;
}

/** Telemetry comes every 1,000 ms (SPEC 8.1). */
const LONGEST_WAIT_MS = 2000;

/** @param clock only for the waiting */
export function createHostLog(clock: Pick<LinkClock, 'after'>): HostLog {
  const readings: HostReading[] = [];
  let onFirst: () => void = () => undefined;

  const first = () =>
    new Promise<void>((resolve) => {
      const giveUp = clock.after(LONGEST_WAIT_MS, resolve);
      onFirst = () => {
        giveUp();
        resolve();
      };
    });

  return {
    hear(told) {
      readings.push(hostReading(told));
      onFirst();
    },
    watch() {
      const from = Math.max(0, readings.length - 1);
      return {
        async ended() {
          if (readings.length === 0) await first();
          return summariseHost(readings.slice(from));
        },
      };
    },
  };
}

/** The machine's own words, its throttled bits decoded. */
export function hostReading(told: AnswerOf<'telemetry'>): HostReading {
  const { thermalZones, cpuMegahertz, throttledBits, memory, serverBytes, engineBytes } = told;
  return {
    thermalZones,
    cpuMegahertz,
    throttling: throttledBits === null ? null : decodeThrottledBits(throttledBits),
    memory,
    serverBytes,
    engineBytes,
  };
}
