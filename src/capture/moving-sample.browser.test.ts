import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { hashOf } from '../../e2e/fixtures/pixel-hash.ts';
import { openMovingSample, pageClock, type PageClock } from './moving-sample.ts';
import { openSource } from './open-source.ts';

const NEVER = new AbortController().signal;
const base = document.createElement('base');

beforeEach(() => {
  base.href = '/';
  document.head.append(base);
});

afterEach(() => base.remove());

/** A clock that moves only when waited for or advanced. */
function stillClock(): PageClock & { push(ms: number): void } {
  let nowMs = 5000;
  return {
    now: () => nowMs,
    wait(ms) {
      nowMs += ms;
      return Promise.resolve();
    },
    push(ms) {
      nowMs += ms;
    },
  };
}

async function opened(clock: PageClock) {
  const source = await openMovingSample('chelsea', NEVER, clock);
  onTestFinished(() => source.close());
  return source;
}

describe('the moving sample', () => {
  test('is a 640 x 480 video', async () => {
    const source = await openSource({ kind: 'moving-sample', id: 'astronaut' }, NEVER);
    expect(source).toMatchObject({
      width: 640,
      height: 480,
      moving: true,
      mirrorByDefault: false,
      label: 'moving-sample:astronaut',
    });
    const frame = await source.capture(NEVER);
    expect([frame.pixels.width, frame.pixels.height]).toEqual([640, 480]);
    frame.pixels.close();
    source.close();
  });

  test('shows the same pictures at the same times', async () => {
    const show = async () => {
      const clock = stillClock();
      const source = await opened(clock);
      const hashes: number[] = [];
      for (let picture = 0; picture < 5; picture++) {
        const { pixels } = await source.capture(NEVER);
        hashes.push(hashOf(pixels));
        pixels.close();
        clock.push(700);
      }
      return hashes;
    };
    const first = await show();
    expect(await show()).toEqual(first);
    expect(new Set(first).size).toBe(5);
  });

  test('has 30 pictures a second, and a capture that comes early waits for the next', async () => {
    const source = await opened(stillClock());
    const waits: number[] = [];
    for (let id = 1; id <= 4; id++) {
      const frame = await source.capture(NEVER);
      expect(frame.id).toBe(id);
      waits.push(frame.waitMs);
      frame.pixels.close();
    }
    expect(waits[0]).toBe(0);
    for (const wait of waits.slice(1)) expect(wait).toBeCloseTo(1000 / 30, 3);
    expect(source.counters()).toEqual({ unique: 4, skipped: 0 });
  });

  test('counts pictures that were not captured as skipped, except the current one', async () => {
    const clock = stillClock();
    const source = await opened(clock);
    (await source.capture(NEVER)).pixels.close();
    clock.push(1010);
    expect(source.counters()).toEqual({ unique: 31, skipped: 29 });
    const frame = await source.capture(NEVER);
    frame.pixels.close();
    expect(frame.waitMs).toBe(0);
    expect(source.counters()).toEqual({ unique: 31, skipped: 29 });
  });

  test('an aborted wait rejects with the reason; a closed source ends it too', async () => {
    const source = await opened(pageClock);
    (await source.capture(NEVER)).pixels.close();
    const abort = new AbortController();
    const reason = new Error('frozen');
    const waiting = source.capture(abort.signal);
    abort.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    source.close();
    source.close();
    await expect(source.capture(NEVER)).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a sample that is not in the list is unreachable', async () => {
    await expect(openMovingSample('mona-lisa', NEVER)).rejects.toMatchObject({
      problem: { kind: 'source-unreachable' },
    });
  });
});
