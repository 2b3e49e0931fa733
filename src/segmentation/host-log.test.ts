import { expect, test } from 'vitest';
import { FakeClock } from '../agent-link/testing/fake-link.ts';
import type { AnswerOf } from '../protocol/answers.ts';
import { createHostLog } from './host-log.ts';

const told = (celsius: number, throttledBits = 0): AnswerOf<'telemetry'> => ({
  kind: 'telemetry',
  thermalZones: [{ name: 'cpu-thermal', celsius }],
  cpuMegahertz: null,
  throttledBits,
  memory: null,
  serverBytes: 1,
  engineBytes: null,
});

test('includes the last reading before a run, and no earlier ones', async () => {
  const log = createHostLog(new FakeClock());
  log.hear(told(90));
  log.hear(told(50));
  const watch = log.watch();
  log.hear(told(60));
  expect(await watch.ended()).toMatchObject({ readings: 2, temperature: { min: 50, max: 60 } });
});

test('waits for the first reading if a run is shorter than a second', async () => {
  const log = createHostLog(new FakeClock());
  const ended = log.watch().ended();
  log.hear(told(55, 0b100));
  expect(await ended).toMatchObject({ readings: 1, throttling: { during: ['throttled'] } });
});

test('stops waiting for a machine that reports nothing', async () => {
  const clock = new FakeClock();
  const ended = createHostLog(clock).watch().ended();
  clock.pass(2000);
  expect(await ended).toBeNull();
  expect(clock.pending).toBe(0);
});
