/** A clock that the test advances, and sockets whose other end is the test. */
import type { AgentAnswer, AnswerOf } from '../../protocol/answers.ts';
import { decodeInferFrame, type InferFrame } from '../../protocol/infer-frame.ts';
import { encodeInferredLabels, type InferredLabels } from '../../protocol/inferred-labels.ts';
import type { AgentRequest } from '../../protocol/requests.ts';
import { parseRequest } from '../../protocol/text-message.ts';
import type { LinkClock, OpenSocket, SocketEvents } from '../agent-socket.ts';

export class FakeClock implements LinkClock {
  private ms = 0;
  private readonly timers = new Set<{ readonly at: number; readonly callBack: () => void }>();

  now(): number {
    return this.ms;
  }

  after(ms: number, callBack: () => void): () => void {
    const timer = { at: this.ms + ms, callBack };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  get pending(): number {
    return this.timers.size;
  }

  pass(ms: number): void {
    const until = this.ms + ms;
    for (;;) {
      const [due] = [...this.timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (due === undefined) break;
      this.timers.delete(due);
      this.ms = due.at;
      due.callBack();
    }
    this.ms = until;
  }
}

export class FakeSocket {
  readonly url: string;
  readonly protocols: readonly string[];
  private readonly events: SocketEvents;
  readonly requests: AgentRequest[] = [];
  readonly frames: InferFrame[] = [];
  closedByPage = false;

  constructor(url: string, protocols: readonly string[], events: SocketEvents) {
    this.url = url;
    this.protocols = protocols;
    this.events = events;
  }

  take(message: string | Uint8Array<ArrayBuffer>): void {
    if (typeof message === 'string') this.requests.push(parseRequest(message));
    else this.frames.push(decodeInferFrame(message));
  }

  open(): void {
    this.events.opened();
  }

  answer(answer: AgentAnswer): void {
    this.events.received(JSON.stringify(answer));
  }

  raw(message: string | ArrayBuffer): void {
    this.events.received(message);
  }

  labels(labels: InferredLabels): void {
    this.events.received(encodeInferredLabels(labels).buffer);
  }

  close(code: number, reason = ''): void {
    this.events.closed(code, reason);
  }
}

export class FakeNet {
  readonly sockets: FakeSocket[] = [];
  readonly open: OpenSocket = (url, protocols, events) => {
    const socket = new FakeSocket(url, protocols, events);
    this.sockets.push(socket);
    return {
      send: (message) => socket.take(message),
      close: () => {
        if (socket.closedByPage) return;
        socket.closedByPage = true;
        // Like a browser: later, never during the call.
        queueMicrotask(() => socket.close(1005));
      },
    };
  };

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('No socket was opened.');
    return socket;
  }
}

export const MODEL: AnswerOf<'greeted'>['models'][number] = {
  modelId: 'model',
  bytes: 1,
  sha256: 'a'.repeat(64),
  inputSize: 4,
  inputType: 'uint8',
  classes: 21,
  tails: ['cut', 'stock'],
  notCutBecause: null,
  operators: 3,
  edgeTpuTwin: null,
};

export const GREETED: AnswerOf<'greeted'> = {
  kind: 'greeted',
  protocol: 1,
  agentVersion: '1.2.3',
  host: { system: 'Linux', architecture: 'arm64', board: 'Raspberry Pi 4', cores: 4, node: 'v20.20.0' },
  engine: { name: 'TensorFlow Lite', version: '2.9.0' },
  engineSentence: 'TensorFlow Lite 2.9.0 on arm64.',
  edgeTpu: {
    stick: null,
    library: null,
    devices: [],
    testDouble: false,
    sentence: 'No stick is plugged in.',
  },
  models: [MODEL],
  unusableModels: [],
};

export function loadedAnswer(
  requestId: number,
  changes: Partial<AnswerOf<'loaded'>> = {},
): AnswerOf<'loaded'> {
  return {
    kind: 'loaded',
    requestId,
    modelId: MODEL.modelId,
    tail: 'cut',
    sha256: MODEL.sha256,
    deviceAsked: 'cpu',
    deviceUsed: 'cpu',
    deviceName: 'CPU, TensorFlow Lite 2.9.0',
    engine: { name: 'TensorFlow Lite', version: '2.9.0' },
    threads: 2,
    inputSize: 4,
    inputType: 'uint8',
    finish: 'rounded',
    operatorsOnTpu: 0,
    operatorsOnCpu: 3,
    cold: { read: 1, prepare: 2, firstInvoke: 3 },
    ...changes,
  };
}

export function labelsAnswer(frameId: number, changes: Partial<InferredLabels> = {}): InferredLabels {
  const stages = {
    wait: 0,
    decode: 1,
    resize: 2,
    quantise: 3,
    invoke: 40,
    postprocess: 5,
    encode: 6,
    total: 60,
  };
  return {
    frameId,
    width: 4,
    height: 2,
    labels: new Uint8Array(8).fill(15),
    droppedSoFar: 0,
    stages,
    ...changes,
  };
}
