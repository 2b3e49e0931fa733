import { describe, expect, test } from 'vitest';
import { VOC_CLASSES } from '../domain/labels/class-list.ts';
import { cssColor, VOC_COLORMAP } from '../domain/labels/colormap.ts';
import { STAGE_PALETTE } from '../domain/measuring/stage-palette.ts';
import { STAGES } from '../domain/measuring/stage-timings.ts';
import { summarise } from '../domain/measuring/statistics.ts';
import { drawReportPicture } from './report-picture.ts';
import type { ReportContent } from './report-picture.ts';

const rows = [...STAGES, 'wait' as const, 'frame' as const].map((key, i) => ({
  key,
  last: i,
  ...summarise([i, i + 1, i * 3.7]),
}));

async function content(
  width: number,
  height: number,
  change: Partial<ReportContent> = {},
): Promise<ReportContent> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no context');
  context.fillStyle = 'rgb(10 200 30)';
  context.fillRect(0, 0, width, height);
  return {
    title: 'Segscope MobileNetV2 257 on wasm',
    pixels: await createImageBitmap(canvas),
    labelMap: { width: 2, height: 1, labels: Uint8Array.of(15, 8) },
    style: { opacity01: 1, outlines: false, background: true, isolatedClass: null, colormap: VOC_COLORMAP },
    legend: [15, 8].map((index) => ({
      name: VOC_CLASSES.names[index] ?? '',
      share01: 0.5,
      color: cssColor(VOC_COLORMAP[index] ?? [0, 0, 0]),
    })),
    rows,
    rates: { framesPerSecond: 23.4, modelPerSecond: 31, sourcePerSecond: 30, skipped: 6 },
    configurationLines: [
      'segscope-mnv2-257, float16',
      'TensorFlow.js 4.22.0, wasm',
      '2026-11-22T13:45:00.000Z',
    ],
    ...change,
  };
}

async function decoded(blob: Blob) {
  const bitmap = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no context');
  context.drawImage(bitmap, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
  return { width, height, at, data };
}

/** Number of pixels of exactly this colour. */
function pixelsOf(data: Uint8ClampedArray, [red, green, blue]: readonly number[]): number {
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) count++;
  }
  return count;
}

const rgbOf = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const WHITE = [255, 255, 255];

describe('the report picture', () => {
  test('is a PNG of double density on white paper', async () => {
    const blob = await drawReportPicture(await content(640, 480));
    expect(blob.type).toBe('image/png');
    const { width, height, at } = await decoded(blob);
    expect(width).toBe(1440);
    for (const [x, y] of [
      [0, 0],
      [width - 1, 0],
      [0, height - 1],
      [width - 1, height - 1],
    ] as const) {
      expect(at(x, y)).toEqual(WHITE);
    }
  });

  test('shows the overlay unmirrored over the picture, in exact colours', async () => {
    const { at } = await decoded(await drawReportPicture(await content(640, 480)));
    expect(at(90, 500)).toEqual([192, 128, 128]);
    expect(at(1350, 500)).toEqual([64, 0, 0]);
  });

  test('shows the picture itself through a transparent overlay', async () => {
    const style = {
      opacity01: 0,
      outlines: false,
      background: true,
      isolatedClass: null,
      colormap: VOC_COLORMAP,
    };
    const { at } = await decoded(await drawReportPicture(await content(640, 480, { style })));
    expect(at(720, 500)).toEqual([10, 200, 30]);
  });

  test('marks every stage in its palette colour', async () => {
    const { data } = await decoded(await drawReportPicture(await content(640, 480)));
    for (const stage of STAGES) {
      expect(pixelsOf(data, rgbOf(STAGE_PALETTE[stage].light)), stage).toBeGreaterThanOrEqual(400);
    }
  });

  test('keeps the margins free, however long names, titles and configuration are', async () => {
    const long = 'averyveryverylongnamewithoutanybreakatall'.repeat(8);
    const { width, height, data } = await decoded(
      await drawReportPicture(
        await content(640, 480, {
          title: `${long} ${long}`,
          legend: VOC_CLASSES.names.map((name) => ({
            name: `${name}${long}`,
            share01: 0.00001,
            color: '#123456',
          })),
          configurationLines: [long, `${long} words ${long}`],
          rows: rows.map((row) => ({ ...row, max: 123_456.789, p99: 99_999.99, n: 1024 })),
        }),
      ),
    );
    const inMargin = (i: number) =>
      i % width < 76 || i % width >= width - 76 || i < 76 * width || i >= (height - 76) * width;
    let inked = 0;
    for (let i = 0; i < width * height; i++) if (inMargin(i) && (data[i * 4] ?? 0) < 250) inked++;
    expect(inked).toBe(0);
  });

  test('grows with its content', async () => {
    const heightOf = async (change: Partial<ReportContent>) =>
      (await decoded(await drawReportPicture(await content(640, 480, change)))).height;
    const legend = VOC_CLASSES.names.map((name) => ({ name, share01: 0.05, color: 'black' }));
    const plain = await heightOf({});
    expect(await heightOf({ legend })).toBe(plain + 6 * 44);
    expect(await heightOf({ configurationLines: [] })).toBeLessThan(plain);
    expect(await heightOf({ rows: [] })).toBeLessThan(plain);
  });

  test('stays within a page for tall and for tiny pictures', async () => {
    for (const [width, height] of [
      [100, 4000],
      [3, 2],
      [4000, 100],
    ] as const) {
      const report = await decoded(await drawReportPicture(await content(width, height)));
      expect(report.width).toBe(1440);
      expect(report.height).toBeLessThan(1440 * Math.SQRT2 * 1.1);
    }
  });

  test('leaves the picture open for its owner', async () => {
    const report = await content(64, 48);
    await drawReportPicture(report);
    expect(report.pixels.width).toBe(64);
  });
});
