import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, createServer, preview, type InlineConfig } from 'vite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseLocalIndex } from '../../src/catalogue/local-index.ts';
import { localModels, modelRoots } from './local-models.ts';
import { createFileHasher, indexModelFolders } from './model-folders.ts';

let top = '';
const inTop = (...parts: string[]) => join(top, ...parts);
const place = (path: string, content = path) => {
  mkdirSync(dirname(inTop(path)), { recursive: true });
  writeFileSync(inTop(path), content);
};
const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
const names = async (...roots: string[]) =>
  (
    await indexModelFolders(
      roots.map((root) => inTop(root)),
      createFileHasher(),
    )
  ).folders.map(({ folder }) => folder);

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'segscope-models-'));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

describe('indexModelFolders', () => {
  test('lists folders with a model.json at most two folders down, with graph and shards only', async () => {
    place('a/flat/model.json', '{}');
    place('a/flat/shard.bin', 'weights');
    place('a/nested/web/fp16/model.json');
    place('a/nested/README.md');
    place('a/too-deep/1/2/3/model.json');
    place('a/no-graph/shard.bin');
    place('a/catalogue.json');
    const index = await indexModelFolders([inTop('a')], createFileHasher());
    expect(parseLocalIndex(index)).toEqual({
      version: 1,
      folders: [
        {
          folder: 'flat',
          files: [
            { path: 'model.json', bytes: 2, sha256: sha256('{}') },
            { path: 'shard.bin', bytes: 7, sha256: sha256('weights') },
          ],
          described: null,
        },
        {
          folder: 'nested',
          files: [expect.objectContaining({ path: 'web/fp16/model.json' })],
          described: null,
        },
      ],
    });
  });

  test('lists the files beside a .tflite', async () => {
    place('a/coral/net_quant.tflite', 'TFL3');
    place('a/coral/net_quant_edgetpu.tflite', 'TFL3');
    const { folders } = await indexModelFolders([inTop('a')], createFileHasher());
    expect(folders[0]?.files.map(({ path }) => path)).toEqual([
      'net_quant.tflite',
      'net_quant_edgetpu.tflite',
    ]);
  });

  test('exposes the description of a folder, unless it is damaged or of another folder', async () => {
    const shipped = new URL('../../public/models/catalogue.json', import.meta.url);
    const { models } = JSON.parse(readFileSync(shipped, 'utf8')) as { models: [Record<string, unknown>] };
    const described = (folder: string) =>
      JSON.stringify({
        version: 1,
        entry: { ...models[0], id: 'mine', folder },
        report: {
          found: [],
          folded: [],
          nodesBefore: 2,
          nodesAfter: 1,
          weightBytes: 4,
          multiplyAdds: null,
          sourceFiles: [],
        },
        selfCheck: null,
        installedAt: '2026-11-22T18:00:00.000Z',
        weights: 'float32',
        downloadedFrom: null,
      });
    for (const folder of ['damaged', 'mine', 'moved']) place(`a/${folder}/model.json`, '{}');
    place('a/mine/segscope-model.json', described('mine'));
    place('a/moved/segscope-model.json', described('mine'));
    place('a/damaged/segscope-model.json', '{"version":1');
    const { folders } = await indexModelFolders([inTop('a')], createFileHasher());
    expect(folders.map((folder) => folder.described?.folder ?? null)).toEqual([null, 'mine', null]);
  });

  test('leaves out names that are unsafe in URLs or pages', async () => {
    for (const name of ['.hidden', '-dash', 'two words', 'a%2e', 'ok-1.0_x']) place(`a/${name}/model.json`);
    place('a/ok-1.0_x/.secret');
    place('a/ok-1.0_x/50%.bin');
    const index = await indexModelFolders([inTop('a')], createFileHasher());
    expect(index.folders.map(({ folder }) => folder)).toEqual(['ok-1.0_x']);
    expect(index.folders[0]?.files.map(({ path }) => path)).toEqual(['model.json']);
  });

  test('the first root with a model in a folder wins', async () => {
    place('first/both/model.json', 'first');
    place('second/both/model.json', 'second');
    place('first/half/notes.txt');
    place('second/half/model.json', 'second');
    const { folders } = await indexModelFolders([inTop('first'), inTop('second')], createFileHasher());
    expect(folders.map(({ files }) => files[0]?.sha256)).toEqual([sha256('first'), sha256('second')]);
  });

  test('a missing root and a broken link are ignored', async () => {
    place('a/good/model.json');
    symlinkSync(inTop('nowhere'), inTop('a/good/shard.bin'));
    expect(await names('missing', 'a')).toEqual(['good']);
  });

  test('a file that changed is hashed again', async () => {
    const hash = createFileHasher();
    place('a/m/model.json', 'one');
    await indexModelFolders([inTop('a')], hash);
    place('a/m/model.json', 'other');
    const { folders } = await indexModelFolders([inTop('a')], hash);
    expect(folders[0]?.files[0]?.sha256).toBe(sha256('other'));
  });

  test('a file that did not change is not read again', async () => {
    const hash = createFileHasher();
    const file = { path: 'x', absolute: inTop('x'), bytes: 3, modifiedMs: 1 };
    place('x', 'one');
    const first = await hash(file);
    rmSync(inTop('x'));
    expect(await hash(file)).toBe(first);
    await expect(hash({ ...file, modifiedMs: 2 })).rejects.toThrow(/ENOENT/);
  });
});

