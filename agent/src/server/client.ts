/** One connected page: the rules of the protocol, message by message (src/protocol/SPEC.md). */
import type { RawData, WebSocket } from 'ws';
import type { AgentAnswer, FailureKind } from '../../../src/protocol/answers.ts';
import { CLOSE_CODES, type CloseCode } from '../../../src/protocol/close-codes.ts';
import { decodeInferFrame, type InferFrame } from '../../../src/protocol/infer-frame.ts';
import { setAgentStage, setDroppedSoFar } from '../../../src/protocol/inferred-labels.ts';
import { ProtocolError } from '../../../src/protocol/label-runs.ts';
import {
  HELLO_TIMEOUT_MS,
  MAX_INVALID_MESSAGES,
  MAX_MESSAGE_BYTES,
  PROTOCOL_VERSION,
} from '../../../src/protocol/limits.ts';
import type { AgentRequest } from '../../../src/protocol/requests.ts';
import { parseRequest } from '../../../src/protocol/text-message.ts';
import { AgentFailure, failureOf } from '../agent-failure.ts';
import type { ClientWork } from './client-work.ts';

/** Bytes that may be buffered in the socket before its reader counts as too slow. */
const BACKLOG_LIMIT = 2 * MAX_MESSAGE_BYTES;

export interface ClientOptions {
  readonly socket: WebSocket;
  readonly work: ClientWork;
  readonly helloTimeoutMs?: number;
}

export class Client {
  private readonly socket: WebSocket;
  private readonly work: ClientWork;
  private readonly helloTimer: NodeJS.Timeout;
  private greeted = false;
  private closing = false;
  private invalid = 0;
  private dropped = 0;
  /** One frame, one load or one bench at a time. */
  private busyWith: 'infer' | 'load' | 'bench' | null = null;

  constructor({ socket, work, helloTimeoutMs = HELLO_TIMEOUT_MS }: ClientOptions) {
    this.socket = socket;
    this.work = work;
    this.helloTimer = setTimeout(() => this.close(CLOSE_CODES.noHello, 'no hello'), helloTimeoutMs);
    socket.on('message', (data, isBinary) => this.receive(data, isBinary));
    // ws closes by itself after an error (1009 for a message that is too large); without a listener the event would
    // throw.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closing = true;
      clearTimeout(this.helloTimer);
      work.end();
    });
  }

  /** Telemetry and news of the engine; nothing before `hello`. */
  tell(answer: AgentAnswer): void {
    if (this.greeted) this.send(JSON.stringify(answer));
  }

  close(code: CloseCode, reason: string): void {
    if (this.closing) return;
    this.closing = true;
    this.socket.close(code, reason);
  }

  private receive(data: RawData, isBinary: boolean): void {
    if (this.closing) return;
    const begun = performance.now();
    try {
      const bytes = bytesOf(data);
      if (!isBinary) this.request(parseRequest(new TextDecoder().decode(bytes)));
      else if (this.greeted) this.frame(decodeInferFrame(bytes), begun);
      else this.close(CLOSE_CODES.invalidMessages, 'a frame before hello');
    } catch (error) {
      if (error instanceof ProtocolError) this.refuse(error.message);
      else this.fail(error, 'message-invalid', null, null);
    }
  }

  private request(request: AgentRequest): void {
    if (!this.greeted && request.kind !== 'hello') {
      this.close(CLOSE_CODES.invalidMessages, `${request.kind} before hello`);
      return;
    }
    switch (request.kind) {
      case 'hello':
        this.hello(request.protocol);
        return;
      case 'load':
        this.exclusive('load', request.requestId, () => this.work.load(request));
        return;
      case 'bench':
        this.exclusive('bench', request.requestId, () => this.work.bench(request));
    }
  }

  private hello(protocol: number): void {
    if (protocol !== PROTOCOL_VERSION) {
      this.close(CLOSE_CODES.otherVersion, `this agent speaks protocol ${PROTOCOL_VERSION}`);
      return;
    }
    clearTimeout(this.helloTimer);
    this.work.greet().then(
      (answer) => {
        this.greeted = true;
        this.tell(answer);
      },
      (error: unknown) => {
        this.greeted = true;
        this.fail(error, 'engine-crashed', null, null);
      },
    );
  }

  private frame(frame: InferFrame, begun: number): void {
    const { frameId } = frame;
    if (this.busyWith !== null) {
      this.dropped++;
      this.send(
        JSON.stringify({ kind: 'dropped', frameId, droppedSoFar: this.dropped } satisfies AgentAnswer),
      );
      return;
    }
    this.busyWith = 'infer';
    this.work
      .infer(frame)
      .then(({ answer, waitMs }) => {
        setDroppedSoFar(answer, this.dropped);
        setAgentStage(answer, 'wait', waitMs);
        setAgentStage(answer, 'total', performance.now() - begun);
        this.busyWith = null;
        this.send(answer);
      })
      .catch((error: unknown) => {
        this.busyWith = null;
        this.fail(error, 'frame-invalid', null, frameId);
      });
  }

  private exclusive(what: 'load' | 'bench', requestId: number, work: () => Promise<AgentAnswer>): void {
    if (this.busyWith !== null) {
      const busy = new AgentFailure('busy', `The agent is still at this page's ${this.busyWith}.`);
      this.fail(busy, 'busy', requestId, null);
      return;
    }
    this.busyWith = what;
    work()
      .then((answer) => {
        this.busyWith = null;
        this.tell(answer);
      })
      .catch((error: unknown) => {
        this.busyWith = null;
        this.fail(error, what === 'load' ? 'model-unusable' : 'frame-invalid', requestId, null);
      });
  }

  private refuse(why: string): void {
    this.invalid++;
    this.fail(new AgentFailure('message-invalid', why), 'message-invalid', null, null);
    if (this.invalid >= MAX_INVALID_MESSAGES)
      this.close(CLOSE_CODES.invalidMessages, 'too many invalid messages');
  }

  private fail(
    error: unknown,
    otherwise: FailureKind,
    requestId: number | null,
    frameId: number | null,
  ): void {
    const answer: AgentAnswer = { kind: 'failed', requestId, frameId, failure: failureOf(error, otherwise) };
    this.send(JSON.stringify(answer));
  }

  private send(message: string | Uint8Array): void {
    if (this.closing) return;
    if (this.socket.bufferedAmount > BACKLOG_LIMIT)
      this.close(CLOSE_CODES.slowReader, 'the reader is too slow');
    else this.socket.send(message);
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
