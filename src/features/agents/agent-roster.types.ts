/** What the agents of a page are made of, and what can be asked of them. */
import type { AgentClientParts } from '../../agent-link/agent-client.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import type { AnswerOf } from '../../protocol/answers.ts';
import type { AgentSegmenter, FramePayload } from '../../segmentation/agent-segmenter.ts';
import type { AgentChange, AgentStore } from './agent-store.ts';

export interface RosterParts {
  readonly store: AgentStore;
  /** How the next frame goes up. */
  readonly payload: () => FramePayload;
  /** What every client needs beside its address, code and events. */
  readonly link: Pick<AgentClientParts, 'clientName' | 'openSocket' | 'clock'>;
  /** Why a socket did not open. Never rejects. */
  readonly diagnose: (address: string) => Promise<Problem>;
  /** The shown agent's, or null; called again whenever another one has to take its place. */
  readonly onSegmenter: (segmenter: AgentSegmenter | null) => void;
  /** Of the shown agent. */
  readonly onTelemetry: (telemetry: AnswerOf<'telemetry'>) => void;
  /** Another agent is shown: what was measured of the former is over. */
  readonly onShown: () => void;
  /** Addresses or codes have changed, to be remembered. */
  readonly onChanged: (agents: readonly KnownAgent[]) => void;
}

export interface KnownAgent {
  readonly address: string;
  readonly code: string;
}

export interface AgentRoster {
  /** @returns the agent's id; an address that is none is told as its connection */
  add(typed: string, code: string): string;
  remove(id: string): void;
  reconnect(id: string, code: string | null): void;
  show(id: string): void;
  /** '' for an address that is not among the agents. */
  codeOf(address: string): string;
  choose(id: string, change: AgentChange): void;
  /** The shown agent failed on a frame. Its model is loaded anew where that is of use. */
  failed(segmenter: AgentSegmenter, problem: Problem): void;
  close(): void;
}
