/** A page of the soak test: speaks the protocol over a real socket, and fails if the agent fails. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { AgentAnswer } from '../../../src/protocol/answers.ts';
import { SOCKET_PATH, SUBPROTOCOL } from '../../../src/protocol/limits.ts';
import { parseAnswer } from '../../../src/protocol/text-message.ts';

type Came = AgentAnswer | { readonly kind: 'inferred' };

/** Buffers messages until they are read. */
export class SoakPage {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  private readonly came: Came[] = [];
  private wake: () => void = () => undefined;

  constructor(port: number, token: string) {
    const address = `127.0.0.1:${port}`;
    this.socket = new WebSocket(`ws://${address}${SOCKET_PATH}`, [SUBPROTOCOL, `token.${token}`], {
      origin: `http://${address}`,
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code) => {
        resolve(code);
        this.wake();
      });
    });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer, isBinary) => {
      this.came.push(isBinary ? { kind: 'inferred' } : parseAnswer(data.toString()));
      this.wake();
    });
  }

  async hello(): Promise<void> {
    await once(this.socket, 'open');
    this.say({ kind: 'hello', protocol: 1, client: 'soak' });
    await this.next('greeted');
  }

  async load(modelId: string): Promise<void> {
    this.say({ kind: 'load', requestId: 1, modelId, tail: 'stock', device: 'cpu', threads: 1 });
    await this.next('loaded');
  }

  say(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  /** @throws Error when the socket closes before */
  async next<Kind extends Came['kind']>(kind: Kind): Promise<Extract<Came, { kind: Kind }>> {
    for (;;) {
      for (let message = this.came.shift(); message !== undefined; message = this.came.shift()) {
        if (message.kind === kind) return message as Extract<Came, { kind: Kind }>;
        if (message.kind === 'failed' && kind !== 'dropped') throw new Error(message.failure.sentence);
      }
      if (this.socket.readyState !== WebSocket.OPEN) throw new Error(`Closed while waiting for ${kind}.`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** Everything that came up to now. */
  drain(): readonly Came[] {
    return this.came.splice(0);
  }

  async end(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
