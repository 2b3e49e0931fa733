import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asFile, emptyFile, hugePng, textNamedJpg, truncatedJpeg } from '../../e2e/fixtures/bad-files.ts';
import { hashOf, pixelsOf } from '../../e2e/fixtures/pixel-hash.ts';
import type { ProblemKind } from '../domain/problems/problem.ts';
import { openFile, openSource } from './open-source.ts';
import { openSample } from './picture.ts';
import { SAMPLES, fetchSample } from './samples.ts';

const NEVER = new AbortController().signal;
const base = document.createElement('base');

beforeEach(() => {
  // The test page is in a deeper folder than the real one, and sample addresses are relative to the document.
  base.href = '/';
  document.head.append(base);
});

afterEach(() => {
  base.remove();
  vi.restoreAllMocks();
});

/** What a ProblemError of this kind must look like. */
function problem(kind: ProblemKind): unknown {
  const inside: unknown = expect.objectContaining({ kind });
  return expect.objectContaining({ problem: inside });
}

async function drawnFile(width: number, height: number, type: string, name: string): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const brush = canvas.getContext('2d');
  if (brush === null) throw new Error('no 2d context');
  brush.fillStyle = 'rgb(200 30 90)';
  brush.fillRect(0, 0, width, height);
  brush.fillStyle = 'rgb(0 0 255)';
  brush.fillRect(0, 0, width / 2, height / 2);
  return new File([await canvas.convertToBlob({ type })], name, { type });
}

describe('sample photos', () => {
  test.each(SAMPLES.map((sample) => [sample.id, sample] as const))(
    '%s has the listed size',
    async (id, sample) => {
      const source = await openSource({ kind: 'sample', id }, NEVER);
      expect(source).toMatchObject({
        label: `sample:${id}`,
        width: sample.width,
        height: sample.height,
        moving: false,
        mirrorByDefault: false,
      });
      source.close();
    },
  );

  test('an unlisted sample is unreachable', async () => {
    await expect(openSample('mona-lisa', NEVER)).rejects.toEqual(problem('source-unreachable'));
  });

  test('a server that refuses or is gone is unreachable', async () => {
    const fetching = vi.spyOn(globalThis, 'fetch');
    fetching.mockResolvedValueOnce(new Response('', { status: 404 }));
    await expect(openSample('chelsea', NEVER)).rejects.toThrow('HTTP 404');
    fetching.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await expect(openSample('chelsea', NEVER)).rejects.toEqual(problem('source-unreachable'));
  });

  test('an aborted fetch rejects with the reason', async () => {
    const abort = new AbortController();
    const opening = openSample('chelsea', abort.signal);
    const reason = new Error('switched');
    abort.abort(reason);
    await expect(opening).rejects.toBe(reason);
  });
});

