import { readFile } from 'node:fs/promises';
import { decode } from 'fast-png';
import { VOC_COLORMAP } from '../src/domain/labels/colormap.ts';
import { expect, test } from './fixtures/live-page.ts';

test.describe('the screenshot', () =>
  test('one click saves the report picture and offers label map and overlay of the same frame', async ({
    live,
  }) => {
    await live.open();
    await expect.poll(async () => (await live.legend())['cat'] ?? 0).toBeGreaterThan(0);
    const downloading = live.page.waitForEvent('download');
    await live.page.getByRole('button', { name: 'Screenshot' }).click();
    const report = await downloading;
    expect(report.suggestedFilename()).toMatch(
      /^segscope_segscope-mnv2-257_wasm_\d{4}-\d{2}-\d{2}T.*_report\.png$/,
    );
    const picture = decode(await readFile(await report.path()));
    expect(picture.width).toBeGreaterThan(800);
    expect(new Set(picture.data).size).toBeGreaterThan(50);

    const shot = await live.page.evaluate(async () => {
      const files = await globalThis.segscope?.live.screenshot();
      const bytes = async (blob: Blob | undefined) => [
        ...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer()),
      ];
      return { labelMap: await bytes(files?.labelMap.blob), overlay: await bytes(files?.overlay.blob) };
    });
    const labelMap = decode(Uint8Array.from(shot.labelMap));
    expect(labelMap.channels).toBe(1);
    expect(labelMap.palette?.[8]?.slice(0, 3)).toEqual([...(VOC_COLORMAP[8] ?? [])]);
    expect(labelMap.palette?.[15]?.slice(0, 3)).toEqual([...(VOC_COLORMAP[15] ?? [])]);
    const catShare = labelMap.data.filter((label) => label === 8).length / labelMap.data.length;
    expect(catShare).toBeCloseTo((await live.legend())['cat'] ?? 0, 6);
    const overlay = decode(Uint8Array.from(shot.overlay));
    expect(overlay.channels).toBe(4);
    expect([overlay.width, overlay.height]).toEqual([451, 300]);
    // The overlay has the exact cat colour on cat pixels and no colour on background pixels.
    const pixelAt = (x01: number, y01: number) => {
      const label =
        labelMap.data[Math.floor(y01 * labelMap.height) * labelMap.width + Math.floor(x01 * labelMap.width)];
      const at = (Math.floor(y01 * 300) * 451 + Math.floor(x01 * 451)) * 4;
      return { label, color: [...overlay.data.slice(at, at + 3)], alpha: overlay.data[at + 3] ?? 0 };
    };
    const face = pixelAt(0.5, 0.5);
    expect(face).toMatchObject({ label: 8, color: [64, 0, 0] });
    expect(face.alpha).toBeGreaterThan(0);
    const corner = pixelAt(0.01, 0.01);
    expect(corner.label).toBe(0);
    expect(corner.color).toEqual([0, 0, 0]);
  }));
