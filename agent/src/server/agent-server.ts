/** The agent's one port: the built pages over HTTP, and the socket behind the access check. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE_CODES } from '../../../src/protocol/close-codes.ts';
import {
  MAX_MESSAGE_BYTES,
  PROTOCOL_VERSION,
  SOCKET_PATH,
  SUBPROTOCOL,
} from '../../../src/protocol/limits.ts';
import { readTelemetry, type TelemetrySources } from '../hardware/host-telemetry.ts';
import { ClientWork, type AgentParts } from './client-work.ts';
import { Client } from './client.ts';
import { hostRefusal, originAllowed, upgradeRefusal, type AccessRules } from './access.ts';
import { end, servePage } from './static-pages.ts';
import { createRequire } from 'node:module';

export interface AgentServerOptions {
  readonly parts: AgentParts;
  /** Called with the actual port, which matters if 0 was requested. */
  readonly gate: (port: number) => AccessRules;
  readonly port: number;
  /** "127.0.0.1", or "::" with --lan. */
  readonly address: string;
  /** Folder of the built pages. */
  readonly pages: string;
  readonly telemetry: TelemetrySources;
  readonly telemetryEveryMs: number;
}

export interface AgentServer {
  readonly port: number;
  /** Ends sockets, engine and server; may be called twice. */
  close(): Promise<void>;
}

/** More pages than this at once are refused with 503: each may hold a network in memory. */
const MAX_CLIENTS = 8;
/** A socket that has not answered a ping by the next one is closed. */
const PING_EVERY_MS = 15_000;

export async function startAgentServer(options: AgentServerOptions): Promise<AgentServer> {
  const { parts, pages, telemetry } = options;
  unmaskByWords();
  const clients = new Map<WebSocket, Client>();
  const sockets = new WebSocketServer({
    noServer: true,
    // Compressing a frame takes longer than sending it: 24 ms against 2.4 (Node to Node, x64).
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : ([...offered][0] ?? false)),
  });
  const server = createServer((request, response) => {
    const rules = options.gate(port);
    const refusal = hostRefusal(rules, request.headers.host);
    if (refusal !== null) end(response, refusal.status, refusal.reason);
    else if ((request.url ?? '').split('?')[0] === SOCKET_PATH) describe(rules, request, response);
    else void servePage(pages, request, response);
  });
  const port = await listen(server, options.port, options.address);
  let session = 0;

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => undefined);
    const refusal = upgradeRefusal(options.gate(port), request.headers);
    if (refusal !== null) refuse(socket, refusal.status, refusal.reason);
    else if ((request.url ?? '').split('?')[0] !== SOCKET_PATH) refuse(socket, 404, 'Not Found');
    else if (clients.size >= MAX_CLIENTS) refuse(socket, 503, 'Service Unavailable');
    else {
      sockets.handleUpgrade(request, socket, head, (opened) => {
        clients.set(opened, new Client({ socket: opened, work: new ClientWork(parts, ++session) }));
        opened.on('close', () => clients.delete(opened));
      });
    }
  });

  const stopListening = parts.engine.onRestart((restarts) => {
    for (const client of clients.values()) client.tell({ kind: 'engine-restarted', restarts });
  });
  let reading = false;
  const telemetryTimer = setInterval(() => {
    if (reading || clients.size === 0) return;
    reading = true;
    void readTelemetry(telemetry, parts.engine.pid).then((answer) => {
      reading = false;
      for (const client of clients.values()) client.tell(answer);
    });
  }, options.telemetryEveryMs);
  const pingTimer = setInterval(pingAll(clients), PING_EVERY_MS);

  let closed: Promise<void> | null = null;
  return {
    port,
    close: () =>
      (closed ??= (async () => {
        clearInterval(telemetryTimer);
        clearInterval(pingTimer);
        stopListening();
        for (const client of clients.values()) client.close(CLOSE_CODES.goingAway, 'the agent stops');
        parts.engine.close();
        await new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeIdleConnections();
          // A page that does not answer the closing handshake must not keep the agent alive.
          setTimeout(() => {
            for (const socket of clients.keys()) socket.terminate();
            server.closeAllConnections();
          }, 500).unref();
        });
      })()),
  };
}

/** Lets a page find out why its socket does not open, which browsers do not say. Reveals nothing else. */
function describe(rules: AccessRules, request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  response
    .writeHead(200, {
      'Content-Type': 'application/json',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Private-Network': 'true',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cache-Control': 'no-store',
    })
    .end(
      JSON.stringify({
        agent: 'segscope',
        protocol: PROTOCOL_VERSION,
        originAllowed: origin === undefined || originAllowed(rules, origin),
      }),
    );
}

function refuse(socket: Duplex, status: number, reason: string): void {
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function pingAll(clients: ReadonlyMap<WebSocket, Client>): () => void {
  const awaited = new WeakSet<WebSocket>();
  return () => {
    for (const socket of clients.keys()) {
      if (awaited.has(socket)) {
        socket.terminate();
        continue;
      }
      awaited.add(socket);
      socket.once('pong', () => awaited.delete(socket));
      socket.ping();
    }
  };
}

async function listen(server: Server, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, address, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

type Unmask = (bytes: Uint8Array, mask: Uint8Array) => void;

/**
 * ws uses the module bufferutil, which has no prebuilt libraries for Linux on arm64; its JavaScript fallback goes byte
 * by byte, 3.9 ms for a raw frame of 513 x 513 where this takes 0.4 (fastest of 80, x64) and the library 0.06. ws
 * accepts no other replacement.
 */
export function unmaskByWords(): void {
  const require = createRequire(import.meta.url);
  const used = require('bufferutil') as { unmask: Unmask };
  const fallback = require('bufferutil/fallback.js') as { unmask: Unmask };
  if (used.unmask === fallback.unmask) used.unmask = unmask;
}

/** In place: byte i by byte i modulo 4 of the mask (RFC 6455, 5.3). */
export const unmask: Unmask = (bytes, mask) => {
  const { buffer, byteOffset, length } = bytes;
  // Too short for a whole aligned word.
  if (length < 8) {
    byByte(bytes, mask, 0, length);
    return;
  }
  const wordsBegin = -byteOffset & 3;
  const words = (length - wordsBegin) >> 2;
  byByte(bytes, mask, 0, wordsBegin);
  const key = new Uint32Array(
    Uint8Array.from({ length: 4 }, (_, i) => mask[(wordsBegin + i) & 3] as number).buffer,
  )[0] as number;
  // Both in native byte order.
  const masked = new Uint32Array(buffer, byteOffset + wordsBegin, words);
  for (let i = 0; i < words; i++) masked[i] = (masked[i] as number) ^ key;
  byByte(bytes, mask, wordsBegin + 4 * words, length);
};

function byByte(bytes: Uint8Array, mask: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to; i++) bytes[i] = (bytes[i] as number) ^ (mask[i & 3] as number);
}
