import { describe, expect, test } from 'vitest';
import { VOC_COLORMAP } from '../domain/labels/colormap.ts';
import type { LabelMap } from '../domain/labels/label-map.ts';
import { CANVAS_LIMIT, createOverlayPainter } from './overlay-painter.ts';
import type { OverlayStyle } from './overlay-style.ts';

const OPAQUE: OverlayStyle = {
  opacity01: 1,
  outlines: false,
  background: true,
  isolatedClass: null,
  colormap: VOC_COLORMAP,
};
const PERSON = [192, 128, 128];
const CAT = [64, 0, 0];
const WHITE = [255, 255, 255];

/** Left half person, right half cat. */
const halves: LabelMap = { width: 4, height: 2, labels: Uint8Array.of(15, 15, 8, 8, 15, 15, 8, 8) };

async function picture(width: number, height: number, color = 'white'): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no context');
  context.fillStyle = color;
  context.fillRect(0, 0, width, height);
  return createImageBitmap(canvas);
}

function colorAt(canvas: HTMLCanvasElement, x: number, y: number): number[] {
  return [...(canvas.getContext('2d')?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3);
}

function setUp() {
  const canvas = document.createElement('canvas');
  return { canvas, painter: createOverlayPainter(canvas) };
}

describe('the overlay painter', () => {
  test('makes the canvas as large as the picture and colours it exactly, up to the edge', async () => {
    const { canvas, painter } = setUp();
    painter.paint(
      await picture(101, 50),
      { ...halves, width: 2, height: 1, labels: Uint8Array.of(15, 8) },
      OPAQUE,
    );
    expect([canvas.width, canvas.height]).toEqual([101, 50]);
    const row = Array.from({ length: 101 }, (_, x) => colorAt(canvas, x, 25));
    expect(row.slice(0, 50)).toEqual(Array.from({ length: 50 }, () => PERSON));
    expect(row.slice(51)).toEqual(Array.from({ length: 50 }, () => CAT));
    // The middle of an odd width belongs to one of the two classes, never to a mixture.
    expect([PERSON, CAT]).toContainEqual(row[50]);
    painter.close();
  });

  test('lets the picture through according to the opacity', async () => {
    const { canvas, painter } = setUp();
    painter.paint(await picture(40, 20), halves, { ...OPAQUE, opacity01: 0 });
    expect(colorAt(canvas, 10, 10)).toEqual(WHITE);
    painter.repaint({ ...OPAQUE, opacity01: 0.6 });
    const [red = 0, green = 0, blue = 0] = colorAt(canvas, 10, 10);
    expect(Math.abs(red - (0.6 * 192 + 0.4 * 255))).toBeLessThanOrEqual(2);
    expect(Math.abs(green - (0.6 * 128 + 0.4 * 255))).toBeLessThanOrEqual(2);
    expect(blue).toBe(green);
    painter.close();
  });

  test('shows nothing of the previous picture through transparent pixels', async () => {
    const { canvas, painter } = setUp();
    painter.paint(await picture(40, 20), halves, { ...OPAQUE, opacity01: 0 });
    painter.paint(await createImageBitmap(new ImageData(40, 20)), halves, { ...OPAQUE, opacity01: 0 });
    expect(colorAt(canvas, 10, 10)).toEqual([0, 0, 0]);
    painter.close();
  });

  test('shows a transparent picture the same way on every repaint', async () => {
    const { canvas, painter } = setUp();
    painter.paint(await createImageBitmap(new ImageData(40, 20)), halves, { ...OPAQUE, opacity01: 0.5 });
    const once = colorAt(canvas, 10, 10);
    painter.repaint({ ...OPAQUE, opacity01: 0.5 });
    expect(colorAt(canvas, 10, 10)).toEqual(once);
    painter.close();
  });

  test('shows the plain picture outside the isolated class', async () => {
    const { canvas, painter } = setUp();
    painter.paint(await picture(40, 20), halves, { ...OPAQUE, isolatedClass: 8 });
    expect(colorAt(canvas, 10, 10)).toEqual(WHITE);
    expect(colorAt(canvas, 30, 10)).toEqual(CAT);
    painter.close();
  });

  test('colours or clears the background as soon as the style changes', async () => {
    const { canvas, painter } = setUp();
    const background: LabelMap = { ...halves, labels: new Uint8Array(8) };
    painter.paint(await picture(40, 20), background, OPAQUE);
    expect(colorAt(canvas, 10, 10)).toEqual([0, 0, 0]);
    painter.repaint({ ...OPAQUE, background: false });
    expect(colorAt(canvas, 10, 10)).toEqual(WHITE);
    painter.close();
  });

  test('draws outlines at label resolution', async () => {
    const { canvas, painter } = setUp();
    painter.paint(await picture(40, 20), halves, { ...OPAQUE, opacity01: 0, outlines: true });
    expect([5, 15, 25, 35].map((x) => colorAt(canvas, x, 10))).toEqual([WHITE, PERSON, CAT, WHITE]);
    painter.close();
  });

  test('caps the canvas for huge pictures and records the scale', async () => {
    const { canvas, painter } = setUp();
    painter.paint(await picture(2 * CANVAS_LIMIT, 1000), halves, OPAQUE);
    expect([canvas.width, canvas.height]).toEqual([CANVAS_LIMIT, 500]);
    expect(painter.last()?.scale).toBe(0.5);
    painter.close();
  });

  test('never enlarges a small picture', async () => {
    const { canvas, painter } = setUp();
    painter.paint(await picture(3, 2), halves, OPAQUE);
    expect([canvas.width, canvas.height]).toEqual([3, 2]);
    expect(painter.last()?.scale).toBe(1);
    painter.close();
  });

  test('follows changes of the label map size', async () => {
    const { canvas, painter } = setUp();
    painter.paint(await picture(40, 20), halves, OPAQUE);
    painter.paint(await picture(40, 20), { width: 1, height: 1, labels: Uint8Array.of(8) }, OPAQUE);
    expect(colorAt(canvas, 10, 10)).toEqual(CAT);
    painter.close();
  });

  test('keeps the last picture with its labels, and closes the previous one', async () => {
    const { painter } = setUp();
    expect(painter.last()).toBeNull();
    const [first, second] = [await picture(8, 4), await picture(8, 4)];
    painter.paint(first, halves, OPAQUE);
    expect(first.width).toBe(8);
    painter.paint(second, halves, OPAQUE);
    expect(first.width).toBe(0);
    expect(painter.last()).toMatchObject({ pixels: second, labelMap: halves });
    painter.close();
  });

  test('keeps the last good picture on the canvas when the next cannot be drawn', async () => {
    const { canvas, painter } = setUp();
    const good = await picture(8, 4);
    const bad = await picture(8, 4);
    painter.paint(good, halves, OPAQUE);
    bad.close();
    expect(() => painter.paint(bad, halves, OPAQUE)).toThrow();
    expect(painter.last()?.pixels).toBe(good);
    expect([canvas.width, canvas.height]).toEqual([8, 4]);
    expect(colorAt(canvas, 1, 1)).toEqual(PERSON);
    painter.close();
  });

  test('has nothing to repaint before the first picture', () => {
    const { canvas, painter } = setUp();
    const before = [canvas.width, canvas.height];
    painter.repaint(OPAQUE);
    expect([canvas.width, canvas.height]).toEqual(before);
    painter.close();
  });

  test('may be closed twice, keeps the canvas, and closes later pictures', async () => {
    const { canvas, painter } = setUp();
    const [first, late] = [await picture(8, 4), await picture(8, 4)];
    painter.paint(first, halves, OPAQUE);
    painter.close();
    painter.close();
    painter.paint(late, halves, OPAQUE);
    expect([first.width, late.width]).toEqual([0, 0]);
    expect(painter.last()).toBeNull();
    expect(colorAt(canvas, 1, 1)).toEqual(PERSON);
  });
});
