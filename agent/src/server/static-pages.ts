/** Serves the built pages from one folder, and nothing outside it. */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Without the first two a page has neither threads nor precise clocks (see vite.config.ts). */
const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

export async function servePage(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    end(response, 405, 'Only GET and HEAD.');
    return;
  }
  const found = await fileInside(folder, request.url ?? '/');
  if (found === null) {
    end(response, 404, 'Not found. If this is the front page: run "npm run build" first.');
    return;
  }
  response.writeHead(200, {
    ...HEADERS,
    'Content-Type': TYPES[extname(found.path)] ?? 'application/octet-stream',
    'Content-Length': found.bytes,
  });
  if (request.method === 'HEAD') response.end();
  // A reader that goes away in mid file is its own affair.
  else await pipeline(createReadStream(found.path), response).catch(() => undefined);
}

/** Links are resolved before the check, so that none leads outside. */
async function fileInside(folder: string, url: string): Promise<{ path: string; bytes: number } | null> {
  try {
    const path = decodeURIComponent(new URL(url, 'http://agent').pathname);
    const root = await realpath(folder);
    const file = await realpath(join(root, path.endsWith('/') ? `${path}index.html` : path));
    if (!file.startsWith(root + sep)) return null;
    const { size, isFile } = await stat(file).then((entry) => ({ size: entry.size, isFile: entry.isFile() }));
    return isFile ? { path: file, bytes: size } : null;
  } catch {
    return null;
  }
}

export function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
