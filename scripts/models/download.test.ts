import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256Of } from './checksum.ts';
import { download, type DownloadOptions } from './download.ts';
import { ModelsError, type ModelsProblem } from './models-problem.ts';
import { breakOff, sendWell, serve, type Answer, type FileServer } from './testing/file-server.ts';

const content = randomBytes(200_000);
const sha256 = sha256Of(content);
let folder = '';
let target = '';
const servers: FileServer[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'segscope-download-'));
  target = join(folder, 'net.bin');
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (answer: Answer) => {
  const server = await serve(answer);
  servers.push(server);
  return server;
};

const options = (changed: Partial<DownloadOptions> = {}): DownloadOptions => ({
  bytes: null,
  sha256,
  stallMs: 5000,
  pause: () => Promise.resolve(),
  onProgress: () => undefined,
  ...changed,
});

const problemOf = async (promise: Promise<unknown>): Promise<ModelsProblem> => {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ModelsError) return error.problem;
  throw error instanceof Error ? error : new Error('It did not fail.');
};

const nothingFinished = () => expect(existsSync(target)).toBe(false);

describe('a server that behaves', () => {
  test('gives the file and leaves nothing else beside it', async () => {
    const { url } = await start((request, response) => sendWell(request, response, content));
    const seen: (number | null)[] = [];
    const got = await download(
      `${url}net.bin`,
      target,
      options({
        onProgress: (received, total) => {
          seen.push(received, total);
        },
      }),
    );
    expect(got).toEqual({ path: target, bytes: content.length, sha256 });
    expect(readFileSync(target).equals(content)).toBe(true);
    expect(readdirSync(folder)).toEqual(['net.bin']);
    expect(seen.slice(-2)).toEqual([content.length, content.length]);
  });

  test('is not asked again for a complete file', async () => {
    const { url, requests } = await start((request, response) => sendWell(request, response, content));
    await download(`${url}net.bin`, target, options());
    await download(`${url}net.bin`, target, options());
    expect(requests).toHaveLength(1);
  });
});

describe('a server that breaks off', () => {
  test('is asked for the rest only, on condition that the file is the same', async () => {
    const { url, requests } = await start((request, response, nth) => {
      if (nth === 0) breakOff(response, content, 70_000);
      else sendWell(request, response, content);
    });
    await download(`${url}net.bin`, target, options());
    expect(readFileSync(target).equals(content)).toBe(true);
    expect(requests[1]).toMatchObject({ range: 'bytes=70000-', 'if-range': '"one"' });
  });

  test('again and again is given up, and the next call resumes', async () => {
    const { url, requests } = await start((request, response, nth) => {
      if (nth === 0) breakOff(response, content, 70_000);
      else if (nth < 6) response.destroy();
      else sendWell(request, response, content);
    });
    const problem = await problemOf(download(`${url}net.bin`, target, options()));
    expect(problem).toMatchObject({ kind: 'broken-off', bytes: 70_000 });
    nothingFinished();
    await download(`${url}net.bin`, target, options());
    expect(requests.at(-1)?.range).toBe('bytes=70000-');
    expect(readFileSync(target).equals(content)).toBe(true);
  });

  test('and changes its file (another ETag) gives the whole new file', async () => {
    const other = randomBytes(150_000);
    const { url } = await start((request, response, nth) => {
      if (nth === 0) breakOff(response, content, 70_000);
      else sendWell(request, response, other, '"two"');
    });
    await download(`${url}net.bin`, target, options({ sha256: sha256Of(other) }));
    expect(readFileSync(target).equals(other)).toBe(true);
  });

  test('and continues another file despite If-Range is not trusted', async () => {
    const other = randomBytes(200_000);
    const { url, requests } = await start((request, response, nth) => {
      if (nth === 0) breakOff(response, content, 70_000);
      else if (nth === 1) {
        response.writeHead(206, {
          ETag: '"two"',
          'Content-Range': `bytes 70000-199999/200000`,
          'Content-Length': 130_000,
        });
        response.end(other.subarray(70_000));
      } else sendWell(request, response, other, '"two"');
    });
    await download(`${url}net.bin`, target, options({ sha256: sha256Of(other) }));
    expect(requests[2]?.range).toBeUndefined();
    expect(readFileSync(target).equals(other)).toBe(true);
  });

  test('and ignores Range starts over', async () => {
    const { url } = await start((_, response, nth) => {
      if (nth === 0) breakOff(response, content, 70_000);
      else response.writeHead(200, { 'Content-Length': content.length }).end(content);
    });
    await download(`${url}net.bin`, target, options());
    expect(readFileSync(target).equals(content)).toBe(true);
  });

  test('and sends another range starts over', async () => {
    const { url } = await start((request, response, nth) => {
      if (nth === 0) breakOff(response, content, 70_000);
      else if (nth === 1) {
        response.writeHead(206, { ETag: '"one"', 'Content-Range': 'bytes 0-199999/200000' });
        response.end(content);
      } else sendWell(request, response, content);
    });
    await download(`${url}net.bin`, target, options());
    expect(readFileSync(target).equals(content)).toBe(true);
  });

  test('without any validator is never continued', async () => {
    const { url, requests } = await start((_, response, nth) => {
      response.writeHead(200, { 'Content-Length': content.length });
      if (nth > 0) response.end(content);
      else
        response.write(content.subarray(0, 1000), () => {
          setTimeout(() => response.destroy(), 20);
        });
    });
    await download(`${url}net.bin`, target, options());
    expect(requests[1]?.range).toBeUndefined();
  });

  test('and falls silent is dropped and asked again', async () => {
    const { url } = await start((request, response, nth) => {
      if (nth > 0) {
        sendWell(request, response, content);
        return;
      }
      response.writeHead(200, { ETag: '"one"', 'Content-Length': content.length });
      response.write(content.subarray(0, 70_000));
    });
    await download(`${url}net.bin`, target, options({ stallMs: 200 }));
    expect(readFileSync(target).equals(content)).toBe(true);
  });
});

