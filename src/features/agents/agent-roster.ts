/** The agents of the page: connects several at once, loads what is wanted on each, and hands out the shown one's segmenter. */
import { parseAgentAddress } from '../../agent-link/agent-address.ts';
import type { ModelWanted } from '../../agent-link/agent-conversation.ts';
import { AgentClient, type AgentEvent } from '../../agent-link/agent-client.ts';
import { problemOf, type Problem } from '../../domain/problems/problem.ts';
import type { AgentSetup } from '../../domain/setup.ts';
import type { AnswerOf } from '../../protocol/answers.ts';
import { coldTimingsOf, describeAgentModel } from '../../segmentation/agent-model.ts';
import { createAgentSegmenter, type AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { AgentState } from './agent-store.ts';
import { firstWish, fitWish, runningEngine } from './agent-facts.ts';
import type { AgentRoster, RosterParts } from './agent-roster.types.ts';

interface Entry {
  readonly id: string;
  readonly code: string;
  readonly client: AgentClient;
  greeted: AnswerOf<'greeted'> | null;
  segmenter: AgentSegmenter | null;
}

const NOTHING_RUNS: AgentState['engine'] = { kind: 'none' };

export function createAgentRoster(parts: RosterParts): AgentRoster {
  const { store } = parts;
  const entries = new Map<string, Entry>();
  let lastId = 0;

  const stateOf = (id: string) => store.getState().agents.find((agent) => agent.id === id);
  const addressOf = (id: string) => stateOf(id)?.address ?? '';
  const isShown = (id: string) => store.getState().shownAgentId === id;

  function update(id: string, change: Partial<AgentState>): void {
    store.setState(({ agents }) => ({
      agents: agents.map((agent) => (agent.id === id ? { ...agent, ...change } : agent)),
    }));
  }

  function install(entry: Entry, segmenter: AgentSegmenter | null): void {
    entry.segmenter = segmenter;
    if (isShown(entry.id)) parts.onSegmenter(segmenter);
  }

  function remember(): void {
    // The one that is added last is shown, on the next visit too.
    const ordered = [...entries.values()].sort((a, b) => Number(isShown(a.id)) - Number(isShown(b.id)));
    parts.onChanged(ordered.map(({ id, code }) => ({ address: addressOf(id), code })));
  }

  function connect(id: string, address: string, code: string): Entry {
    const entry: Entry = {
      id,
      code,
      greeted: null,
      segmenter: null,
      client: new AgentClient({
        ...parts.link,
        address,
        code,
        diagnose: () => parts.diagnose(address),
        onEvent: (event) => {
          if (entries.get(id) === entry) hear(entry, event);
        },
      }),
    };
    entries.set(id, entry);
    entry.client.connect();
    return entry;
  }

  function hear(entry: Entry, event: AgentEvent): void {
    const { id } = entry;
    switch (event.kind) {
      case 'connecting':
        update(id, { connection: { kind: 'connecting' } });
        return;
      case 'open':
        open(entry, event.greeted);
        return;
      case 'waiting': {
        const { problem, attempt, retryMs } = event;
        gone(entry, { kind: 'waiting-to-reconnect', problem, attempt, retryMs });
        return;
      }
      case 'refused':
        gone(entry, { kind: 'refused', problem: event.problem });
        return;
      case 'telemetry':
        if (isShown(id)) parts.onTelemetry(event.telemetry);
        return;
      case 'reloading':
        install(entry, null);
        showLoading(id);
        return;
      case 'reloaded':
        run(entry, event.loaded);
        return;
      case 'reload-failed':
        fail(id, event.problem);
    }
  }

  function open(entry: Entry, greeted: AnswerOf<'greeted'>): void {
    entry.greeted = greeted;
    update(entry.id, { connection: { kind: 'open', facts: greeted } });
    const former = stateOf(entry.id)?.wanted ?? null;
    // What was wanted before is loaded again by the client itself.
    if (former !== null) return;
    const wish = firstWish(addressOf(entry.id), greeted);
    if (wish !== null) void load(entry, wish);
  }

  function gone(entry: Entry, connection: AgentState['connection']): void {
    install(entry, null);
    update(entry.id, { connection, engine: NOTHING_RUNS });
  }

  function showLoading(id: string): void {
    const wanted = stateOf(id)?.wanted ?? null;
    if (wanted !== null) update(id, { engine: { kind: 'loading', wanted } });
  }

  function fail(id: string, problem: Problem): void {
    const wanted = stateOf(id)?.wanted ?? null;
    if (wanted !== null) update(id, { engine: { kind: 'failed', wanted, problem } });
  }

  async function load(entry: Entry, wanted: AgentSetup): Promise<void> {
    const { id, client } = entry;
    update(id, { wanted });
    showLoading(id);
    install(entry, null);
    const current = () => entries.get(id) === entry && stateOf(id)?.wanted === wanted;
    try {
      const loaded = await client.load(modelWanted(wanted));
      if (current()) run(entry, loaded);
    } catch (error) {
      if (!current()) return;
      const address = addressOf(id);
      const problem = problemOf(error, (detail) => ({ kind: 'agent-lost', address, detail }));
      // A lost connection stands in the connection already, and loads by itself when it is back.
      if (problem.kind !== 'agent-lost') fail(id, problem);
    }
  }

  function run(entry: Entry, loaded: AnswerOf<'loaded'>): void {
    const { id, client, greeted } = entry;
    if (greeted?.models.some(({ modelId }) => modelId === loaded.modelId) !== true) return;
    const address = addressOf(id);
    const description = describeAgentModel(address, loaded, greeted);
    update(id, { engine: runningEngine(loaded, description) });
    install(
      entry,
      createAgentSegmenter({
        link: client,
        description,
        cold: coldTimingsOf(loaded),
        payload: parts.payload,
        now: () => parts.link.clock.now(),
      }),
    );
  }

  function show(id: string): void {
    if (isShown(id)) return;
    store.setState({ shownAgentId: id });
    remember();
    parts.onShown();
    parts.onSegmenter(entries.get(id)?.segmenter ?? null);
  }

  function addNew(address: string, connection: AgentState['connection']): string {
    const id = `agent-${++lastId}`;
    const agent: AgentState = { id, address, connection, wanted: null, engine: NOTHING_RUNS };
    store.setState(({ agents }) => ({ agents: [...agents, agent] }));
    return id;
  }

  function reconnect(id: string, code: string): void {
    const address = stateOf(id)?.address;
    if (address === undefined) return;
    const former = entries.get(id);
    former?.client.close();
    update(id, { engine: NOTHING_RUNS });
    if (former !== undefined) install(former, null);
    const wanted = stateOf(id)?.wanted ?? null;
    const entry = connect(id, address, code);
    // A new client remembers no wish: it is told once the agent has greeted, as at first, but with what was chosen.
    if (wanted !== null) entry.client.remember(modelWanted(wanted));
    remember();
  }

  return {
    add(typed, code) {
      let parsed;
      try {
        parsed = parseAgentAddress(typed);
      } catch (error) {
        const address = typed.trim();
        const problem = problemOf(error, () => ({ kind: 'agent-address-invalid', address }));
        return addNew(address, { kind: 'refused', problem });
      }
      const { address } = parsed;
      const secret = (parsed.code ?? code).trim();
      const known = store.getState().agents.find((agent) => agent.address === address);
      const id = known?.id ?? addNew(address, { kind: 'idle' });
      if (known === undefined) connect(id, address, secret);
      else reconnect(id, secret);
      remember();
      show(id);
      return id;
    },
    remove(id) {
      const entry = entries.get(id);
      entries.delete(id);
      entry?.client.close();
      const agents = store.getState().agents.filter((agent) => agent.id !== id);
      store.setState({ agents });
      remember();
      if (!isShown(id)) return;
      const next = agents[0]?.id ?? null;
      store.setState({ shownAgentId: null });
      if (next === null) {
        parts.onShown();
        parts.onSegmenter(null);
      } else show(next);
    },
    reconnect(id, code) {
      reconnect(id, code?.trim() ?? entries.get(id)?.code ?? '');
    },
    show,
    codeOf: (address) => [...entries.values()].find(({ id }) => stateOf(id)?.address === address)?.code ?? '',
    choose(id, change) {
      const entry = entries.get(id);
      const agent = stateOf(id);
      if (entry === undefined || agent?.connection.kind !== 'open') return;
      const { facts } = agent.connection;
      const former = agent.wanted ?? firstWish(agent.address, facts);
      if (former === null) return;
      const { modelId = former.modelId, ...place } = change;
      const wish = { ...former, modelId, place: { ...former.place, ...place } };
      void load(entry, fitWish(wish, facts.models));
    },
    failed(segmenter, problem) {
      const entry = [...entries.values()].find((known) => known.segmenter === segmenter);
      if (entry === undefined) return;
      entry.segmenter = null;
      // A lost connection is told by its own events, and an engine that ended is followed by a new load.
      if (problem.kind !== 'agent-lost') fail(entry.id, problem);
    },
    close() {
      for (const { client } of entries.values()) client.close();
      entries.clear();
    },
  };
}

const modelWanted = ({ modelId, place: { device, tail, threads } }: AgentSetup): ModelWanted => ({
  modelId,
  device,
  tail,
  threads,
});
