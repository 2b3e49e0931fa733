import { afterEach, describe, expect, test } from 'vitest';
import { ProblemError } from '../domain/problems/problem.ts';
import type { Problem } from '../domain/problems/problem.ts';
import type { ModelFile, ModelToLoad } from '../catalogue/model-to-load.ts';
import { downloadModel } from './model-download.ts';
import { sha256Hex } from './sha256.ts';

const FOLDER = new URL('/models/segscope-mnv2-257/', location.href);
const SHARD = 'tfjs/group1-shard1of1.bin';
const SHARD_BYTES = 4_227_312;
const SHARD_SHA256 = '8962f189db9841da327c3e181b74ab3b9e8054f9ffd7cdc5caf0b71c5ab27110';

const urls: string[] = [];

/** An address whose content is known, served with this type. */
function serve(content: BlobPart, type = 'application/octet-stream'): string {
  const url = URL.createObjectURL(new Blob([content], { type }));
  urls.push(url);
  return url;
}

function file(path: string, changes: Partial<ModelFile> = {}): ModelFile {
  return { path, url: new URL(path, FOLDER).href, bytes: null, sha256: null, ...changes };
}

function model(graph: ModelFile, shards: readonly ModelFile[]): ModelToLoad {
  return {
    id: 'test',
    name: 'Test',
    runtime: 'tfjs',
    graph,
    shards,
    padding: { kind: 'outside' },
    precision: 'float16',
    classList: 'voc',
    classNames: [],
  };
}

const GRAPH = file('tfjs/model.json');

async function problemWith(toLoad: ModelToLoad): Promise<Problem> {
  try {
    await downloadModel(toLoad, () => undefined);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('It was accepted.');
}

async function shardBytes(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(new URL(SHARD, FOLDER))).arrayBuffer());
}

afterEach(() => {
  for (const url of urls.splice(0)) URL.revokeObjectURL(url);
});

describe('downloadModel', () => {
  test('gives the checksum of every loaded file, model.json first', async () => {
    const shard = file(SHARD, { bytes: SHARD_BYTES, sha256: SHARD_SHA256 });
    const { files, shards, graph } = await downloadModel(model(GRAPH, [shard]), () => undefined);
    expect(files.map(({ path, bytes }) => [path, bytes])).toEqual([
      ['tfjs/model.json', 61_824],
      [SHARD, SHARD_BYTES],
    ]);
    expect(files[1]?.sha256).toBe(SHARD_SHA256);
    expect(shards.map((buffer) => buffer.byteLength)).toEqual([graph.weightBytes]);
  });

  test('fetches a shard that the catalogue does not list beside the model.json, unchecked', async () => {
    const { files } = await downloadModel(model(GRAPH, []), () => undefined);
    expect(files[1]).toEqual({ path: SHARD, bytes: SHARD_BYTES, sha256: SHARD_SHA256 });
  });

  test('reports rising bytes up to the known total, and no total if a size is unknown', async () => {
    const seen: [number, number | null][] = [];
    const note = (loaded: number, total: number | null) => seen.push([loaded, total]);
    const sized = { ...GRAPH, bytes: 61_824 };
    await downloadModel(model(sized, [file(SHARD, { bytes: SHARD_BYTES })]), note);
    const loaded = seen.map(([bytes]) => bytes);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect(new Set(seen.map(([, total]) => total))).toEqual(new Set([61_824 + SHARD_BYTES]));
    expect(loaded.at(-1)).toBe(61_824 + SHARD_BYTES);
    seen.length = 0;
    await downloadModel(model(GRAPH, []), note);
    expect(seen.at(-1)).toEqual([61_824 + SHARD_BYTES, null]);
  });

  test('a shard that the server does not have is missing', async () => {
    const gone = file(SHARD, { url: new URL('tfjs/gone.bin', FOLDER).href });
    expect(await problemWith(model(GRAPH, [gone]))).toMatchObject({
      kind: 'model-file-missing',
      file: SHARD,
    });
  });

  test('a server that cannot be reached is status 0', async () => {
    const unreachable = file(SHARD, { url: 'http://localhost:1/shard.bin' });
    expect(await problemWith(model(GRAPH, [unreachable]))).toEqual({
      kind: 'model-file-missing',
      file: SHARD,
      status: 0,
    });
  });

  test('a web page with status 200 instead of the model.json is a missing file', async () => {
    const page = { ...GRAPH, url: serve('<!doctype html><title>Segscope</title>', 'text/html') };
    expect(await problemWith(model(page, []))).toEqual({
      kind: 'model-file-missing',
      file: 'tfjs/model.json',
      status: 200,
    });
  });

  test('a shard that is too short is truncated, with both sizes', async () => {
    const url = serve((await shardBytes()).subarray(0, 1000));
    const short = file(SHARD, { url, bytes: SHARD_BYTES, sha256: SHARD_SHA256 });
    expect(await problemWith(model(GRAPH, [short]))).toEqual({
      kind: 'model-file-truncated',
      file: SHARD,
      expectedBytes: SHARD_BYTES,
      actualBytes: 1000,
    });
  });

  test('a shard with one wrong bit, or a byte too many, is corrupt', async () => {
    const bytes = await shardBytes();
    bytes[2_000_000] = (bytes[2_000_000] ?? 0) ^ 1;
    const expected = { bytes: SHARD_BYTES, sha256: SHARD_SHA256 };
    const flipped = file(SHARD, { ...expected, url: serve(bytes) });
    expect(await problemWith(model(GRAPH, [flipped]))).toEqual({ kind: 'model-file-corrupt', file: SHARD });
    const longer = file(SHARD, { ...expected, url: serve(new Uint8Array(SHARD_BYTES + 1)) });
    expect(await problemWith(model(GRAPH, [longer]))).toEqual({ kind: 'model-file-corrupt', file: SHARD });
  });

  test('unchecked shards must still hold what the model.json names', async () => {
    const short = file(SHARD, { url: serve((await shardBytes()).subarray(0, 1000)) });
    expect(await problemWith(model(GRAPH, [short]))).toMatchObject({
      kind: 'model-invalid',
      modelId: 'test',
    });
  });

  test('a model.json that is not JSON, or not a graph, is invalid', async () => {
    const text = { ...GRAPH, url: serve('weights follow', 'text/plain') };
    expect(await problemWith(model(text, []))).toEqual({
      kind: 'model-invalid',
      modelId: 'test',
      detail: 'tfjs/model.json is not JSON',
    });
    const list = { ...GRAPH, url: serve('[1, 2]', 'application/json') };
    expect(await problemWith(model(list, []))).toMatchObject({ kind: 'model-invalid' });
  });

  test('a model.json whose checksum is wrong is corrupt before it is read', async () => {
    const sha256 = await sha256Hex(new Uint8Array(3));
    expect(await problemWith(model({ ...GRAPH, sha256 }, []))).toEqual({
      kind: 'model-file-corrupt',
      file: 'tfjs/model.json',
    });
  });
});
