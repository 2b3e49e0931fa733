import { afterEach, expect, test, vi } from 'vitest';
import { openWebSocket } from './agent-socket.ts';

class RecordedSocket extends EventTarget {
  static sent: unknown[] = [];
  binaryType = 'blob';
  send(message: unknown): void {
    RecordedSocket.sent.push(message);
  }
}

function sent(message: string | Uint8Array<ArrayBuffer>): unknown {
  vi.stubGlobal('WebSocket', RecordedSocket);
  RecordedSocket.sent = [];
  const silent = { opened: () => undefined, received: () => undefined, closed: () => undefined };
  openWebSocket('ws://localhost:8590/agent', [], silent).send(message);
  return RecordedSocket.sent[0];
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('text and small frames go as they are', () => {
  const jpeg = new Uint8Array(40_000);
  expect(sent('hello')).toBe('hello');
  expect(sent(jpeg)).toBe(jpeg);
});

test('a large frame goes as one Blob of the same bytes', async () => {
  const raw = Uint8Array.from({ length: 513 * 513 * 3 }, (_, i) => i % 251);
  const message = sent(raw);
  if (!(message instanceof Blob)) throw new Error('Expected a Blob.');
  expect(Buffer.compare(new Uint8Array(await message.arrayBuffer()), raw)).toBe(0);
});