describe('a still picture', () => {
  test('is always new: every capture is an equal copy owned by the caller', async () => {
    const source = await openSample('chelsea', NEVER);
    const first = await source.capture(NEVER);
    const hash = hashOf(first.pixels);
    first.pixels.close();
    const second = await source.capture(NEVER);
    expect(hashOf(second.pixels)).toBe(hash);
    expect([first.id, second.id]).toEqual([1, 2]);
    expect(second.waitMs).toBe(0);
    expect(source.counters()).toEqual({ unique: 2, skipped: 0 });
    second.pixels.close();
    source.close();
  });

  test('a copy outlives its source, and close() may be called twice', async () => {
    const source = await openSample('chelsea', NEVER);
    const { pixels } = await source.capture(NEVER);
    source.close();
    source.close();
    expect(pixels.width).toBe(451);
    pixels.close();
    await expect(source.capture(NEVER)).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('an aborted capture rejects with the reason', async () => {
    const source = await openSample('chelsea', NEVER);
    const reason = new Error('frozen');
    await expect(source.capture(AbortSignal.abort(reason))).rejects.toBe(reason);
    source.close();
  });

  test('is upright according to its EXIF orientation', async () => {
    const jpeg = new Uint8Array(await (await drawnFile(80, 40, 'image/jpeg', 'x.jpg')).arrayBuffer());
    // APP1 with one tag, big-endian: orientation 6, a quarter turn clockwise.
    const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
    const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
    const app1 = Uint8Array.from([0xff, 0xe1, 0, exif.length + 2, ...exif]);
    const turned = new File([jpeg.slice(0, 2), app1, jpeg.slice(2)], 'turned.jpg');
    const source = await openFile(turned, NEVER);
    expect([source.width, source.height]).toEqual([40, 80]);
    const { pixels } = await source.capture(NEVER);
    const blueAtTopRight = pixelsOf(pixels).subarray((5 * 40 + 35) * 4, (5 * 40 + 35) * 4 + 3);
    expect(blueAtTopRight[2]).toBeGreaterThan(200);
    expect(blueAtTopRight[0]).toBeLessThan(60);
    pixels.close();
    source.close();
  });

  test('over 4096 pixels a side is scaled down, and the label says so', async () => {
    const source = await openFile(await drawnFile(5000, 1000, 'image/png', 'wide.png'), NEVER);
    expect(source).toMatchObject({
      width: 4096,
      height: 819,
      label: 'file: wide.png (scaled down from 5000 x 1000)',
    });
    const { pixels } = await source.capture(NEVER);
    expect([pixels.width, pixels.height]).toEqual([4096, 819]);
    pixels.close();
    source.close();
  });
});

describe('openFile', () => {
  test.each([
    ['image/png', 'right.png'],
    ['image/jpeg', 'right.jpg'],
    ['image/webp', 'right.webp'],
  ])('%s opens', async (type, name) => {
    const source = await openFile(await drawnFile(30, 20, type, name), NEVER);
    expect(source).toMatchObject({ width: 30, height: 20, label: `file: ${name}` });
    source.close();
  });

  test('a picture opens with any name and type', async () => {
    const blob = await drawnFile(30, 20, 'image/png', 'x.png');
    const source = await openFile(new File([blob], 'film.mp4', { type: 'video/mp4' }), NEVER);
    expect(source).toMatchObject({ width: 30, height: 20, moving: false });
    source.close();
  });

  test('an animation shows its first frame', async () => {
    const source = await openFile(new File([twoFrameGif()], 'animated.gif'), NEVER);
    const { pixels } = await source.capture(NEVER);
    expect([...pixelsOf(pixels)]).toEqual([255, 0, 0, 255]);
    pixels.close();
    source.close();
  });

  test('refuses text named .jpg, an empty file, a document and a truncated JPEG', async () => {
    const photo = new Uint8Array(await (await fetchSample('chelsea', NEVER)).arrayBuffer());
    const pdf = new File(['%PDF-1.7\n'.repeat(30)], 'paper.pdf', { type: 'application/pdf' });
    for (const file of [asFile(textNamedJpg()), asFile(emptyFile()), pdf, asFile(truncatedJpeg(photo))]) {
      await expect(openFile(file, NEVER)).rejects.toMatchObject({
        problem: { kind: 'not-a-picture', fileName: file.name },
      });
    }
  });

  test('refuses 20,000 x 20,000 pixels by the header alone, without decoding', async () => {
    const decoding = vi.spyOn(globalThis, 'createImageBitmap');
    await expect(openFile(asFile(hugePng()), NEVER)).rejects.toMatchObject({
      problem: {
        kind: 'picture-too-large',
        fileName: 'huge.png',
        width: 20_000,
        height: 20_000,
        limitMegapixels: 64,
      },
    });
    expect(decoding).not.toHaveBeenCalled();
  });

  test('the limit is 64 megapixels: just below it the file itself decides', async () => {
    await expect(openFile(asFile(hugePng(8001, 8000)), NEVER)).rejects.toEqual(problem('picture-too-large'));
    await expect(openFile(asFile(hugePng(8000, 8000)), NEVER)).rejects.not.toEqual(
      problem('picture-too-large'),
    );
  });

  test('finds a size after a long preamble', async () => {
    const jpeg = new Uint8Array(await (await drawnFile(30, 20, 'image/jpeg', 'x.jpg')).arrayBuffer());
    const size = jpeg.indexOf(0xc0);
    const huge = jpeg.slice();
    huge.set([0x4e, 0x20, 0x4e, 0x20], size + 4);
    const comment = new Uint8Array(60_004).fill(32);
    comment.set([0xff, 0xfe, 0xea, 0x62]);
    const file = new File(
      [huge.slice(0, 2), ...Array.from({ length: 6 }, () => comment), huge.slice(2)],
      'x.jpg',
    );
    await expect(openFile(file, NEVER)).rejects.toMatchObject({
      problem: { kind: 'picture-too-large', width: 20_000 },
    });
  });

  test('a picture decoded after the abort is closed, not leaked', async () => {
    const closing = vi.spyOn(ImageBitmap.prototype, 'close');
    const file = await drawnFile(600, 600, 'image/jpeg', 'late.jpg');
    const abort = new AbortController();
    const real = createImageBitmap;
    vi.spyOn(globalThis, 'createImageBitmap').mockImplementation((source: ImageBitmapSource) => {
      abort.abort(new Error('switched'));
      return real(source);
    });
    await expect(openFile(file, abort.signal)).rejects.toThrow('switched');
    expect(closing).toHaveBeenCalledOnce();
  });
});

/** 1 x 1, first red, then blue. */
function twoFrameGif(): Uint8Array<ArrayBuffer> {
  const frame = (index: number) => [
    ...[0x21, 0xf9, 4, 0, 10, 0, 0, 0],
    ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, index === 0 ? 0x44 : 0x4c, 1, 0],
  ];
  const head = [...new TextEncoder().encode('GIF89a'), 1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255];
  return Uint8Array.from([...head, ...frame(0), ...frame(1), 0x3b]);
}
