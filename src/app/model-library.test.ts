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

/** A server that answers with these files and nothing else. */
function serve(files: Readonly<Record<string, unknown>>): void {
  vi.stubGlobal('fetch', (url: string) => {
    const json = files[url.slice(BASE.length)];
    return Promise.resolve(
      json === undefined ? new Response(null, { status: 404 }) : new Response(JSON.stringify(json)),
    );
  });
}

test('before the catalogue is read no model can be loaded, and afterwards only an unknown one is unknown', async () => {
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

test('a catalogue that cannot be fetched is the reason why no model can be loaded', async () => {
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
