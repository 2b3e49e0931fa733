import { expect, test } from 'vitest';
import { summariseHost, throttledWhile, type HostReading } from './host-readings.ts';

const reading = (change: Partial<HostReading> = {}): HostReading => ({
  thermalZones: [
    { name: 'gpu-thermal', celsius: 90 },
    { name: 'cpu-thermal', celsius: 50 },
  ],
  cpuMegahertz: [1800, 1800],
  throttling: { now: [], sinceBoot: [] },
  memory: { totalBytes: 4e9, availableBytes: 3e9 },
  serverBytes: 6e7,
  engineBytes: null,
  ...change,
});
const degrees = (celsius: number) => reading({ thermalZones: [{ name: 'cpu-thermal', celsius }] });

test('no reading gives no summary', () => {
  expect(summariseHost([])).toBeNull();
  expect(throttledWhile(null)).toEqual([]);
});

test("the temperature is the processor's, with its least, median and highest", () => {
  expect(summariseHost([reading(), degrees(62), degrees(58)])?.temperature).toEqual({
    zone: 'cpu-thermal',
    min: 50,
    median: 58,
    max: 62,
  });
  const acpi = reading({ thermalZones: [{ name: 'acpitz', celsius: 40 }] });
  expect(summariseHost([acpi])?.temperature?.zone).toBe('acpitz');
});

test('clock and memory are the extremes over all cores and readings', () => {
  const throttled = reading({
    cpuMegahertz: [600, 1500],
    memory: { totalBytes: 4e9, availableBytes: 1e9 },
    serverBytes: 7e7,
    engineBytes: 2e8,
  });
  expect(summariseHost([reading(), throttled, reading()])).toMatchObject({
    readings: 3,
    cpuMegahertz: { min: 600, max: 1800 },
    memory: { totalBytes: 4e9, leastAvailableBytes: 1e9 },
    serverBytes: 7e7,
    engineBytes: 2e8,
  });
});

test('a value that the machine does not report is null', () => {
  const silent = reading({ thermalZones: null, cpuMegahertz: null, throttling: null, memory: null });
  expect(summariseHost([silent])).toMatchObject({
    temperature: null,
    cpuMegahertz: null,
    throttling: null,
    memory: null,
    engineBytes: null,
  });
});

test('throttling counts while a reading reports it, and also if it began and ended between two readings', () => {
  const told = (now: HostReading['throttling']) => reading({ throttling: now });
  const seen = summariseHost([
    told({ now: [], sinceBoot: ['under-voltage'] }),
    told({ now: ['throttled'], sinceBoot: ['under-voltage', 'throttled'] }),
    told({ now: [], sinceBoot: ['under-voltage', 'throttled', 'soft temperature limit'] }),
  ]);
  expect(throttledWhile(seen)).toEqual(['throttled', 'soft temperature limit']);
  expect(seen?.throttling?.sinceBoot).toEqual(['under-voltage', 'throttled', 'soft temperature limit']);
  const before = told({ now: [], sinceBoot: ['throttled'] });
  expect(throttledWhile(summariseHost([before, before]))).toEqual([]);
});
