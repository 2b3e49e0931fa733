import { describe, expect, test } from 'vitest';
import type { BackendTrial } from '../../app/session-store.ts';
import { fastest, whyChosen } from './backend-trials.ts';

const measured = (backend: 'webgl' | 'wasm', medianMs: number, remembered = false): BackendTrial => ({
  backend,
  threads: null,
  outcome: { kind: 'measured', medianMs, device: 'd', remembered },
});
const skipped: BackendTrial = {
  backend: 'webgpu',
  threads: null,
  outcome: { kind: 'skipped', reason: 'no adapter' },
};

describe('the automatic choice', () => {
  test('is the smallest measured median in any order', () => {
    expect(fastest([measured('webgl', 8), skipped, measured('wasm', 24)])).toMatchObject({
      backend: 'webgl',
    });
    expect(fastest([measured('wasm', 24), measured('webgl', 260)])).toMatchObject({ backend: 'wasm' });
  });

  test('is null if nothing was measured', () => expect(fastest([skipped])).toBeNull());

  test('names every measured time and every reason', () =>
    expect(
      whyChosen({ kind: 'browser', backend: 'webgl', threads: null }, [
        measured('webgl', 8),
        measured('wasm', 24.06),
        skipped,
      ]),
    ).toBe(
      'webgl is the fastest (webgl 8.0 ms, wasm 24.1 ms; measured here). Not used: webgpu: no adapter.',
    ));

  test('does not present an earlier measurement as one of today', () =>
    expect(
      whyChosen({ kind: 'browser', backend: 'wasm', threads: null }, [measured('wasm', 24, true)]),
    ).toContain('on an earlier visit'));

  test('distinguishes two thread counts of one backend', () => {
    const trials: BackendTrial[] = [
      { ...measured('wasm', 24), backend: 'litert' },
      { ...measured('wasm', 15), backend: 'litert', threads: 2 },
    ];
    const chosen = { kind: 'browser', backend: 'litert', threads: 2 } as const;
    expect(fastest(trials)).toEqual(chosen);
    expect(whyChosen(chosen, trials)).toBe(
      'litert with 2 threads is the fastest (litert 24.0 ms, litert with 2 threads 15.0 ms; measured here).',
    );
  });
});
