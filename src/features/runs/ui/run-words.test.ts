import { expect, test } from 'vitest';
import { agentSetup, browserSetup } from '../../../domain/setup.ts';
import { FULL_TARGET, QUICK_TARGET } from '../../../domain/measuring/run.ts';
import { HOST, NO_EVENTS, makeAgentRun, makeRun } from '../../../domain/testing/run-record.ts';
import type { ThrottlingReason } from '../../../domain/measuring/throttling.ts';
import { AGENT, AGENT_FACTS } from '../../companion/testing/companion-state.ts';
import { LIVE_SESSION_STATE, READY_MODEL } from '../../live/testing/live-state.ts';
import { plannedWords, failedChecks, targetWords } from './run-words.ts';
import { formatMoment, formatSpan } from '../../../domain/quantity.ts';

test('a span has at most two units', () =>
  expect([0.2, 8.4, 99, 100, 3599, 3600, 4200, 90_000].map(formatSpan)).toEqual([
    '1 s',
    '8 s',
    '99 s',
    '2 min',
    '1 h',
    '1 h',
    '1 h 10 min',
    '25 h',
  ]));

test('a configuration is named by model, backend, size and source, and by its pipeline where that is not ours', () => {
  const choice = { setup: browserSetup(READY_MODEL.id, 257, 'wasm'), sourceKey: 'sample:astronaut' };
  const names = { models: [READY_MODEL], sources: LIVE_SESSION_STATE.sourceOptions ?? [], agents: [] };
  expect(plannedWords(choice, names)).toBe('Segscope MobileNetV2 · wasm · 257 px · Astronaut');
  expect(
    plannedWords(
      { setup: browserSetup('gone', 257, 'wasm', { pipeline: 'stock' }), sourceKey: 'replay' },
      names,
    ),
  ).toBe('gone · wasm · 257 px · stock pipeline · replay');
});

test('a configuration on an agent names device, agent and tail, and a test double by that name', () => {
  const place = { agent: AGENT.address, device: 'edgetpu', tail: 'cut', threads: 1 } as const;
  const choice = { setup: agentSetup('mnv2', 257, place), sourceKey: 'replay' };
  const names = { models: [], sources: [], agents: [AGENT] };
  expect(plannedWords(choice, names)).toBe(
    `mnv2 · Edge TPU of ${AGENT.address} · 257 px · cut tail · replay`,
  );
  expect(
    plannedWords({ ...choice, setup: agentSetup('mnv2', 257, { ...place, codec: 'jpeg85' }) }, names),
  ).toContain('cut tail · JPEG 85 · replay');
  const edgeTpu = { ...AGENT_FACTS.edgeTpu, testDouble: true };
  const double = { ...AGENT, connection: { kind: 'open', facts: { ...AGENT_FACTS, edgeTpu } } } as const;
  expect(plannedWords(choice, { ...names, agents: [double] })).toContain(`TEST DOUBLE of ${AGENT.address}`);
});

test('a target names its warm-up, and seconds only if it has some', () => {
  expect(targetWords(QUICK_TARGET)).toBe('20 frames, after 10 of warm-up');
  expect(targetWords(FULL_TARGET)).toBe('at least 1024 frames and 60 s, after 10 of warm-up');
});

test('a run that drifted is distinguished from one whose machine reported throttling', () => {
  const drifted = makeRun({ frames: 90, drift: 0.5 });
  expect(failedChecks(drifted)).toEqual(['drifted']);
  const during: readonly ThrottlingReason[] = ['throttled'];
  const host = { ...HOST, throttling: { during, sinceBoot: during } };
  expect(failedChecks(makeAgentRun({ host }))).toEqual(['throttled during the run, do not quote']);
});

test('every failed check has a text; a valid run has none', () => {
  expect(failedChecks(makeRun())).toEqual([]);
  const events = { ...NO_EVENTS, hidden: 2, contextLost: true, endedEarly: 'cancelled' };
  expect(failedChecks(makeRun({ events }))).toEqual(['target not reached', 'tab was hidden', 'context lost']);
});

test('an invalid date is shown as written', () => {
  expect(formatMoment('yesterday')).toBe('yesterday');
  expect(formatMoment('2026-11-22T13:45:00.000Z')).toMatch(/^2026-11-2\d \d\d:45$/);
});
