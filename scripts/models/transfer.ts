/** One request for a file or the rest of one; checks that a continued file is still the same. */
import { ModelsError } from './models-problem.ts';
import type { PartialFile, PartialState } from './partial-file.ts';

export interface TransferOptions {
  /** Known size of the whole file; null if unknown. */
  readonly bytes: number | null;
  /** A connection that is silent for this long is dropped, ms. */
  readonly stallMs: number;
  readonly onProgress: (receivedBytes: number, totalBytes: number | null) => void;
}

/** Thrown if another attempt may help. */
export class TransferInterrupted extends Error {
  override readonly name = 'TransferInterrupted';
}

/**
 * Appends to `part`, or starts over if the server does not continue it. Returns when the file is complete according to
 * the server.
 * @throws TransferInterrupted; ModelsError unreachable, refused, web-page, other-size; file system errors
 */
export async function transfer(url: string, part: PartialFile, options: TransferOptions): Promise<void> {
  const { bytes, stallMs, onProgress } = options;
  const held = await part.resumable(url);
  const stall = new AbortController();
  const watch = () =>
    setTimeout(() => stall.abort(new TransferInterrupted(`silent for ${stallMs / 1000} s`)), stallMs);
  let timer = watch();
  try {
    const response = await request(url, held, stall.signal);
    const from = startOf(response, held);
    if (from === null) {
      await response.body?.cancel();
      await part.discard();
      throw new TransferInterrupted('the file at the publisher changed meanwhile');
    }
    const total = totalOf(response, from);
    if (bytes !== null && total !== null && total !== bytes) {
      await response.body?.cancel();
      throw new ModelsError({ kind: 'other-size', url, expectedBytes: bytes, actualBytes: total });
    }
    const file = await part.openAt(from, stateOf(url, response, total));
    let received = from;
    try {
      for await (const chunk of chunksOf(response)) {
        clearTimeout(timer);
        timer = watch();
        if (received === 0 && isWebPage(chunk)) throw new ModelsError({ kind: 'web-page', url });
        await file.writeFile(chunk);
        received += chunk.length;
        onProgress(received, total);
      }
    } finally {
      await file.close();
    }
    if (total !== null && received < total) throw new TransferInterrupted('the connection ended early');
  } catch (error) {
    throw stall.signal.aborted ? stall.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

async function request(
  url: string,
  held: { readonly bytes: number; readonly state: PartialState } | null,
  signal: AbortSignal,
): Promise<Response> {
  const headers = {
    // A compressed answer has another length and cannot be continued.
    'Accept-Encoding': 'identity',
    ...(held !== null && { Range: `bytes=${held.bytes}-`, 'If-Range': held.state.validator }),
  };
  const response = await fetch(url, { headers, signal }).catch((error: unknown) => {
    throw networkProblem(url, error);
  });
  const { status } = response;
  if (status === 200 || status === 206 || status === 416) {
    const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
    if (status !== 416 && isPage) {
      await response.body?.cancel();
      throw new ModelsError({ kind: 'web-page', url });
    }
    return response;
  }
  await response.body?.cancel();
  if (status === 429 || status >= 500) throw new TransferInterrupted(`HTTP ${status}`);
  throw new ModelsError({ kind: 'refused', url, status });
}

/** The first byte of the answer; null if it does not match the stored part. */
function startOf(response: Response, held: { bytes: number; state: PartialState } | null): number | null {
  if (response.status === 200) return 0;
  if (held === null || response.status === 416) return null;
  const [, first] = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '') ?? [];
  // If-Range should prevent a change of file; this detects servers that ignore it.
  const same = (validatorOf(response) ?? held.state.validator) === held.state.validator;
  return same && Number(first) === held.bytes ? held.bytes : null;
}

function totalOf(response: Response, from: number): number | null {
  const [, whole] = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  if (whole !== undefined) return Number(whole);
  const length = response.headers.get('content-length');
  return length === null ? null : from + Number(length);
}

function stateOf(url: string, response: Response, totalBytes: number | null): PartialState | null {
  const validator = validatorOf(response);
  return validator === null ? null : { url, validator, totalBytes };
}

/** A weak ETag does not promise equal bytes (RFC 9110, 13.1.5). */
function validatorOf({ headers }: Response): string | null {
  const etag = headers.get('etag');
  if (etag !== null && !etag.startsWith('W/')) return etag;
  return headers.get('last-modified');
}

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw new TransferInterrupted(reasonOf(error), { cause: error });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function isWebPage(chunk: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(chunk.subarray(0, 64));
  return /^\s*<(!doctype html|html)/i.test(text);
}

const OFFLINE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name cannot be found: this machine seems to be offline, or the name is blocked',
  EAI_AGAIN: 'its name cannot be looked up: this machine seems to be offline',
  ECONNREFUSED: 'it refuses connections',
  ENETUNREACH: 'there is no network',
  EHOSTUNREACH: 'there is no way to it',
};

function networkProblem(url: string, error: unknown): Error {
  const code = codeOf(error);
  const offline = OFFLINE[code ?? ''];
  const certificate = code !== null && /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code);
  if (offline !== undefined || certificate) {
    const detail = offline ?? `its certificate is not accepted: ${code ?? ''}`;
    return new ModelsError({ kind: 'unreachable', url, detail }, { cause: error });
  }
  return new TransferInterrupted(reasonOf(error), { cause: error });
}

function codeOf(error: unknown): string | null {
  const cause: unknown = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}

function reasonOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.message : String(error));
}
