/**
 * One open socket to an agent: a greeting, then one request or frame at a time; of the waiting frames the newest wins.
 */
import { ProblemError, type Problem } from '../domain/problems/problem.ts';
import type { AgentAnswer, AnswerOf } from '../protocol/answers.ts';
import { encodeInferFrame, type InferFrame } from '../protocol/infer-frame.ts';
import { decodeInferredLabels, type InferredLabels } from '../protocol/inferred-labels.ts';
import { ProtocolError } from '../protocol/label-runs.ts';
import { PROTOCOL_VERSION } from '../protocol/limits.ts';
import type { AgentRequest, LoadRequest } from '../protocol/requests.ts';
import { parseAnswer } from '../protocol/text-message.ts';
import type { AgentSocket, LinkClock } from './agent-socket.ts';
import { problemOfFailure } from './link-problems.ts';

/**
 * Telemetry comes every second, and the agent ends whatever takes too long, so this much silence means that the network
 * is down.
 */
const FRAME_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 75_000;

export type ModelWanted = Omit<LoadRequest, 'kind' | 'requestId'>;
export type BenchWanted = Omit<Extract<AgentRequest, { kind: 'bench' }>, 'kind' | 'requestId'>;
export type FrameToInfer = Omit<InferFrame, 'frameId'>;

export type FrameAnswer =
  | {
      readonly kind: 'inferred';
      readonly labels: InferredLabels;
      /** From handing the message to the socket until the labels are decoded, ms. */
      readonly roundTripMs: number;
      readonly bytesUp: number;
      readonly bytesDown: number;
    }
  /** Overtaken by a newer frame, here or at the agent. */
  | { readonly kind: 'dropped' };

export interface ConversationEvents {
  greeted(answer: AnswerOf<'greeted'>): void;
  telemetry(answer: AnswerOf<'telemetry'>): void;
  engineRestarted(): void;
}

interface Work {
  readonly id: number;
  readonly message: string | Uint8Array<ArrayBuffer>;
  readonly timeoutMs: number;
  readonly answered: (answer: AgentAnswer | InferredLabels, bytesDown: number, sentAt: number) => void;
  readonly failed: (error: Error) => void;
}

interface WaitingFrame extends Work {
  readonly drop: () => void;
}

export class AgentConversation {
  private readonly socket: AgentSocket;
  private readonly clock: LinkClock;
  private readonly events: ConversationEvents;
  private readonly address: string;
  private readonly requests: Work[] = [];
  private frame: WaitingFrame | null = null;
  private underWay: { readonly work: Work; readonly sentAt: number; readonly cancel: () => void } | null =
    null;
  private over: Problem | null = null;
  private lastId = 0;

  constructor(address: string, socket: AgentSocket, clock: LinkClock, events: ConversationEvents) {
    this.address = address;
    this.socket = socket;
    this.clock = clock;
    this.events = events;
  }

  /** What ended the conversation; null while it is open. */
  get endedBy(): Problem | null {
    return this.over;
  }

  hello(client: string): void {
    this.say({ kind: 'hello', protocol: PROTOCOL_VERSION, client });
  }

  /** @throws ProblemError */
  async load(wanted: ModelWanted): Promise<AnswerOf<'loaded'>> {
    return this.ask({ kind: 'load', requestId: ++this.lastId, ...wanted }, 'loaded');
  }

  /** Repeats the last frame on the agent without network, decoding and resizing. @throws ProblemError */
  async bench(wanted: BenchWanted): Promise<AnswerOf<'benched'>> {
    return this.ask({ kind: 'bench', requestId: ++this.lastId, ...wanted }, 'benched');
  }

  /** @throws ProblemError; ProtocolError if the size or the bytes of the frame are invalid */
  async infer(frame: FrameToInfer): Promise<FrameAnswer> {
    const id = ++this.lastId;
    const message = encodeInferFrame({ ...frame, frameId: id });
    return new Promise((resolve, reject) => {
      this.frame?.drop();
      this.frame = {
        id,
        message,
        timeoutMs: FRAME_TIMEOUT_MS,
        failed: reject,
        drop: () => resolve({ kind: 'dropped' }),
        answered: (answer, bytesDown, sentAt) => {
          if ('kind' in answer) resolve({ kind: 'dropped' });
          else {
            const roundTripMs = this.clock.now() - sentAt;
            resolve({ kind: 'inferred', labels: answer, roundTripMs, bytesUp: message.length, bytesDown });
          }
        },
      };
      this.next();
    });
  }

