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

test('the last reading before a run is part of it, earlier ones are not', async () => {
  const log = createHostLog(new FakeClock());
  log.hear(told(90));
  log.hear(told(50));
  const watch = log.watch();
  log.hear(told(60));
  expect(await watch.ended()).toMatchObject({ readings: 2, temperature: { min: 50, max: 60 } });
});

test('a run that is shorter than a second waits for the first reading', async () => {
  const log = createHostLog(new FakeClock());
  const ended = log.watch().ended();
  log.hear(told(55, 0b100));
  expect(await ended).toMatchObject({ readings: 1, throttling: { during: ['throttled'] } });
});

test('a machine that says nothing is not waited for without end', async () => {
  const clock = new FakeClock();
  const ended = createHostLog(clock).watch().ended();
  clock.pass(2000);
  expect(await ended).toBeNull();
  expect(clock.pending).toBe(0);
});
