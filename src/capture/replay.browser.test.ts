import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashOf } from '../../e2e/fixtures/pixel-hash.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { FrameSource } from './frame-source.ts';
import { openMovingSample } from './moving-sample.ts';
import { recordReplay } from './replay.ts';

const NEVER = new AbortController().signal;
const base = document.createElement('base');

beforeEach(() => {
  // The test page is in a deeper folder than the real one, and sample addresses are relative to the document.
  base.href = '/';
  document.head.append(base);
});

afterEach(() => base.remove());

async function hashes(source: FrameSource, count: number): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    const { pixels } = await source.capture(NEVER);
    found.push(hashOf(pixels));
    pixels.close();
  }
  return found;
}

/** Pictures of one colour each, and how many of them are still open. */
function colouredSource(size: { width: number; height: number }, failAt = Infinity) {
  const given: ImageBitmap[] = [];
  const source: FrameSource = {
    label: 'coloured',
    ...size,
    moving: true,
    mirrorByDefault: false,
    capture: () => {
      const id = given.length + 1;
      if (id === failAt) return Promise.reject(new ProblemError({ kind: 'camera-ended', label: 'coloured' }));
      const canvas = new OffscreenCanvas(size.width, size.height);
      const brush = canvas.getContext('2d');
      if (brush === null) throw new Error('no 2d context');
      brush.fillStyle = `rgb(${id * 20} 7 9)`;
      brush.fillRect(0, 0, size.width, size.height);
      const pixels = canvas.transferToImageBitmap();
      given.push(pixels);
      return Promise.resolve({ id, ...size, pixels, waitMs: 3 });
    },
    counters: () => ({ unique: given.length, skipped: 0 }),
    onEnd: () => undefined,
    close: () => undefined,
  };
  return { source, open: () => given.filter(({ width }) => width > 0).length, given };
}

describe('a replay', () => {
  test('gives every source the same frames, in the same order, in a loop', async () => {
    const camera = await openMovingSample('chelsea', NEVER);
    const replay = await recordReplay(camera, 4, NEVER);
    camera.close();
    const first = await hashes(replay.open(), 4);
    expect(new Set(first).size).toBe(4);
    expect(await hashes(replay.open(), 8)).toEqual([...first, ...first]);
    replay.close();
  });

  test('describes what it replays, numbers its frames from 1 and never waits', async () => {
    const { source } = colouredSource({ width: 8, height: 6 });
    const recorded: number[] = [];
    const replay = await recordReplay(source, 3, NEVER, (frames) => recorded.push(frames));
    expect(recorded).toEqual([1, 2, 3]);
    expect(replay).toMatchObject({ frames: 3, bytes: 3 * 8 * 6 * 4, label: 'replay of 3 frames, coloured' });
    const opened = replay.open();
    expect(opened).toMatchObject({ width: 8, height: 6, moving: false, label: replay.label });
    const frame = await opened.capture(NEVER);
    expect(frame).toMatchObject({ id: 1, width: 8, height: 6, waitMs: 0 });
    frame.pixels.close();
    expect(opened.counters()).toEqual({ unique: 1, skipped: 0 });
    replay.close();
  });

  test('continues when one of its sources is closed, and ends for all when it is closed itself', async () => {
    const { source, open } = colouredSource({ width: 8, height: 6 });
    const replay = await recordReplay(source, 2, NEVER);
    const one = replay.open();
    const other = replay.open();
    one.close();
    await expect(one.capture(NEVER)).rejects.toHaveProperty('name', 'AbortError');
    expect(await hashes(other, 2)).toHaveLength(2);
    replay.close();
    await expect(other.capture(NEVER)).rejects.toHaveProperty('name', 'AbortError');
    expect(open()).toBe(0);
  });

  test('of too many frames or bytes is refused before recording starts', async () => {
    const many = colouredSource({ width: 8, height: 6 });
    await expect(recordReplay(many.source, 65, NEVER)).rejects.toMatchObject({
      problem: { kind: 'replay-too-large', frames: 65, limitFrames: 64 },
    });
    const large = colouredSource({ width: 4000, height: 3000 });
    await expect(recordReplay(large.source, 6, NEVER)).rejects.toMatchObject({
      problem: { kind: 'replay-too-large', megabytes: 288, limitMegabytes: 256 },
    });
    expect(many.given.length + large.given.length).toBe(0);
  });

  test('of a source that ends too early keeps nothing and says why', async () => {
    const { source, open } = colouredSource({ width: 8, height: 6 }, 3);
    await expect(recordReplay(source, 5, NEVER)).rejects.toMatchObject({ problem: { kind: 'camera-ended' } });
    expect(open()).toBe(0);
  });
});
