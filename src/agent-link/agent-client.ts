/** A persistent connection to an agent: when it is lost, it is reopened after 0.5 to 8 s and the model is reloaded. */
import { ProblemError, problemOf, type Problem } from '../domain/problems/problem.ts';
import type { AnswerOf } from '../protocol/answers.ts';
import { SUBPROTOCOL, TOKEN_PREFIX } from '../protocol/limits.ts';
import { socketUrl } from './agent-address.ts';
import {
  AgentConversation,
  type BenchWanted,
  type FrameAnswer,
  type FrameToInfer,
  type ModelWanted,
} from './agent-conversation.ts';
import type { AgentSocket, LinkClock, OpenSocket } from './agent-socket.ts';
import { needsPerson, problemOfClose } from './link-problems.ts';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8_000;
/** For a socket that neither opens nor closes, behind a firewall that drops everything. */
const OPEN_TIMEOUT_MS = 10_000;

export type AgentEvent =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly greeted: AnswerOf<'greeted'> }
  | {
      readonly kind: 'waiting';
      readonly problem: Problem;
      readonly attempt: number;
      readonly retryMs: number;
    }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'telemetry'; readonly telemetry: AnswerOf<'telemetry'> }
  /** The loaded model is gone and is being reloaded. */
  | { readonly kind: 'reloading' }
  | { readonly kind: 'reloaded'; readonly loaded: AnswerOf<'loaded'> }
  | { readonly kind: 'reload-failed'; readonly problem: Problem };

export interface AgentClientParts {
  /** With its port. */
  readonly address: string;
  readonly code: string;
  /** Name of this page, for the agent's log. */
  readonly clientName: string;
  readonly openSocket: OpenSocket;
  /** Why the socket did not open. Never rejects. */
  readonly diagnose: () => Promise<Problem>;
  readonly clock: LinkClock;
  readonly onEvent: (event: AgentEvent) => void;
}

export class AgentClient {
  private readonly parts: AgentClientParts;
  private conversation: AgentConversation | null = null;
  private greeted = false;
  private wanted: ModelWanted | null = null;
  private attempt = 0;
  private cancelTimer: () => void = () => undefined;
  private closed = false;

  constructor(parts: AgentClientParts) {
    this.parts = parts;
  }

  /** Opens the socket, without waiting for the next retry; does nothing while there is one. */
  connect(): void {
    if (this.closed || this.conversation !== null) return;
    this.cancelTimer();
    this.parts.onEvent({ kind: 'connecting' });
    this.open();
  }

  /** Asks the agent to greet again: a stick may have been plugged in. */
  refresh(): void {
    if (this.greeted) this.conversation?.hello(this.parts.clientName);
  }

  /** The model is remembered, and reloaded whenever it is lost. @throws ProblemError */
  async load(wanted: ModelWanted): Promise<AnswerOf<'loaded'>> {
    this.wanted = wanted;
    return this.talking().load(wanted);
  }

  /** Sets the model to load as soon as the agent has greeted. */
  remember(wanted: ModelWanted): void {
    this.wanted = wanted;
  }

  /** @throws ProblemError */
  async infer(frame: FrameToInfer): Promise<FrameAnswer> {
    return this.talking().infer(frame);
  }

  /** @throws ProblemError */
  async bench(wanted: BenchWanted): Promise<AnswerOf<'benched'>> {
    return this.talking().bench(wanted);
  }

  /** Afterwards nothing is reported. May be called twice. */
  close(): void {
    this.closed = true;
    this.cancelTimer();
    this.conversation?.end(this.lost('it was closed'));
    this.conversation = null;
  }

  private open(): void {
    const { address, code, clock, clientName } = this.parts;
    let opened = false;
    let socket: AgentSocket;
    try {
      socket = this.parts.openSocket(socketUrl(address), [SUBPROTOCOL, `${TOKEN_PREFIX}${code}`], {
        opened: () => {
          opened = true;
          conversation.hello(clientName);
        },
        received: (message) => receive(conversation, message, address),
        closed: (closeCode, reason) =>
          void this.ended(conversation, opened, problemOfClose(address, closeCode, reason)),
      });
    } catch {
      // A code with characters that a subprotocol cannot carry is never an agent's.
      this.parts.onEvent({ kind: 'refused', problem: { kind: 'agent-code-refused', address } });
      return;
    }
    const conversation = new AgentConversation(address, socket, clock, {
      greeted: (greeted) => {
        if (this.conversation === conversation) this.welcome(greeted);
      },
      telemetry: (telemetry) => {
        if (this.conversation === conversation) this.parts.onEvent({ kind: 'telemetry', telemetry });
      },
      engineRestarted: () => {
        if (this.conversation === conversation) void this.reload();
      },
    });
    this.conversation = conversation;
    this.greeted = false;
    this.cancelTimer = clock.after(OPEN_TIMEOUT_MS, () =>
      conversation.end(this.lost(`no greeting for ${OPEN_TIMEOUT_MS / 1000} s`)),
    );
  }

  private welcome(greeted: AnswerOf<'greeted'>): void {
    this.parts.onEvent({ kind: 'open', greeted });
    if (this.greeted) return;
    this.greeted = true;
    this.attempt = 0;
    this.cancelTimer();
    void this.reload();
  }

  private async reload(): Promise<void> {
    const { conversation, wanted } = this;
    if (conversation === null || wanted === null) return;
    const stillWanted = () => this.wanted === wanted && this.conversation === conversation;
    this.parts.onEvent({ kind: 'reloading' });
    try {
      const loaded = await conversation.load(wanted);
      if (stillWanted()) this.parts.onEvent({ kind: 'reloaded', loaded });
    } catch (error) {
      const problem = problemOf(error, (detail) => this.lost(detail));
      // A lost connection is reported separately, and reloads when it is back.
      if (stillWanted() && problem.kind !== 'agent-lost') {
        this.parts.onEvent({ kind: 'reload-failed', problem });
      }
    }
  }

  private async ended(conversation: AgentConversation, opened: boolean, closing: Problem): Promise<void> {
    conversation.end(closing);
    if (this.conversation !== conversation) return;
    this.cancelTimer();
    const problem = opened ? (conversation.endedBy ?? closing) : await this.parts.diagnose();
    if (this.conversation !== conversation) return;
    this.conversation = null;
    this.greeted = false;
    if (needsPerson(problem)) {
      this.parts.onEvent({ kind: 'refused', problem });
      return;
    }
    const retryMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.attempt);
    this.attempt++;
    this.parts.onEvent({ kind: 'waiting', problem, attempt: this.attempt, retryMs });
    this.cancelTimer = this.parts.clock.after(retryMs, () => this.connect());
  }

  private talking(): AgentConversation {
    if (this.conversation === null || !this.greeted) throw new ProblemError(this.lost('it is not open'));
    return this.conversation;
  }

  private lost(detail: string): Problem {
    return { kind: 'agent-lost', address: this.parts.address, detail };
  }
}

function receive(conversation: AgentConversation, message: string | ArrayBuffer, address: string): void {
  try {
    conversation.receive(message);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    conversation.end({ kind: 'agent-answer-invalid', address, detail });
  }
}
