/** Checks the server's answers before the page runs: headers, models, and real 404s. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test, type APIRequestContext } from '@playwright/test';
import { parseLocalIndex } from '../src/catalogue/local-index.ts';
import { serveFolder } from './static-server.ts';

const GRAPH = 'models/segscope-mnv2-257/tfjs/model.json';

const assets = (extension: string) =>
  readdirSync('dist/assets')
    .filter((name) => name.endsWith(extension))
    .map((name) => `assets/${name}`);

async function isolationOf(request: APIRequestContext, path: string) {
  const response = await request.get(`/${path}`);
  const headers = response.headers();
  return {
    path,
    status: response.status(),
    opener: headers['cross-origin-opener-policy'],
    embedder: headers['cross-origin-embedder-policy'],
    resource: headers['cross-origin-resource-policy'],
  };
}

test('serves page, scripts, wasm and models cross-origin isolated', async ({ request }) => {
  const scripts = assets('.js');
  const wasm = assets('.wasm');
  expect(scripts).not.toEqual([]);
  expect(wasm).not.toEqual([]);
  for (const path of [
    '',
    'pi.html',
    ...scripts,
    ...wasm,
    GRAPH,
    'models/index.json',
    'samples/chelsea.jpg',
  ]) {
    expect(await isolationOf(request, path)).toEqual({
      path,
      status: 200,
      opener: 'same-origin',
      embedder: 'require-corp',
      resource: 'same-origin',
    });
  }
});

test('no chunk imports a worker entry, which WebKit would then evaluate twice', () => {
  const scripts = assets('.js');
  const entries = scripts.filter((path) => /\.worker-[^/]*$/.test(path));
  expect(entries).toHaveLength(2);
  const importers = scripts.filter((path) =>
    /\b(?:from|import)\s*\(?\s*["'`][^"'`]*\.worker-/.test(readFileSync(`dist/${path}`, 'utf8')),
  );
  expect(importers).toEqual([]);
});

test('serves wasm and scripts with the content types that browsers require', async ({ request }) => {
  const typeOf = async (path: string) => (await request.get(`/${path}`)).headers()['content-type'];
  for (const path of assets('.wasm')) expect(await typeOf(path)).toBe('application/wasm');
  for (const path of assets('.js')) expect(await typeOf(path)).toMatch(/^(text|application)\/javascript/);
});

test('the model index lists the embedded model with its checksum', async ({ request }) => {
  const index = parseLocalIndex(await (await request.get('/models/index.json')).json());
  const embedded = index.folders.find(({ folder }) => folder === 'segscope-mnv2-257');
  const graph = embedded?.files.find(({ path }) => path === 'tfjs/model.json');
  expect(graph?.bytes).toBe((await (await request.get(`/${GRAPH}`)).body()).length);
});

for (const path of ['models/segscope-mnv2-257/tfjs/none.bin', 'models/none/model.json', 'samples/none.jpg']) {
  test(`a missing ${path} is 404, never the page`, async ({ request }) => {
    const response = await request.get(`/${path}`, { headers: { Accept: 'text/html,*/*' } });
    expect(response.status()).toBe(404);
    expect(await response.text()).not.toContain('<html');
  });
}

test('the built folder works under any sub-path of any server', async ({ request }) => {
  const server = await serveFolder('dist', '/some/path/');
  try {
    const html = await (await request.get(server.url)).text();
    const links = [...html.matchAll(/\s(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link);
    expect(links.filter((link) => link.endsWith('.js'))).not.toEqual([]);
    const needed = [...links, 'models/catalogue.json', 'models/index.json', GRAPH, 'samples/astronaut.jpg'];
    for (const link of needed.filter((candidate) => !candidate.startsWith('data:'))) {
      const at = new URL(link, server.url).href;
      expect(at, `${link} stays below the sub-path`).toContain(server.url);
      expect({ link, status: (await request.get(at)).status() }).toEqual({ link, status: 200 });
    }
    const index: unknown = await (await request.get(`${server.url}models/index.json`)).json();
    expect(parseLocalIndex(index).folders.map(({ folder }) => folder)).toContain('segscope-mnv2-257');
  } finally {
    await server.close();
  }
});
