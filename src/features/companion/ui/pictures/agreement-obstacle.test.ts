import { expect, test } from 'vitest';
import { AGENT, AGENT_DESCRIPTION, BROWSER_ENGINE, RUNNING } from '../../testing/companion-state.ts';
import { agreementObstacle } from './agreement-obstacle.ts';

const agent = { ...AGENT, engine: RUNNING };

test('a known agreement has no obstacle', () =>
  expect(agreementObstacle('locked', BROWSER_ENGINE, agent, true)).toBeNull());

test('free frames are not compared', () =>
  expect(agreementObstacle('free', BROWSER_ENGINE, agent, false)).toMatch(/Choose locked frames/));

test('models with different classes are not compared', () => {
  const description = { ...AGENT_DESCRIPTION, classList: 'cityscapes' } as const;
  const cityscapes = { ...AGENT, engine: { ...RUNNING, description } };
  expect(agreementObstacle('locked', BROWSER_ENGINE, cityscapes, false)).toMatch(/different classes/);
});

test('an agent that refuses or is lost is reported', () => {
  const problem = { kind: 'agent-code-refused', address: AGENT.address } as const;
  for (const connection of [
    { kind: 'refused', problem },
    { kind: 'waiting-to-reconnect', problem, attempt: 1, retryMs: 500 },
  ] as const) {
    const gone = { ...AGENT, connection };
    expect(agreementObstacle('locked', BROWSER_ENGINE, gone, false)).toMatch(/^The agent is not connected/);
  }
});

test('without an agent, or before the first common frame, the text says what is missing', () => {
  expect(agreementObstacle('locked', BROWSER_ENGINE, null, false)).toMatch(/^Connect an agent/);
  expect(agreementObstacle('locked', { kind: 'none' }, agent, false)).toMatch(/^Waiting for a frame/);
});