describe('a server that lies', () => {
  test('about the length is detected by the known size, before downloading', async () => {
    const { url } = await start((request, response) => sendWell(request, response, content));
    const problem = await problemOf(download(`${url}net.bin`, target, options({ bytes: 123 })));
    expect(problem).toMatchObject({ kind: 'other-size', expectedBytes: 123, actualBytes: content.length });
    nothingFinished();
  });

  test('about the content is detected by the checksum, and its file is deleted', async () => {
    const { url } = await start((request, response) =>
      sendWell(request, response, Buffer.alloc(content.length)),
    );
    const problem = await problemOf(download(`${url}net.bin`, target, options()));
    expect(problem).toMatchObject({ kind: 'other-file', expectedSha256: sha256 });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('and sends no length is detected by the received size', async () => {
    const { url } = await start((_, response) => {
      response.writeHead(200).end(content.subarray(0, 1000));
    });
    const known = options({ bytes: content.length, sha256: null });
    expect(await problemOf(download(`${url}net.bin`, target, known))).toMatchObject({
      kind: 'other-size',
      actualBytes: 1000,
    });
    nothingFinished();
  });

  test.each([
    ['with its type', { 'Content-Type': 'text/html; charset=utf-8' }],
    ['without its type', { 'Content-Type': 'application/gzip' }],
  ])('a web page instead of the file is reported as such (%s)', async (_, headers) => {
    const { url } = await start((_request, response) => {
      response.writeHead(200, headers).end('\n<!DOCTYPE html><title>Sign in to this network</title>');
    });
    const problem = await problemOf(download(`${url}net.bin`, target, options({ sha256: null })));
    expect(problem.kind).toBe('web-page');
    nothingFinished();
  });
});

describe('a server that refuses', () => {
  test.each([403, 404, 410, 451])('with %i is not asked again', async (status) => {
    const { url, requests } = await start((_, response) => {
      response.writeHead(status, { 'Content-Type': 'text/html' }).end('<html>no</html>');
    });
    const problem = await problemOf(download(`${url}net.bin`, target, options()));
    expect(problem).toMatchObject({ kind: 'refused', status });
    expect(requests).toHaveLength(1);
    nothingFinished();
  });

  test('for a moment (503) is asked again, with pauses', async () => {
    const pauses: number[] = [];
    const { url } = await start((request, response, nth) => {
      if (nth < 2) response.writeHead(503).end();
      else sendWell(request, response, content);
    });
    const pause = (n: number) => {
      pauses.push(n);
      return Promise.resolve();
    };
    await download(`${url}net.bin`, target, options({ pause }));
    expect(pauses).toEqual([1, 2]);
  });
});

describe('no server', () =>
  test('is reported with the host and the likely reason', async () => {
    const server = await serve(() => undefined);
    await server.close();
    const problem = await problemOf(download(`${server.url}net.bin`, target, options()));
    expect(problem).toMatchObject({ kind: 'unreachable', detail: 'it refuses connections' });
  }));

test.skipIf(!existsSync('/dev/full'))(
  'a full disk is reported as such (skipped without /dev/full)',
  async () => {
    const { url } = await start((request, response) => sendWell(request, response, content));
    symlinkSync('/dev/full', `${target}.part`);
    const problem = await problemOf(download(`${url}net.bin`, target, options()));
    expect(problem).toEqual({ kind: 'disk-full', folder });
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
    nothingFinished();
  },
);
