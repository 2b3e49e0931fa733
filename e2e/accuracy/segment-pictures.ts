/** Segments pictures one by one in the built page and returns their label maps. */
import type { Page } from '@playwright/test';
import type { BrowserSetup } from '../../src/domain/setup.ts';
import type { LabelMap } from '../../src/domain/labels/label-map.ts';

/** Opens a batch in the page and freezes the live view, so that the batch has the machine to itself. */
export async function openBatch(page: Page, setup: BrowserSetup): Promise<void> {
  await page.waitForFunction(() => globalThis.segscope?.live.session.getState().catalogue.kind === 'ready');
  await page.evaluate(async (wanted) => {
    const { segscope } = globalThis;
    if (segscope === undefined) throw new Error('The page has no automation.');
    segscope.live.setFrozen(true);
    Object.assign(globalThis, { openedBatch: await segscope.openBatch(wanted) });
  }, setup);
}

/** @param jpeg the file's bytes */
export async function segmentPicture(page: Page, jpeg: Buffer): Promise<LabelMap> {
  const { width, height, base64 } = await page.evaluate(async (data) => {
    const { openedBatch } = globalThis as unknown as {
      openedBatch: { segment(picture: Blob): Promise<{ labelMap: LabelMap }> };
    };
    const blob = await (await fetch(`data:image/jpeg;base64,${data}`)).blob();
    const { labelMap } = await openedBatch.segment(blob);
    let text = '';
    for (const label of labelMap.labels) text += String.fromCharCode(label);
    return { width: labelMap.width, height: labelMap.height, base64: btoa(text) };
  }, jpeg.toString('base64'));
  return { width, height, labels: Uint8Array.from(Buffer.from(base64, 'base64')) };
}

/** Number of leaked tensors; should be 0. */
export async function closeBatch(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { openedBatch } = globalThis as unknown as {
      openedBatch: { close(): Promise<{ tensors: number }> };
    };
    const left = await openedBatch.close();
    globalThis.segscope?.live.setFrozen(false);
    return left.tensors;
  });
}
