/** The agents of the page: connects several at once, and passes on the shown one's segmenter. */
import { parseAgentAddress } from '../../agent-link/agent-address.ts';
import { problemOf, type Problem } from '../../domain/problems/problem.ts';
import type { AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import { agentOf, updateAgent, type AgentChange, type AgentState } from './agent-store.ts';
import { ConnectedAgent, type ConnectedAgentParts } from './connected-agent.ts';

export interface RosterParts extends ConnectedAgentParts {
  /** Another agent is shown: measurements of the previous one no longer apply. */
  readonly onShown: () => void;
  /** Addresses or codes have changed and must be stored. */
  readonly onChanged: (agents: readonly KnownAgent[]) => void;
}

export interface KnownAgent {
  readonly address: string;
  readonly code: string;
}

export interface AgentRoster {
  /** @returns the agent's id; an invalid address is reported in the agent's `connection` */
  add(typed: string, code: string): string;
  remove(id: string): void;
  reconnect(id: string, code: string | null): void;
  show(id: string): void;
  /** '' if no agent has this address. */
  codeOf(address: string): string;
  choose(id: string, change: AgentChange): void;
  /** The shown agent failed on a frame. Reloads its model if that can help. */
  failed(segmenter: AgentSegmenter, problem: Problem): void;
  close(): void;
}

export function createAgentRoster(parts: RosterParts): AgentRoster {
  const { store } = parts;
  const connected = new Map<string, ConnectedAgent>();
  let lastId = 0;

  const isShown = (id: string) => store.getState().shownAgentId === id;
  const find = (matches: (agent: ConnectedAgent) => boolean) => [...connected.values()].find(matches);

  function remember(): void {
    // The page shows the agent that is added last, so the shown one goes last for the next visit.
    const ordered = [...connected.values()].sort((a, b) => Number(isShown(a.id)) - Number(isShown(b.id)));
    parts.onChanged(ordered.map(({ address, code }) => ({ address, code })));
  }

  function connect(id: string, address: string, code: string): void {
    const agent = new ConnectedAgent(parts, id, address, code);
    connected.set(id, agent);
    agent.connect(agentOf(store, id)?.wanted ?? null);
  }

  function reconnect(id: string, code: string): void {
    const address = agentOf(store, id)?.address;
    if (address === undefined) return;
    const former = connected.get(id);
    former?.close();
    updateAgent(store, id, { engine: { kind: 'none' } });
    if (former !== undefined && isShown(id)) parts.onSegmenter(null);
    connect(id, address, code);
    remember();
  }

  function show(id: string): void {
    if (isShown(id)) return;
    store.setState({ shownAgentId: id });
    remember();
    parts.onShown();
    parts.onSegmenter(connected.get(id)?.segmenter() ?? null);
  }

  function addNew(address: string, connection: AgentState['connection']): string {
    const id = `agent-${++lastId}`;
    const agent: AgentState = { id, address, connection, wanted: null, engine: { kind: 'none' } };
    store.setState(({ agents }) => ({ agents: [...agents, agent] }));
    return id;
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
      const agent = connected.get(id);
      connected.delete(id);
      agent?.close();
      const agents = store.getState().agents.filter((other) => other.id !== id);
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
      reconnect(id, code?.trim() ?? connected.get(id)?.code ?? '');
    },
    show,
    codeOf: (address) => find((agent) => agent.address === address)?.code ?? '',
    choose(id, change) {
      connected.get(id)?.choose(change);
    },
    failed: (segmenter, problem) => find((agent) => agent.segmenter() === segmenter)?.failed(problem),
    close() {
      for (const agent of connected.values()) agent.close();
      connected.clear();
    },
  };
}
