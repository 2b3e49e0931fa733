/** One agent of the page, with its own client: the agent's state, its loaded model, and the resulting segmenter. */
import type { ModelWanted } from '../../agent-link/agent-conversation.ts';
import { AgentClient, type AgentClientParts, type AgentEvent } from '../../agent-link/agent-client.ts';
import { problemOf, type Problem } from '../../domain/problems/problem.ts';
import type { AgentSetup } from '../../domain/setup.ts';
import type { AnswerOf } from '../../protocol/answers.ts';
import { coldTimingsOf, describeAgentModel } from '../../segmentation/agent-model.ts';
import {
  createAgentSegmenter,
  type AgentSegmenter,
  type FramePayload,
} from '../../segmentation/agent-segmenter.ts';
import { firstWish, fitWish, runningEngine } from './agent-facts.ts';
import { agentOf, updateAgent, type AgentChange, type AgentState, type AgentStore } from './agent-store.ts';

export interface ConnectedAgentParts {
  readonly store: AgentStore;
  /** How the next frame is encoded for upload. */
  readonly payload: () => FramePayload;
  /** What every client needs besides its address, code and events. */
  readonly link: Pick<AgentClientParts, 'clientName' | 'openSocket' | 'clock'>;
  /** Why a socket did not open. Never rejects. */
  readonly diagnose: (address: string) => Promise<Problem>;
  /** Segmenter of the shown agent, or null; called again whenever it changes. */
  readonly onSegmenter: (segmenter: AgentSegmenter | null) => void;
  /** Telemetry of the shown agent. */
  readonly onTelemetry: (telemetry: AnswerOf<'telemetry'>) => void;
}

export class ConnectedAgent {
  readonly id: string;
  readonly address: string;
  readonly code: string;
  private readonly parts: ConnectedAgentParts;
  private readonly client: AgentClient;
  private greeted: AnswerOf<'greeted'> | null = null;
  private installed: AgentSegmenter | null = null;
  private closed = false;

  constructor(parts: ConnectedAgentParts, id: string, address: string, code: string) {
    this.id = id;
    this.address = address;
    this.code = code;
    this.parts = parts;
    this.client = new AgentClient({
      ...parts.link,
      address,
      code,
      diagnose: () => parts.diagnose(address),
      onEvent: (event) => {
        if (!this.closed) this.hear(event);
      },
    });
  }

  /** @param wanted loaded once the agent has greeted; null chooses what suits the agent */
  connect(wanted: AgentSetup | null): void {
    if (wanted !== null) this.client.remember(modelWanted(wanted));
    this.client.connect();
  }

  segmenter(): AgentSegmenter | null {
    return this.installed;
  }

  choose(change: AgentChange): void {
    const { wanted, connection } = this.state() ?? {};
    if (connection?.kind !== 'open') return;
    const former = wanted ?? firstWish(this.address, connection.facts);
    if (former === null) return;
    const { modelId = former.modelId, ...place } = change;
    const wish = { ...former, modelId, place: { ...former.place, ...place } };
    void this.load(fitWish(wish, connection.facts.models));
  }

  /** The segmenter failed on a frame. */
  failed(problem: Problem): void {
    this.installed = null;
    // The connection's own events report a lost connection, and a reload follows an engine that ended.
    if (problem.kind !== 'agent-lost') this.showFailure(problem);
  }

  close(): void {
    this.closed = true;
    this.client.close();
  }

  private hear(event: AgentEvent): void {
    switch (event.kind) {
      case 'connecting':
        this.update({ connection: { kind: 'connecting' } });
        return;
      case 'open':
        this.open(event.greeted);
        return;
      case 'waiting': {
        const { problem, attempt, retryMs } = event;
        this.gone({ kind: 'waiting-to-reconnect', problem, attempt, retryMs });
        return;
      }
      case 'refused':
        this.gone({ kind: 'refused', problem: event.problem });
        return;
      case 'telemetry':
        if (this.isShown()) this.parts.onTelemetry(event.telemetry);
        return;
      case 'reloading':
        this.install(null);
        this.showLoading();
        return;
      case 'reloaded':
        this.run(event.loaded);
        return;
      case 'reload-failed':
        this.showFailure(event.problem);
    }
  }

  private open(greeted: AnswerOf<'greeted'>): void {
    this.greeted = greeted;
    this.update({ connection: { kind: 'open', facts: greeted } });
    // The client itself reloads the previously wanted model.
    if (this.wanted() !== null) return;
    const wish = firstWish(this.address, greeted);
    if (wish !== null) void this.load(wish);
  }

  private gone(connection: AgentState['connection']): void {
    this.install(null);
    this.update({ connection, engine: { kind: 'none' } });
  }

  private async load(wanted: AgentSetup): Promise<void> {
    this.update({ wanted });
    this.showLoading();
    this.install(null);
    const current = () => !this.closed && this.wanted() === wanted;
    try {
      const loaded = await this.client.load(modelWanted(wanted));
      if (current()) this.run(loaded);
    } catch (error) {
      if (!current()) return;
      const problem = problemOf(error, (detail) => ({ kind: 'agent-lost', address: this.address, detail }));
      // `connection` already shows a lost connection, and the client reloads the model when it is back.
      if (problem.kind !== 'agent-lost') this.showFailure(problem);
    }
  }

  private run(loaded: AnswerOf<'loaded'>): void {
    const { greeted, client, parts } = this;
    if (greeted?.models.some(({ modelId }) => modelId === loaded.modelId) !== true) return;
    const description = describeAgentModel(this.address, loaded, greeted);
    this.update({ engine: runningEngine(loaded, description) });
    this.install(
      createAgentSegmenter({
        link: client,
        description,
        cold: coldTimingsOf(loaded),
        payload: parts.payload,
        now: () => parts.link.clock.now(),
      }),
    );
  }

  private install(segmenter: AgentSegmenter | null): void {
    this.installed = segmenter;
    if (this.isShown()) this.parts.onSegmenter(segmenter);
  }

  private showLoading(): void {
    const wanted = this.wanted();
    if (wanted !== null) this.update({ engine: { kind: 'loading', wanted } });
  }

  private showFailure(problem: Problem): void {
    const wanted = this.wanted();
    if (wanted !== null) this.update({ engine: { kind: 'failed', wanted, problem } });
  }

  private state(): AgentState | undefined {
    return agentOf(this.parts.store, this.id);
  }

  private wanted(): AgentSetup | null {
    return this.state()?.wanted ?? null;
  }

  private isShown(): boolean {
    return this.parts.store.getState().shownAgentId === this.id;
  }

  private update(change: Partial<AgentState>): void {
    updateAgent(this.parts.store, this.id, change);
  }
}

const modelWanted = ({ modelId, place: { device, tail, threads } }: AgentSetup): ModelWanted => ({
  modelId,
  device,
  tail,
  threads,
});
