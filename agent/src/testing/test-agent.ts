/** A whole agent on a free port with a fake engine, and a client that speaks to it over a real socket. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { parseAnswer } from '../../../src/protocol/text-message.ts';
import type { AgentAnswer, AnswerOf } from '../../../src/protocol/answers.ts';
import { encodeInferFrame } from '../../../src/protocol/infer-frame.ts';
import { decodeInferredLabels, type InferredLabels } from '../../../src/protocol/inferred-labels.ts';
import { SUBPROTOCOL } from '../../../src/protocol/limits.ts';
import type { EngineProcess } from '../engine/engine-process.ts';
import type { ModelLibrary } from '../models/model-library.ts';
import { startAgentServer, type AgentServer } from '../server/agent-server.ts';
import { accessRules } from '../server/access.ts';
import { startFakeEngine } from './test-engine.ts';

export const TOKEN = '0123456789AB';

const LIBRARY: ModelLibrary = {
  models: [
    {
      paths: { cpu: '/nowhere/model.tflite', edgetpu: '/nowhere/model_edgetpu.tflite' },
      listing: {
        modelId: 'model',
        bytes: 1,
        sha256: 'a'.repeat(64),
        inputSize: 8,
        inputType: 'uint8',
        classes: 21,
        tails: ['stock'],
        notCutBecause: 'It ends in class scores already.',
        operators: 1,
        edgeTpuTwin: {
          bytes: 1,
          sha256: 'b'.repeat(64),
          operatorsOnTpu: 1,
          operatorsOnCpu: 0,
          operatorsOnCpuCut: 0,
        },
      },
    },
  ],
  unusable: [],
};

export interface TestAgent extends AgentServer {
  readonly engine: EngineProcess;
  readonly origin: string;
}

export interface TestAgentOptions {
  readonly watchdogMs?: number;
  readonly telemetryEveryMs?: number;
  readonly pages?: string;
  readonly library?: ModelLibrary;
  readonly engine?: EngineProcess;
}

export async function startTestAgent(options: TestAgentOptions = {}): Promise<TestAgent> {
  const engine = options.engine ?? startFakeEngine();
  const server = await startAgentServer({
    parts: {
      version: '0.0.0',
      engine,
      library: options.library ?? LIBRARY,
      cpuChoices: new Map(),
      findStick: () => Promise.resolve(null),
      watchdogMs: options.watchdogMs ?? 10_000,
    },
    gate: (port) => accessRules({ port, lan: false, origins: [], token: TOKEN }),
    port: 0,
    address: '127.0.0.1',
    pages: options.pages ?? '/nowhere',
    telemetry: { sys: '/nowhere', proc: '/proc', readThrottled: () => Promise.resolve(null) },
    telemetryEveryMs: options.telemetryEveryMs ?? 3_600_000,
  });
  return { ...server, engine, origin: `http://127.0.0.1:${server.port}` };
}

export type Came = AgentAnswer | ({ readonly kind: 'inferred' } & InferredLabels);

/** Buffers messages until they are read. */
export class TestClient {
  readonly socket: WebSocket;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  private readonly came: Came[] = [];
  private wake: () => void = () => undefined;

  constructor(agent: TestAgent) {
    this.socket = new WebSocket(`ws://127.0.0.1:${agent.port}/agent`, [SUBPROTOCOL, `token.${TOKEN}`], {
      origin: agent.origin,
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data: Buffer, isBinary) => {
      this.came.push(
        isBinary ? { kind: 'inferred', ...decodeInferredLabels(data) } : parseAnswer(data.toString()),
      );
      this.wake();
    });
  }

  static async open(agent: TestAgent): Promise<TestClient> {
    const client = new TestClient(agent);
    await once(client.socket, 'open');
    return client;
  }

  static async greeted(agent: TestAgent): Promise<TestClient> {
    const client = await TestClient.open(agent);
    client.say({ kind: 'hello', protocol: 1, client: 'test' });
    await client.next('greeted');
    return client;
  }

  static async loaded(agent: TestAgent): Promise<TestClient> {
    const client = await TestClient.greeted(agent);
    await client.load();
    return client;
  }

  say(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  async load(): Promise<AnswerOf<'loaded'>> {
    this.say({ kind: 'load', requestId: 1, modelId: 'model', tail: 'stock', device: 'cpu', threads: 1 });
    return this.next('loaded');
  }

  /** @param behaviour of the fake engine: first byte of the frame */
  frame(frameId: number, behaviour = 0, side = 8): void {
    const payload = new Uint8Array(side * side * 3);
    payload[0] = behaviour;
    this.socket.send(
      encodeInferFrame({ frameId, codec: 'rgb8', fit: 'fit', width: side, height: side, payload }),
    );
  }

  /** The next message of that kind; earlier ones are skipped. */
  async next<Kind extends Came['kind']>(kind: Kind): Promise<Extract<Came, { kind: Kind }>> {
    for (;;) {
      for (let message = this.came.shift(); message !== undefined; message = this.came.shift()) {
        if (message.kind === kind) return message as Extract<Came, { kind: Kind }>;
      }
      await new Promise<void>((resolve, reject) => {
        this.wake = resolve;
        void this.closed.then(({ code, reason }) =>
          reject(new Error(`Closed with ${code} ${reason} while waiting for ${kind}.`)),
        );
      });
    }
  }

  close(): void {
    this.socket.close();
  }
}