  /** Handles a message; ends the conversation if it is not an answer of this protocol. @throws ProtocolError */
  receive(message: string | ArrayBuffer): void {
    if (this.over !== null) return;
    this.heard();
    if (typeof message === 'string') this.text(parseAnswer(message), message.length);
    else {
      const labels = decodeInferredLabels(new Uint8Array(message));
      this.settle(labels.frameId, (work, sentAt) => work.answered(labels, message.byteLength, sentAt));
    }
  }

  /** Fails everything in flight and waiting with the problem. May be called twice. */
  end(problem: Problem): void {
    if (this.over !== null) return;
    this.over = problem;
    const left = [this.underWay?.work, ...this.requests.splice(0), this.frame];
    this.underWay?.cancel();
    this.underWay = null;
    this.frame = null;
    for (const work of left) work?.failed(new ProblemError(problem));
    this.socket.close();
  }

  /** Any message shows that the agent is alive, so the timeout starts over. */
  private heard(): void {
    if (this.underWay === null) return;
    this.underWay.cancel();
    this.underWay = { ...this.underWay, cancel: this.limit(this.underWay.work) };
  }

  private limit({ timeoutMs }: Work): () => void {
    return this.clock.after(timeoutMs, () => {
      const detail = `no answer for ${timeoutMs / 1000} s`;
      this.end({ kind: 'agent-lost', address: this.address, detail });
    });
  }

  private text(answer: AgentAnswer, bytes: number): void {
    switch (answer.kind) {
      case 'greeted':
        this.events.greeted(answer);
        return;
      case 'telemetry':
        this.events.telemetry(answer);
        return;
      case 'engine-restarted':
        this.events.engineRestarted();
        return;
      case 'loaded':
      case 'benched':
        this.settle(answer.requestId, (work, sentAt) => work.answered(answer, bytes, sentAt));
        return;
      case 'dropped':
        this.settle(answer.frameId, (work, sentAt) => work.answered(answer, bytes, sentAt));
        return;
      case 'failed': {
        const error = new ProblemError(problemOfFailure(answer.failure));
        // Without an id it refers to a message that could not be read, which is the one in flight.
        const id = answer.requestId ?? answer.frameId ?? this.underWay?.work.id;
        this.settle(id, (work) => work.failed(error));
      }
    }
  }

  private async ask<Kind extends 'loaded' | 'benched'>(
    request: Extract<AgentRequest, { readonly requestId: number }>,
    kind: Kind,
  ): Promise<AnswerOf<Kind>> {
    return new Promise((resolve, reject) => {
      this.requests.push({
        id: request.requestId,
        message: JSON.stringify(request),
        timeoutMs: REQUEST_TIMEOUT_MS,
        failed: reject,
        answered: (answer) => {
          if ('kind' in answer && isAnswer(answer, kind)) resolve(answer);
          else reject(new ProtocolError(`An answer is not "${kind}".`));
        },
      });
      this.next();
    });
  }

  /** Answers without a request are ignored. */
  private settle(id: number | undefined, answer: (work: Work, sentAt: number) => void): void {
    if (this.underWay === null || this.underWay.work.id !== id) return;
    const { work, sentAt, cancel } = this.underWay;
    cancel();
    this.underWay = null;
    answer(work, sentAt);
    this.next();
  }

  private next(): void {
    if (this.over !== null) {
      this.frame?.failed(new ProblemError(this.over));
      this.frame = null;
      for (const request of this.requests.splice(0)) request.failed(new ProblemError(this.over));
      return;
    }
    if (this.underWay !== null) return;
    const work = this.requests.shift() ?? this.frame;
    if (work === null) return;
    if (work === this.frame) this.frame = null;
    this.underWay = { work, sentAt: this.clock.now(), cancel: this.limit(work) };
    this.socket.send(work.message);
  }

  private say(request: AgentRequest): void {
    this.socket.send(JSON.stringify(request));
  }
}

function isAnswer<Kind extends AgentAnswer['kind']>(
  answer: AgentAnswer,
  kind: Kind,
): answer is AnswerOf<Kind> {
  return answer.kind === kind;
}
