import { describe, expect, test } from 'vitest';
import { browserSetup } from '../domain/setup.ts';
import { DEFAULT_WANTED } from './session-store.ts';
import { DEFAULT_VIEW } from './view-store.ts';
import { DEFAULT_SOURCE, readSettings, writeSettings } from './settings.ts';

describe('settings', () => {
  test('start with the defaults if nothing is stored', () =>
    expect(readSettings('', null)).toEqual({
      sourceKey: DEFAULT_SOURCE,
      wanted: DEFAULT_WANTED,
      place: 'browser',
      view: DEFAULT_VIEW,
    }));

  test('prefer the address to the choices of the last visit', () => {
    const stored = JSON.stringify({ sourceKey: 'camera:x', modelId: 'old', backend: 'cpu', inputSize: 513 });
    const { sourceKey, wanted } = readSettings('#/live?source=sample:coffee&backend=wasm', stored);
    expect(sourceKey).toBe('sample:coffee');
    expect(wanted).toEqual(browserSetup('old', 513, 'wasm'));
  });

  test('are read as they were written, except the isolated class', () => {
    const settings = {
      sourceKey: 'sample:chelsea',
      wanted: browserSetup('m', 385, 'webgl', { pipeline: 'stock' }),
      place: 'agent',
      view: {
        opacity01: 0.25,
        outlines: false,
        background: true,
        mirror: true,
        isolatedClass: 8,
        theme: 'dark',
      },
    } as const;
    expect(readSettings('', writeSettings(settings))).toEqual({
      ...settings,
      view: { ...settings.view, isolatedClass: null },
    });
  });

  test('use this browser if the address names a model or backend, and the last place if it names only a source', () => {
    const place = (hash: string) => readSettings(hash, '{"place":"agent"}').place;
    expect(['', '#/live?source=sample:coffee', '#/runs'].map(place)).toEqual(['agent', 'agent', 'agent']);
    expect(['#/live?backend=wasm', '#/live?model=m'].map(place)).toEqual(['browser', 'browser']);
    expect(readSettings('', '{"place":"moon"}').place).toBe('browser');
  });

  test.each([
    '{',
    '[]',
    'null',
    '7',
    '{"view":{"opacity01":9,"theme":"pink"},"backend":"abacus","inputSize":-1}',
  ])('fall back to the defaults if the stored text is damaged (%s)', (stored) =>
    expect(readSettings('#/live?size=abc&pipeline=none', stored)).toEqual({
      sourceKey: DEFAULT_SOURCE,
      wanted: DEFAULT_WANTED,
      place: 'browser',
      view: DEFAULT_VIEW,
    }),
  );
});
