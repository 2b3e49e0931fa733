import { expect, test } from 'vitest';
import { agentOptions } from './options.ts';

test('without options the agent stays on this machine, at the port that the page tries first', () =>
  expect(agentOptions([], {})).toEqual({
    port: 8590,
    lan: false,
    origins: [],
    cpuEngine: 'auto',
    watchdogMs: 10_000,
    help: false,
  }));

test('the command line overrides the environment', () => {
  const environment = { PORT: '9001', CPU_ENGINE: 'litert' };
  expect(agentOptions([], environment)).toMatchObject({ port: 9001, cpuEngine: 'litert' });
  const args = ['--port', '9000', '--cpu-engine', 'tflite'];
  expect(agentOptions(args, environment)).toMatchObject({ port: 9000, cpuEngine: 'tflite' });
});

test('2.3 --lan needs the pages that may connect', () => {
  expect(() => agentOptions(['--lan'], {})).toThrow(/--lan needs --origin/);
  const origins = ['http://laptop.local:4173', 'http://other.local'];
  const args = ['--lan', ...origins.flatMap((origin) => ['--origin', origin])];
  expect(agentOptions(args, {})).toMatchObject({ lan: true, origins });
});

test.each(['0', '65536', '-1', 'eighty', '80.5'])('refuses the port "%s"', (port) =>
  expect(() => agentOptions([`--port=${port}`], {})).toThrow(/is not a port/),
);

test('refuses an unknown engine and names it', () =>
  expect(() => agentOptions(['--cpu-engine', 'tpu'], {})).toThrow(/"tpu" is not an engine/));

test('8.5 --watchdog gives a slow machine more time for a frame', () => {
  expect(agentOptions([], { WATCHDOG: '60' }).watchdogMs).toBe(60_000);
  expect(agentOptions(['--watchdog', '120'], { WATCHDOG: '60' }).watchdogMs).toBe(120_000);
});

test.each(['0', '601', '2.5', 'never'])('refuses "%s" as the time of the watchdog', (word) =>
  expect(() => agentOptions(['--watchdog', word], {})).toThrow(/is not a watchdog time/),
);
