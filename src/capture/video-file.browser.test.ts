import { afterEach, describe, expect, test, vi } from 'vitest';
import { asFile, framelessWebm, soundOnlyWebm } from '../../e2e/fixtures/bad-files.ts';
import { hashOf, pixelsOf } from '../../e2e/fixtures/pixel-hash.ts';
import { recordWebm } from '../../e2e/fixtures/recorded-webm.ts';
import { openFile, openSource } from './open-source.ts';
import { openVideoFile } from './video-file.ts';

const NEVER = new AbortController().signal;

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a video file', () => {
  test('plays, hands out each picture once, and counts them', async () => {
    const source = await openSource({ kind: 'file', file: await recordWebm(15) }, NEVER);
    expect(source).toMatchObject({
      width: 320,
      height: 240,
      moving: true,
      mirrorByDefault: false,
      label: 'file: recorded.webm',
    });
    let before = 0;
    for (let id = 1; id <= 10; id++) {
      const { pixels, ...frame } = await source.capture(NEVER);
      expect(frame).toMatchObject({ id, width: 320, height: 240 });
      const hash = hashOf(pixels);
      expect(hash).not.toBe(before);
      before = hash;
      pixels.close();
    }
    expect(source.counters().unique).toBeGreaterThanOrEqual(10);
    source.close();
  });

  test('continues after its last picture: a loop is not an end', async () => {
    const source = await openVideoFile(await recordWebm(6), NEVER);
    const ends = vi.fn();
    source.onEnd(ends);
    for (let id = 1; id <= 25; id++) {
      const frame = await source.capture(NEVER);
      expect(frame.id).toBe(id);
      frame.pixels.close();
    }
    const { unique, skipped } = source.counters();
    expect(unique - skipped).toBeGreaterThanOrEqual(25);
    expect(ends).not.toHaveBeenCalled();
    source.close();
  });

  test.each([1, 0.5])('of opacity %d gives opaque pictures in the colours as stored', async (opacity01) => {
    const source = await openVideoFile(await recordWebm(1, 'clear.webm', opacity01), NEVER);
    const { pixels } = await source.capture(NEVER);
    const [red = 0, green = 0, blue = 0, alpha] = pixelsOf(pixels);
    expect(Math.max(red, green, Math.abs(blue - 128))).toBeLessThanOrEqual(4);
    expect(alpha).toBe(255);
    pixels.close();
    source.close();
  });

  test('of a single picture shows it again with every loop', async () => {
    const source = await openVideoFile(await recordWebm(1), NEVER);
    for (let id = 1; id <= 4; id++) {
      const frame = await source.capture(NEVER);
      expect(frame.id).toBe(id);
      frame.pixels.close();
    }
    source.close();
  });

  test('opens as a video with any name and type', async () => {
    const file = new File([await recordWebm(5)], 'photo.jpg', { type: 'image/jpeg' });
    const source = await openFile(file, NEVER);
    expect(source.moving).toBe(true);
    source.close();
  });

  test('frees its object URL on close, once', async () => {
    const revoking = vi.spyOn(URL, 'revokeObjectURL');
    const source = await openVideoFile(await recordWebm(5), NEVER);
    expect(revoking).not.toHaveBeenCalled();
    source.close();
    source.close();
    expect(revoking).toHaveBeenCalledOnce();
    await expect(source.capture(NEVER)).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('that is closed rejects a waiting capture', async () => {
    const source = await openVideoFile(await recordWebm(5), NEVER);
    (await source.capture(NEVER)).pixels.close();
    const waiting = source.capture(NEVER);
    source.close();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a video that cannot be shown', () => {
  test('a sound file has no frames', async () => {
    await expect(openFile(asFile(soundOnlyWebm()), NEVER)).rejects.toMatchObject({
      problem: { kind: 'video-without-frames', fileName: 'sound-only.webm' },
    });
  });

  test('an empty video track has no frames', async () => {
    await expect(openVideoFile(asFile(framelessWebm()), NEVER, 1500)).rejects.toMatchObject({
      problem: { kind: 'video-without-frames', fileName: 'frameless.webm' },
    });
  });

  test('a container without readable content is undecodable', async () => {
    const file = new File([new Uint8Array([0x1a, 0x45, 0xdf, 0xa3]), 'nonsense'.repeat(40)], 'x.webm');
    await expect(openFile(file, NEVER)).rejects.toMatchObject({
      problem: { kind: 'video-undecodable', fileName: 'x.webm' },
    });
  });

  test('a refused file leaves no object URL behind', async () => {
    const making = vi.spyOn(URL, 'createObjectURL');
    const revoking = vi.spyOn(URL, 'revokeObjectURL');
    await expect(openVideoFile(asFile(soundOnlyWebm()), NEVER)).rejects.toThrow();
    expect(making).toHaveBeenCalledOnce();
    expect(revoking.mock.calls).toEqual([[making.mock.results[0]?.value]]);
  });

  test('an abort while it opens rejects with the reason and frees the object URL', async () => {
    const revoking = vi.spyOn(URL, 'revokeObjectURL');
    const file = await recordWebm(5);
    const abort = new AbortController();
    const opening = openVideoFile(file, abort.signal);
    const reason = new Error('switched');
    abort.abort(reason);
    await expect(opening).rejects.toBe(reason);
    expect(revoking).toHaveBeenCalledOnce();
  });

  test('a file that breaks during playback ends its source once', async () => {
    const playing = vi.spyOn(HTMLMediaElement.prototype, 'play');
    const source = await openVideoFile(await recordWebm(5), NEVER);
    const ends = vi.fn();
    source.onEnd(ends);
    const [video] = playing.mock.contexts;
    (video as HTMLVideoElement).dispatchEvent(new Event('error'));
    expect(ends.mock.calls).toEqual([[{ kind: 'video-undecodable', fileName: 'recorded.webm' }]]);
  });
});
