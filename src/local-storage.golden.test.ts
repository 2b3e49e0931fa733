import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readGoldenJson } from '../scripts/testing/golden.ts';
import { browserSetup } from './domain/setup.ts';
import { createBackendMemory } from './features/live/backend-memory.ts';
import { createKeptModels } from './app/kept-models.ts';
import { agentsToConnect, storeAgents } from './features/agents/page-link.ts';
import { loadSettings, saveSettings } from './app/settings.ts';

/** The whole local storage of a page after use. */
const STORED = readGoldenJson('local-storage.json') as Readonly<Record<string, string>>;

function storageOf(items: Readonly<Record<string, string>>) {
  const kept = new Map(Object.entries(items));
  return {
    all: () => Object.fromEntries(kept),
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

let storage = storageOf({});

function openPage(items: Readonly<Record<string, string>>, hash = ''): void {
  storage = storageOf(items);
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('location', { hash, host: 'localhost:8590', pathname: '/pi.html', search: '' });
}

beforeEach(() => {
  openPage(STORED);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const TRIALS = { modelId: 'segscope-mnv2-257', inputSize: 257, pipeline: 'ours', userAgent: 'Browser 1' };

test('the settings of the last visit are read and stored again as the same text', () => {
  const settings = loadSettings();
  expect(settings).toEqual({
    sourceKey: 'moving:chelsea',
    wanted: browserSetup('m', 385, 'webgl', { pipeline: 'stock' }),
    place: 'agent',
    view: {
      opacity01: 0.25,
      outlines: false,
      background: true,
      mirror: true,
      isolatedClass: null,
      theme: 'dark',
    },
  });
  openPage({});
  saveSettings(settings);
  expect(storage.all()).toEqual({ 'segscope.settings': STORED['segscope.settings'] });
});

test('the known agents are read and stored again as the same text', () => {
  const agents = agentsToConnect();
  expect(agents).toEqual([
    { address: 'localhost:8590', code: '0123456789AB' },
    { address: 'pi.local:8590', code: 'CAFECAFECAFE' },
  ]);
  openPage({});
  storeAgents(agents);
  expect(storage.all()).toEqual({ 'segscope.agents': STORED['segscope.agents'] });
});

test('the link that an agent prints is read and removed from the address; its agent comes last', () => {
  openPage(STORED, '#token=BEEFBEEFBEEF');
  const replaceState = vi.fn();
  vi.stubGlobal('history', { replaceState });
  expect(agentsToConnect()).toEqual([
    { address: 'pi.local:8590', code: 'CAFECAFECAFE' },
    { address: 'localhost:8590', code: 'BEEFBEEFBEEF' },
  ]);
  expect(replaceState).toHaveBeenCalledWith(null, '', '/pi.html');
});

test('the fastest backends are read and stored again as the same text', () => {
  const trials = createBackendMemory(storage).recall(TRIALS);
  expect(trials).toEqual([
    { backend: 'webgl', threads: null, medianMs: 8.5, device: 'GPU' },
    { backend: 'wasm', threads: 4, medianMs: 31.25, device: 'x86_64 processor' },
  ]);
  openPage({});
  createBackendMemory(storage).remember(TRIALS, trials ?? []);
  const [key] = Object.keys(STORED).filter((name) => name.startsWith('segscope.fastest'));
  expect(storage.all()).toEqual({ [key ?? '']: STORED[key ?? ''] });
});

test('kept models that have disappeared are reported by their stored names', async () => {
  const kept = createKeptModels(() => Promise.reject(new Error('no file system')), storage);
  expect(await kept.missing()).toEqual(['Mine', 'other-513']);
});
