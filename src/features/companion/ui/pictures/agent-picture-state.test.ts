import { agentSetup } from '../../../../domain/setup.ts';
import { expect, test } from 'vitest';
import type { AgentState } from '../../../agents/agent-store.ts';
import { AGENT, RUNNING } from '../../testing/companion-state.ts';
import { agentBadge, agentPictureState, slowWords } from './agent-picture-state.ts';

const problem = { kind: 'worker-crashed', detail: 'gone' } as const;
const lost: AgentState = {
  ...AGENT,
  connection: { kind: 'waiting-to-reconnect', problem, attempt: 2, retryMs: 1000 },
};
const wanted = agentSetup('dm05', 513, { agent: 'pi', device: 'cpu', tail: 'cut', threads: 1 });

test('without an agent the picture says so, whatever was painted before', () => {
  expect(agentPictureState(true, null)).toEqual({ kind: 'no-agent' });
  expect(agentBadge(null, 'none')).toBeNull();
});

test('before the first frame, every state of the connection and of the engine has a text', () => {
  expect(agentPictureState(false, { ...AGENT, connection: { kind: 'connecting' } })).toEqual({
    kind: 'waiting',
    words: 'Connecting to localhost:8590…',
  });
  expect(agentPictureState(false, lost)).toMatchObject({ kind: 'failed' });
  expect(agentPictureState(false, { ...AGENT, engine: { kind: 'loading', wanted } })).toMatchObject({
    words: 'Loading dm05 on the agent…',
  });
  expect(agentPictureState(false, { ...AGENT, engine: { kind: 'failed', wanted, problem } })).toMatchObject({
    kind: 'failed',
  });
  expect(agentPictureState(false, { ...AGENT, engine: RUNNING })).toMatchObject({ kind: 'waiting' });
});

test('a painted picture stays, and a badge says why it does not move', () => {
  expect(agentPictureState(true, lost)).toEqual({ kind: 'live' });
  expect(agentBadge(lost, 'none')).toMatch(/^Connection lost/);
  expect(agentBadge({ ...AGENT, engine: RUNNING }, 'none')).toBeNull();
  expect(agentBadge({ ...AGENT, engine: RUNNING }, 'frozen')).toBe('Frozen');
  expect(agentBadge({ ...AGENT, engine: RUNNING }, 'hidden')).toMatch(/hidden/);
  expect(agentBadge({ ...AGENT, engine: { kind: 'failed', wanted, problem } }, 'none')).toMatch(/failed/);
});

test('a side is called slow from one second per frame', () => {
  expect(slowWords(null)).toBeNull();
  expect(slowWords(999)).toBeNull();
  expect(slowWords(1520)).toBe('Slow: 1.52 s per frame');
});
