/** A server on localhost that can misbehave like publishers, proxies and captive portals. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FileServer {
  /** Ends in a slash. */
  readonly url: string;
  /** Headers of every request, in order. */
  readonly requests: readonly IncomingHttpHeaders[];
  close(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse, nth: number) => void;

/** @param answer gets every request with its number, from 0 */
export async function serve(answer: Answer): Promise<FileServer> {
  const requests: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    requests.push(request.headers);
    answer(request, response, requests.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers Range and If-Range according to RFC 9110. */
export function sendWell(
  request: IncomingMessage,
  response: ServerResponse,
  content: Buffer,
  etag = '"one"',
): void {
  const [, first] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
  const from = first !== undefined && request.headers['if-range'] === etag ? Number(first) : 0;
  if (from >= content.length) {
    response.writeHead(416).end();
    return;
  }
  const part = content.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    ETag: etag,
    'Content-Length': part.length,
    ...(from > 0 && {
      'Content-Range': `bytes ${from}-${content.length - 1}/${content.length}`,
    }),
  });
  response.end(part);
}

/** Promises all of `content` and hangs up after `bytes` of it. */
export function breakOff(response: ServerResponse, content: Buffer, bytes: number, etag = '"one"'): void {
  response.writeHead(200, { ETag: etag, 'Content-Length': content.length });
  response.write(content.subarray(0, bytes), () => {
    // Deferred, so that the bytes are sent before the connection closes.
    setTimeout(() => {
      response.destroy();
    }, 20);
  });
}
