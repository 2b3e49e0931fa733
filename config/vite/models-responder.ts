/** Answers requests below /models/ from the folders themselves, so that new models need no new build. */
import { open, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FILE_PATH, FOLDER_NAME } from '../../src/catalogue/fields.ts';
import { indexModelFolders, rootOf, type FileHasher } from './model-folders.ts';

export interface ModelRoots {
  /** public/models of this checkout; includes catalogue.json. */
  readonly shipped: string;
  /** MODELS_DIR, whose folders override those in `shipped`; null if not set. */
  readonly placed: string | null;
}

export function rootsInOrder({ shipped, placed }: ModelRoots): readonly string[] {
  return placed === null ? [shipped] : [placed, shipped];
}

const PREFIX = '/models/';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

export type Responder = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Missing files are 404, never the page instead of a model. */
export function respondBelowModels(roots: ModelRoots, hash: FileHasher): Responder {
  return (request, response, next) => {
    const path = pathOf(request);
    if (!path.startsWith(PREFIX)) {
      next();
      return;
    }
    answer(path.slice(PREFIX.length), roots, hash, request, response).catch((error: unknown) => {
      // A page that left or chose another model has closed the connection, so no answer is needed.
      if (response.destroyed) return;
      // Once the head is sent, only a broken connection can show the page that its file is incomplete.
      if (response.headersSent) response.destroy();
      else next(error);
    });
  };
}

/** Decoded path without query; '' if it cannot be decoded (then nothing matches). */
function pathOf({ url = '' }: IncomingMessage): string {
  const [encoded = ''] = url.split(/[?#]/);
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded.startsWith(PREFIX) ? PREFIX : encoded;
  }
}

async function answer(
  path: string,
  roots: ModelRoots,
  hash: FileHasher,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 405, 'Only GET and HEAD.');
    return;
  }
  if (path === 'index.json') {
    const body = JSON.stringify(await indexModelFolders(rootsInOrder(roots), hash));
    response.setHeader('Content-Type', 'application/json');
    response.setHeader('Content-Length', Buffer.byteLength(body));
    response.setHeader('Cache-Control', 'no-store');
    response.end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  const file = await openFile(path, roots);
  if (file === null) {
    refuse(response, 404, 'There is no such file in models/.');
    return;
  }
  try {
    await send(file, path, request, response);
  } finally {
    await file.close();
  }
}

async function openFile(path: string, roots: ModelRoots): Promise<FileHandle | null> {
  if (!FILE_PATH.test(path)) return null;
  const [folder = '', ...inner] = path.split('/');
  if (inner.length > 0 && !FOLDER_NAME.test(folder)) return null;
  const root = inner.length === 0 ? null : await rootOf(rootsInOrder(roots), folder);
  const file = await open(join(root ?? roots.shipped, path)).catch((error: unknown) => {
    if (isAbsence(error)) return null;
    throw error;
  });
  if (file === null || (await file.stat()).isFile()) return file;
  await file.close();
  return null;
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

async function send(
  file: FileHandle,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { size, mtimeMs } = await file.stat();
  const etag = `W/"${size.toString(16)}-${mtimeMs.toString(16)}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'no-cache');
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader('Content-Type', CONTENT_TYPES[extname(path)] ?? 'application/octet-stream');
  response.setHeader('Content-Length', size);
  if (request.method === 'HEAD') response.end();
  else await pipeline(file.createReadStream({ autoClose: false }), response);
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}