test('a MODELS_DIR that is not a folder is refused in one sentence', () => {
  place('file');
  expect(() => modelRoots(top, inTop('missing'))).toThrow(
    /MODELS_DIR names .*missing, which is not a folder/,
  );
  expect(() => modelRoots(top, inTop('file'))).toThrow(/not a folder/);
  expect(modelRoots(top, '')).toEqual({ shipped: inTop('models'), placed: null });
});

describe('a real server', () => {
  const page = '<!doctype html><title>the page</title><p>the page</p>';

  const EMBEDDER = { 'cross-origin-embedder-policy': 'require-corp' };

  const config = (modelsDir: string | null, base = './'): InlineConfig => ({
    root: top,
    base,
    configFile: false,
    logLevel: 'error',
    appType: 'mpa',
    plugins: [localModels({ modelsDir, headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' } })],
    server: { port: 0, host: 'localhost', watch: null, ws: false },
    preview: { port: 0, host: 'localhost' },
  });

  interface Answer {
    readonly status: number | undefined;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: string;
  }

  /** Sends the path unchanged: fetch() would remove the dots. */
  const ask = (base: string, path: string, method = 'GET', headers: Record<string, string> = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const { hostname, port } = new URL(base);
      httpRequest({ hostname, port, path, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
      })
        .on('error', reject)
        .end();
    });

  const started: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const server of started.splice(0)) await server.close();
  });

  const start = async (kind: 'dev' | 'preview', at = './'): Promise<string> => {
    place('index.html', page);
    place('public/models/catalogue.json', '{"version":1}');
    place('public/models/shipped/tfjs/model.json', '{"shipped":true}');
    place('public/models/both/model.json', '"shipped"');
    place('public/samples/cat.jpg', 'cat');
    place('placed/both/model.json', '"placed"');
    place('placed/mine/model.json', '{"mine":true}');
    place('placed/mine/shard.bin', 'weights');
    place('placed/catalogue.json', '"not this one"');
    place('secret.txt', 'secret');
    if (kind === 'preview') await build(config(null, at));
    if (kind === 'preview') {
      const server = await preview(config(inTop('placed'), at));
      started.push(server);
      return server.resolvedUrls?.local[0] ?? '';
    }
    const server = await (await createServer(config(inTop('placed'), at))).listen();
    started.push(server);
    return server.resolvedUrls?.local[0] ?? '';
  };

  test.each(['dev', 'preview'] as const)('%s: models of both folders appear, fresh', async (kind) => {
    const base = await start(kind);
    const folders = async () =>
      parseLocalIndex(JSON.parse((await ask(base, '/models/index.json')).body)).folders.map((f) => f.folder);
    expect(await folders()).toEqual(['both', 'mine', 'shipped']);
    place('public/models/new/model.json', '{}');
    expect(await folders()).toEqual(['both', 'mine', 'new', 'shipped']);
    expect(await ask(base, '/models/new/model.json')).toMatchObject({ status: 200, body: '{}' });
    expect((await ask(base, '/models/both/model.json')).body).toBe('"placed"');
    expect((await ask(base, '/models/catalogue.json?t=1')).body).toBe('{"version":1}');
  });

  test.each(['dev', 'preview'] as const)('%s: files carry headers, type and validator', async (kind) => {
    const base = await start(kind);
    const shard = await ask(base, '/models/mine/shard.bin');
    expect(shard).toMatchObject({
      status: 200,
      body: 'weights',
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': '7',
        'cross-origin-embedder-policy': 'require-corp',
      },
    });
    const graph = await ask(base, '/models/shipped/tfjs/model.json', 'HEAD');
    expect(graph).toMatchObject({ status: 200, body: '' });
    expect(graph.headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '16' });
    const again = { 'If-None-Match': String(shard.headers['etag']) };
    expect(await ask(base, '/models/mine/shard.bin', 'GET', again)).toMatchObject({ status: 304, body: '' });
    expect((await ask(base, '/models/mine/shard.bin', 'PUT')).status).toBe(405);
  });

  describe.each(['dev', 'preview'] as const)('%s isolates the page by an answer of every kind', (kind) => {
    test.each([
      ['200', 200, '/', {}],
      ['206', 206, '/samples/cat.jpg', { Range: 'bytes=0-1' }],
      ['403 to a foreign host', 403, '/', { Host: 'elsewhere.example' }],
      ['404', 404, '/samples/none.jpg', {}],
      ['404 of a model', 404, '/models/none/model.json', {}],
      ['416', 416, '/samples/cat.jpg', { Range: 'bytes=9-' }],
    ] as const)('%s', async (_title, status, path, headers) => {
      const base = await start(kind);
      expect(await ask(base, path, 'GET', headers)).toMatchObject({ status, headers: EMBEDDER });
    });

    test.each(['/', '/samples/cat.jpg', '/models/mine/shard.bin'])('304 of %s', async (path) => {
      const base = await start(kind);
      const { headers } = await ask(base, path);
      const again = { 'If-None-Match': String(headers['etag']) };
      expect(await ask(base, path, 'GET', again)).toMatchObject({ status: 304, headers: EMBEDDER });
    });

    test('405', async () => {
      const base = await start(kind);
      expect(await ask(base, '/models/mine/shard.bin', 'PUT')).toMatchObject({
        status: 405,
        headers: EMBEDDER,
      });
    });

    test('a redirect to the base path', async () => {
      const base = await start(kind, '/sub/');
      expect(await ask(base, '/')).toMatchObject({ status: 302, headers: EMBEDDER });
    });
  });

  test.each(['dev', 'preview'] as const)('%s: a missing file is 404, never the page', async (kind) => {
    const base = await start(kind);
    expect((await ask(base, '/', 'GET', { Accept: 'text/html' })).body).toContain('the page');
    const missing = [
      '/models/mine/shard2.bin',
      '/models/nobody/model.json',
      '/models/mine',
      '/models/mine/',
      '/models/',
      '/samples/dog.jpg',
      '/samples/deeper/',
    ];
    for (const path of missing) {
      const { status, body } = await ask(base, path, 'GET', { Accept: 'text/html,*/*' });
      expect({ path, status }).toEqual({ path, status: 404 });
      expect(body).not.toContain('the page');
    }
    expect((await ask(base, '/samples/cat.jpg')).body).toBe('cat');
  });

  test.each(['dev', 'preview'] as const)('%s: no path leaves the folders', async (kind) => {
    const base = await start(kind);
    const ways = [
      '/models/../secret.txt',
      '/models/mine/../../secret.txt',
      '/models/shipped/../../../secret.txt',
      '/models/%2e%2e/%2e%2e/secret.txt',
      '/models/mine/..%2f..%2fsecret.txt',
      '/models/shipped/..%2f..%2f..%2fsecret.txt',
      '/models/mine/..%5c..%5csecret.txt',
      '/models//mine/model.json',
      '/models/mine/%00model.json',
      '/models/%E0%A4%A',
      `/models/${inTop('secret.txt')}`,
    ];
    for (const path of ways) {
      const { status, body } = await ask(base, path);
      expect({ path, found: status === 200 || body.includes('secret') }).toEqual({ path, found: false });
    }
  });

  test('the static build lists its own models, not those of MODELS_DIR', async () => {
    place('index.html', page);
    place('public/models/shipped/model.json', '{}');
    place('placed/mine/model.json', '{}');
    await build(config(inTop('placed')));
    const index = parseLocalIndex(JSON.parse(readFileSync(inTop('dist/models/index.json'), 'utf8')));
    expect(index.folders.map(({ folder }) => folder)).toEqual(['shipped']);
    expect(readFileSync(inTop('dist/models/shipped/model.json'), 'utf8')).toBe('{}');
    expect(() => readFileSync(inTop('dist/models/mine/model.json'))).toThrow(/ENOENT/);
  });

  test('a preview before the first build says what to do', async () => {
    place('index.html', page);
    await expect(preview(config(null))).rejects.toThrow(/run "npm run build" first/);
  });
});
