/** Temperature, clock speed and memory of the machine; null if not reported. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnswerOf } from '../../../src/protocol/answers.ts';
import { arch, availableParallelism, cpus, release, type } from 'node:os';

type Telemetry = AnswerOf<'telemetry'>;

export interface TelemetrySources {
  /** Normally /sys. */
  readonly sys: string;
  /** Normally /proc. */
  readonly proc: string;
  /** Runs vcgencmd and returns its output; null if there is no such program. */
  readonly readThrottled: () => Promise<string | null>;
}

export const hostSources: TelemetrySources = { sys: '/sys', proc: '/proc', readThrottled: askVcgencmd() };

/** @param enginePid null while the engine is not running */
export async function readTelemetry(
  { sys, proc, readThrottled }: TelemetrySources,
  enginePid: number | null,
): Promise<Telemetry> {
  const [thermalZones, cpuMegahertz, throttled, memory, engineBytes] = await Promise.all([
    readThermalZones(join(sys, 'class/thermal')),
    readFrequencies(join(sys, 'devices/system/cpu')),
    readThrottled(),
    readMemory(join(proc, 'meminfo')),
    enginePid === null ? null : readResidentBytes(join(proc, String(enginePid), 'status')),
  ]);
  return {
    kind: 'telemetry',
    thermalZones,
    cpuMegahertz,
    throttledBits: throttled === null ? null : throttledBits(throttled),
    memory,
    serverBytes: process.memoryUsage.rss(),
    engineBytes,
  };
}

/** "throttled=0x50005" as a number; null for anything else. */
export function throttledBits(said: string): number | null {
  const hex = /^throttled=0x([0-9a-f]{1,8})\s*$/i.exec(said)?.[1];
  return hex === undefined ? null : Number.parseInt(hex, 16);
}

async function readThermalZones(folder: string): Promise<Telemetry['thermalZones']> {
  const names = (await list(folder)).filter((name) => name.startsWith('thermal_zone')).sort();
  const zones = await Promise.all(
    names.map(async (name) => {
      const millidegrees = await readNumber(join(folder, name, 'temp'));
      const type = await read(join(folder, name, 'type'));
      return millidegrees === null ? null : { name: type ?? name, celsius: millidegrees / 1000 };
    }),
  );
  const known = zones.filter((zone) => zone !== null);
  return known.length === 0 ? null : known;
}

async function readFrequencies(folder: string): Promise<number[] | null> {
  const cores = (await list(folder)).filter((name) => /^cpu\d+$/.test(name));
  const kilohertz = await Promise.all(
    cores
      .sort((a, b) => Number(a.slice(3)) - Number(b.slice(3)))
      .map((core) => readNumber(join(folder, core, 'cpufreq/scaling_cur_freq'))),
  );
  const known = kilohertz.filter((value) => value !== null);
  return known.length === 0 ? null : known.map((value) => value / 1000);
}

async function readMemory(file: string): Promise<Telemetry['memory']> {
  const text = await read(file);
  const totalBytes = kilobytes(text, 'MemTotal');
  const availableBytes = kilobytes(text, 'MemAvailable');
  return totalBytes === null || availableBytes === null ? null : { totalBytes, availableBytes };
}

async function readResidentBytes(file: string): Promise<number | null> {
  return kilobytes(await read(file), 'VmRSS');
}

function kilobytes(text: string | null, name: string): number | null {
  const number = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text ?? '')?.[1];
  return number === undefined ? null : Number(number) * 1024;
}

async function readNumber(file: string): Promise<number | null> {
  const text = await read(file);
  const number = Number(text);
  return text === null || text === '' || !Number.isFinite(number) || number < 0 ? null : number;
}

async function read(file: string): Promise<string | null> {
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** Runs vcgencmd on each call, but never again if there is no such program. */
function askVcgencmd(): () => Promise<string | null> {
  let absent = false;
  return () =>
    absent
      ? Promise.resolve(null)
      : new Promise((resolve) => {
          execFile('vcgencmd', ['get_throttled'], { timeout: 900 }, (error, said) => {
            if (error !== null && 'code' in error && error.code === 'ENOENT') absent = true;
            resolve(error === null ? said : null);
          });
        });
}

/** @param modelFile the file in which a board's firmware names it: "Raspberry Pi 4 Model B Rev 1.4" and a zero byte */
export async function hostFacts(modelFile = '/proc/device-tree/model'): Promise<AnswerOf<'greeted'>['host']> {
  const board = await readFile(modelFile, 'utf8').then(
    (text) => text.replace(/\0+$/, '').trim(),
    () => cpus()[0]?.model.trim() ?? '',
  );
  return {
    system: `${type()} ${release()}`,
    architecture: arch(),
    board: board === '' ? null : board,
    cores: availableParallelism(),
    node: process.version,
  };
}
