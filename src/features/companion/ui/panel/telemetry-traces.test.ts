import { expect, test } from 'vitest';
import { telemetry } from '../../testing/companion-state.ts';
import { clockTrace, memoryTrace, temperatureTraces } from './telemetry-traces.ts';

test('every thermal zone has its own line, and zones with the same name are numbered', () => {
  const zone = (name: string, celsius: number) => ({ name, celsius });
  const readings = [
    telemetry({ atSeconds: 1, thermalZones: [zone('cpu', 40), zone('cpu', 50)] }),
    telemetry({ atSeconds: 2, thermalZones: null }),
  ];
  expect(temperatureTraces(readings)).toEqual([
    {
      name: 'cpu 1',
      points: [
        { at: 1, value: 40 },
        { at: 2, value: null },
      ],
    },
    {
      name: 'cpu 2',
      points: [
        { at: 1, value: 50 },
        { at: 2, value: null },
      ],
    },
  ]);
  expect(temperatureTraces([telemetry({ thermalZones: null })])).toEqual([]);
});

test('the clock is the mean of the cores, and unknown where none is reported', () => {
  const readings = [telemetry({ cpuMegahertz: [600, 1800] }), telemetry({ cpuMegahertz: null })];
  expect(clockTrace(readings).map(({ value }) => value)).toEqual([1200, null]);
});

test('memory in use is the total less what is available', () => {
  const memory = { totalBytes: 4e9, availableBytes: 3e9 };
  expect(memoryTrace([telemetry({ memory })])[0]?.value).toBe(1000);
});
