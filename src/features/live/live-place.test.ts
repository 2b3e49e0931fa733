import { expect, test } from 'vitest';
import { FakeClock, FakeNet } from '../../agent-link/testing/fake-link.ts';
import type { AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { LiveSegmenter } from '../../segmentation/agent-segmenter.ts';
import { createAgentStore, type AgentFacts, type AgentState } from '../agents/agent-store.ts';
import { createSessionStore } from '../../app/session-store.ts';
import { createLivePlace } from './live-place.ts';
import type { PageAgents } from '../agents/start-agents.ts';
import { noAgents } from '../runs/testing/run-doubles.ts';

/** These tests measure nothing on an agent. */
const NO_LINK: PageAgents['link'] = {
  link: { clientName: 'test', openSocket: new FakeNet().open, clock: new FakeClock() },
  diagnose: () => Promise.reject(new Error('not asked for')),
  codeOf: () => '',
};

const AGENT: AgentState = {
  id: 'agent-1',
  address: 'localhost:8590',
  connection: { kind: 'connecting' },
  wanted: null,
  engine: { kind: 'none' },
};
const ready = Promise.resolve();

function setUp(startFails = false) {
  const log: string[] = [];
  const store = createSessionStore(true);
  const agents = createAgentStore({ agents: [AGENT], shownAgentId: AGENT.id });
  const connect = (connection: AgentState['connection']) =>
    agents.setState({ agents: [{ ...AGENT, connection }] });
  let giveUp: () => void = () => undefined;
  const patience = new Promise<void>((resolve) => (giveUp = resolve));
  let tell: (segmenter: AgentSegmenter | null) => void = () => undefined;
  const name = (segmenter: LiveSegmenter | null) => segmenter?.description.modelName ?? 'nobody';
  const place = createLivePlace({
    store,
    pump: {
      setSegmenter(segmenter) {
        log.push(`pump: ${name(segmenter)}`);
        return Promise.resolve();
      },
    },
    engine: {
      suspend: () => Promise.resolve(void log.push('browser off')),
      resume: () => Promise.resolve(void log.push('browser on')),
    },
    notices: { info: () => 1, problem: ({ kind }) => void log.push(kind), dismiss: () => undefined },
    startAgents(onSegmenter) {
      if (startFails) return Promise.reject(new Error('offline'));
      tell = onSegmenter;
      const page: PageAgents = {
        session: { ...noAgents(), agents },
        link: NO_LINK,
        failed: () => void log.push('told the agents'),
        close: () => void log.push('agents closed'),
      };
      return Promise.resolve(page);
    },
    wait: () => patience,
  });
  return {
    place,
    store,
    agents,
    connect,
    losePatience: () => giveUp(),
    log,
    tell: async (segmenter: AgentSegmenter | null) => {
      tell(segmenter);
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
  };
}

const agent = (modelName: string) => ({ description: { modelName } }) as AgentSegmenter;

test('frames go to the agent only after the browser has stopped, and the numbers start over', async () => {
  const { place, store, log, tell } = setUp();
  await place.useAgent();
  expect(store.getState().place).toBe('agent');
  expect(log).toEqual(['browser off', 'pump: nobody']);
  log.length = 0;
  await tell(agent('int8'));
  expect(log).toEqual(['pump: int8']);
});

test('an agent that connects while the browser segments does not get its frames', async () => {
  const { place, log, tell } = setUp();
  await place.agents();
  await tell(agent('int8'));
  expect(log).toEqual([]);
  expect(place.segmenter()).toBeNull();
});

test('the agent gets no more frames after a return to the browser', async () => {
  const { place, store, log, tell } = setUp();
  await place.useAgent();
  await tell(agent('int8'));
  log.length = 0;
  await place.useBrowser();
  expect(store.getState().place).toBe('browser');
  expect(log).toEqual(['pump: nobody', 'browser on']);
  log.length = 0;
  await tell(agent('other'));
  expect(log).toEqual([]);
});

test('a measurement stops the current place and brings the same one back', async () => {
  const { place, log, tell } = setUp();
  await place.useAgent();
  await tell(agent('int8'));
  log.length = 0;
  await place.suspend();
  // A model that is loaded meanwhile waits.
  await tell(agent('new'));
  expect(log).toEqual(['pump: nobody', 'browser off']);
  log.length = 0;
  await place.resume();
  expect(log).toEqual(['pump: new']);
});

test('a measurement in the browser suspends and resumes the engine only', async () => {
  const { place, log } = setUp();
  await place.suspend();
  await place.resume();
  expect(log).toEqual(['pump: nobody', 'browser off', 'browser on']);
});

test('a frame that fails on the agent is reported to the user and to the agents', async () => {
  const { place, log, tell } = setUp();
  await place.useAgent();
  const segmenter = agent('int8');
  await tell(segmenter);
  log.length = 0;
  place.failed(segmenter, { kind: 'agent-lost', address: 'localhost:8590', detail: 'a cable' });
  expect(log).toEqual(['told the agents', 'agent-lost']);
  expect(place.segmenter()).toBeNull();
});

test('the browser continues and a notice appears if the code for agents cannot be loaded', async () => {
  const { place, store, log } = setUp(true);
  await place.useAgent();
  expect(store.getState().place).toBe('browser');
  expect(log).toEqual(['source-unreachable']);
});

test('an agent can be chosen while the browser is still loading after a measurement', async () => {
  const log: string[] = [];
  const store = createSessionStore(true);
  const place = createLivePlace({
    store,
    pump: { setSegmenter: () => Promise.resolve() },
    engine: {
      suspend: () => Promise.resolve(void log.push('browser off')),
      resume: () => new Promise<never>(() => log.push('browser loads')),
    },
    notices: { info: () => 1, problem: () => undefined, dismiss: () => undefined },
    startAgents: () =>
      Promise.resolve({
        session: noAgents(),
        link: NO_LINK,
        failed: () => undefined,
        close: () => undefined,
      }),
    wait: () => new Promise(() => undefined),
  });
  await place.suspend();
  void place.resume();
  await place.useAgent();
  expect(log).toEqual(['browser off', 'browser loads', 'browser off']);
  expect(store.getState().place).toBe('agent');
});

test('the agent of the last visit gets the frames again as soon as it has greeted', async () => {
  const { place, store, connect, log, tell } = setUp();
  const settled = place.useFormerAgent(ready);
  await tell(agent('int8'));
  connect({ kind: 'open', facts: {} as AgentFacts });
  await settled;
  expect(store.getState().place).toBe('agent');
  expect(log[0]).toBe('browser off');
  expect(log.slice(-1)).toEqual(['pump: int8']);
});

test('if that agent is unavailable, the browser resumes once it can load, and one sentence says why', async () => {
  const { place, store, connect, log } = setUp();
  let load: () => void = () => undefined;
  const settled = place.useFormerAgent(new Promise((resolve) => (load = resolve)));
  const problem = { kind: 'agent-not-running', address: AGENT.address } as const;
  connect({ kind: 'waiting-to-reconnect', problem, attempt: 1, retryMs: 500 });
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(log).not.toContain('browser on');
  load();
  await settled;
  expect(store.getState().place).toBe('browser');
  expect(log.slice(-3)).toEqual(['agent-not-running', 'pump: nobody', 'browser on']);
});

test('an agent that does not answer is not waited for forever', async () => {
  const { place, store, losePatience, log } = setUp();
  const settled = place.useFormerAgent(ready);
  losePatience();
  await settled;
  expect(store.getState().place).toBe('browser');
  expect(log).toContain('agent-not-running');
});

test('an agent that was disconnected since leaves the browser running, without a notice', async () => {
  const { place, store, agents, log } = setUp();
  agents.setState({ agents: [], shownAgentId: null });
  await place.useFormerAgent(ready);
  expect(store.getState().place).toBe('browser');
  expect(log).toEqual(['browser off', 'pump: nobody', 'pump: nobody', 'browser on']);
});

test('no notice about the agent appears if the user has chosen the browser meanwhile', async () => {
  const { place, losePatience, log } = setUp();
  const settled = place.useFormerAgent(ready);
  await place.agents();
  await place.useBrowser();
  losePatience();
  await settled;
  expect(log).not.toContain('agent-not-running');
});
