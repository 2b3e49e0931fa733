import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { openModelLibrary } from './model-library.ts';
import type { CatalogueStatus } from './session-store.ts';

const BASE = 'http://localhost/sub/';
const CATALOGUE: unknown = JSON.parse(
  readFileSync(new URL('../../public/models/catalogue.json', import.meta.url), 'utf8'),
);
const NOTHING_KEPT = { list: () => Promise.resolve([]) };

afterEach(() => void vi.unstubAllGlobals());

/** A server with only these files. */
function serve(files: Readonly<Record<string, unknown>>): void {
  vi.stubGlobal('fetch', (url: string) => {
    const json = files[url.slice(BASE.length)];
    return Promise.resolve(
      json === undefined ? new Response(null, { status: 404 }) : new Response(JSON.stringify(json)),
    );
  });
}

test('no model can be loaded before the catalogue is read, and afterwards only an unlisted one is unknown', async () => {
  serve({
    'models/catalogue.json': CATALOGUE,
    'models/index.json': { version: 1, folders: [] },
  });
  const told: CatalogueStatus[] = [];
  const library = openModelLibrary(BASE, NOTHING_KEPT, (status) => told.push(status));
  expect(() => library.modelToLoad('u-net', 'ours')).toThrow('still being fetched');
  expect(library.listing('u-net')).toBeNull();
  await library.settled;
  expect(told).toMatchObject([{ kind: 'ready' }]);
  expect(library.listing('segscope-mnv2-257')).toMatchObject({ availability: { kind: 'absent' } });
  expect(() => library.modelToLoad('u-net', 'ours')).toThrow('u-net');
  await library.refresh();
  expect(told).toHaveLength(2);
});

test('a failed catalogue download is the reason why no model can be loaded', async () => {
  serve({ 'models/catalogue.json': CATALOGUE });
  const told: CatalogueStatus[] = [];
  const library = openModelLibrary(BASE, NOTHING_KEPT, (status) => told.push(status));
  await library.settled;
  const problem = { kind: 'source-unreachable', what: 'models/index.json', detail: 'HTTP 404' };
  expect(told).toEqual([{ kind: 'failed', problem }]);
  expect(() => library.modelToLoad('u-net', 'ours')).toThrow('HTTP 404');
  await library.refresh();
  expect(told).toHaveLength(1);
});
