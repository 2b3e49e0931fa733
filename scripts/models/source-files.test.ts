import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ModelDownload } from '../../src/catalogue/catalogue.ts';
import { sha256Of } from './checksum.ts';
import { ModelsError } from './models-problem.ts';
import { fetchModel, type FetchOptions } from './source-files.ts';
import { makeEntry } from './testing/description.ts';
import { sendWell, serve, type FileServer } from './testing/file-server.ts';

const content = randomBytes(5000);
const twin = randomBytes(6000);
let top = '';
let server: FileServer;
/** Answers of the server, by path. */
let shelf: Record<string, Buffer | number> = {};

beforeEach(async () => {
  top = mkdtempSync(join(tmpdir(), 'segscope-source-'));
  shelf = {};
  server = await serve((request, response) => {
    const found = shelf[request.url ?? ''] ?? 404;
    if (typeof found === 'number') response.writeHead(found).end();
    else sendWell(request, response, found);
  });
});
afterEach(async () => {
  await server.close();
  rmSync(top, { recursive: true, force: true });
});

const options = (from: string | null = null): FetchOptions => ({
  downloads: join(top, 'downloads'),
  from,
  stallMs: 5000,
  pause: () => Promise.resolve(),
  onProgress: () => undefined,
  now: () => new Date('2026-11-22T18:00:00Z'),
});

const entryAt = (download: Partial<ModelDownload> = {}) =>
  makeEntry({
    id: 'zoo',
    download: {
      url: `${server.url}zoo.tar.gz`,
      archiveFormat: 'tar.gz',
      bytes: null,
      sha256: null,
      mirrors: [],
      ...download,
    },
  });

const problemOf = async (promise: Promise<unknown>) => {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ModelsError) return error.problem;
  throw error instanceof Error ? error : new Error('It did not fail.');
};

describe('mirrors', () => {
  test('are asked in order if the publisher refuses', async () => {
    shelf = { '/zoo.tar.gz': 403, '/b/zoo.tar.gz': 404, '/c/zoo.tar.gz': content };
    const mirrors = [`${server.url}b/zoo.tar.gz`, `${server.url}c/zoo.tar.gz`];
    const [file] = await fetchModel(entryAt({ mirrors }), options());
    expect(file?.downloadedFrom).toBe(`${server.url}c/zoo.tar.gz`);
  });

  test('that all fail are reported with the reason of each', async () => {
    shelf = { '/zoo.tar.gz': 403 };
    const problem = await problemOf(fetchModel(entryAt({ mirrors: [`${server.url}b/z`] }), options()));
    expect(problem.kind === 'no-source' && problem.reasons.join(' ')).toMatch(
      /403 \(forbidden\).*404 \(not there/,
    );
  });

  test('with a different file are rejected, and nothing is installed', async () => {
    shelf = { '/zoo.tar.gz': 403, '/b/zoo.tar.gz': randomBytes(5000) };
    const entry = entryAt({ sha256: sha256Of(content), mirrors: [`${server.url}b/zoo.tar.gz`] });
    expect((await problemOf(fetchModel(entry, options()))).kind).toBe('no-source');
  });
});

describe('--from', () => {
  test('a folder gives the file under its publisher’s name, without any network', async () => {
    mkdirSync(join(top, 'usb'));
    writeFileSync(join(top, 'usb/zoo.tar.gz'), content);
    const [file] = await fetchModel(entryAt(), options(join(top, 'usb')));
    expect(file?.sha256).toBe(sha256Of(content));
    expect(server.requests).toHaveLength(0);
    expect(readFileSync(join(top, 'usb/zoo.tar.gz')).equals(content)).toBe(true);
  });

  test('a folder without the file says which name was looked for', async () => {
    const problem = await problemOf(fetchModel(entryAt(), options(top)));
    expect(problem).toMatchObject({ kind: 'file-unreadable', path: join(top, 'zoo.tar.gz') });
  });

  test('an address replaces the publisher’s, with or without a trailing slash', async () => {
    shelf = { '/mirror/zoo.tar.gz': content };
    for (const from of [`${server.url}mirror`, `${server.url}mirror/`]) {
      const [file] = await fetchModel(entryAt(), options(from));
      expect(file?.downloadedFrom).toBe(`${server.url}mirror/zoo.tar.gz`);
    }
  });
});

describe('an unpublished checksum', () => {
  test('is not taken from a local file', async () => {
    shelf = { '/zoo.tar.gz': content };
    mkdirSync(join(top, 'usb'));
    writeFileSync(join(top, 'usb/zoo.tar.gz'), randomBytes(5000));
    await fetchModel(entryAt(), options(join(top, 'usb')));
    const [file] = await fetchModel(entryAt(), options());
    expect(file?.sha256).toBe(sha256Of(content));
  });

  test('is recorded at the first fetch and checked afterwards, wherever the file comes from', async () => {
    shelf = { '/zoo.tar.gz': content };
    await fetchModel(entryAt(), options());
    const pins = readFileSync(join(top, 'downloads/pins.json'), 'utf8');
    expect(pins).toContain(sha256Of(content));
    mkdirSync(join(top, 'usb'));
    writeFileSync(join(top, 'usb/zoo.tar.gz'), randomBytes(5000));
    const problem = await problemOf(fetchModel(entryAt(), options(join(top, 'usb'))));
    expect(problem).toMatchObject({ kind: 'other-file', expectedSha256: sha256Of(content) });
  });
});

describe('an Edge TPU twin', () => {
  const coral = () => ({
    ...entryAt({ url: `${server.url}net.tflite`, archiveFormat: 'tflite' as const }),
    edgeTpuTwin: 'net_edgetpu.tflite',
    files: [{ path: 'net_edgetpu.tflite', bytes: twin.length, sha256: sha256Of(twin) }],
  });

  test('is fetched from beside its network', async () => {
    shelf = { '/net.tflite': content, '/net_edgetpu.tflite': twin };
    const files = await fetchModel(coral(), options());
    expect(files.map(({ fileName }) => fileName)).toEqual(['net.tflite', 'net_edgetpu.tflite']);
  });

  test('is checked against its own checksum', async () => {
    shelf = { '/net.tflite': content, '/net_edgetpu.tflite': randomBytes(twin.length) };
    expect((await problemOf(fetchModel(coral(), options()))).kind).toBe('other-file');
  });
});

test('a model that is part of Segscope is not downloaded', async () => {
  expect((await problemOf(fetchModel(makeEntry(), options()))).kind).toBe('shipped');
});
