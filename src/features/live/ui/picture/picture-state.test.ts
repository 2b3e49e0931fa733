import { expect, test } from 'vitest';
import { createSessionStore, type SessionState } from '../../../../app/session-store.ts';
import { pictureBadge, pictureState } from './picture-state.ts';

const facts = (change: Partial<SessionState> = {}): SessionState => ({
  ...createSessionStore(true).getInitialState(),
  catalogue: { kind: 'ready', models: [] },
  ...change,
});
const loading = {
  kind: 'loading',
  label: 'Segscope MobileNetV2',
  phase: 'download',
  progress01: 0.5,
} as const;
const failed = { kind: 'failed', key: 'camera:a', problem: { kind: 'camera-denied' } } as const;

test('after the first frame, the picture stays even when its source fails', () =>
  expect(pictureState(true, facts({ source: failed }))).toEqual({ kind: 'live' }));

test('before the first frame, a failed source says what to do', () =>
  expect(pictureState(false, facts({ source: failed }))).toMatchObject({
    kind: 'failed',
    text: { sentence: 'This page may not use the camera.' },
  }));

test('before the first frame on an agent, the picture waits for it, whatever happened to the catalogue', () => {
  const catalogue = { kind: 'failed', problem: { kind: 'catalogue-invalid', detail: 'line 1' } } as const;
  const source = { kind: 'opening', key: 'camera:a' } as const;
  expect(pictureState(false, facts({ place: 'agent', source, catalogue }))).toEqual({
    kind: 'waiting',
    words: 'Waiting for the agent…',
  });
});

test('before the first frame, an unreadable catalogue says what to do', () => {
  const catalogue = { kind: 'failed', problem: { kind: 'catalogue-invalid', detail: 'line 1' } } as const;
  expect(pictureState(false, facts({ catalogue }))).toMatchObject({ kind: 'failed' });
});

test('shows the download and warm-up of the first model', () =>
  expect(pictureState(false, facts({ loading }))).toEqual({ kind: 'preparing', loading }));

test('without a model, says that there is none', () =>
  expect(pictureState(false, facts())).toEqual({ kind: 'no-model' }));

test('a picture that does not move says why', () => {
  expect(pictureBadge(facts({ pause: 'frozen' }))).toBe('Frozen');
  expect(pictureBadge(facts({ pause: 'hidden' }))).toContain('hidden');
  expect(pictureBadge(facts({ source: failed }))).toContain('last picture');
  expect(pictureBadge(facts())).toBeNull();
});
