/** Measures the time from navigation to the first overlay, with an empty cache and with a filled one. */
import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';
import type { PageDriver } from './page-driver.ts';

export interface StartUp {
  /** Navigation start to first overlay, ms. */
  readonly firstOverlayMs: number;
  readonly firstOverlayCachedMs: number;
  /** JavaScript loaded before the first overlay (page and worker), gzip -9, bytes; without .wasm files. */
  readonly scriptGzipBytes: number;
  readonly scripts: readonly { readonly path: string; readonly gzipBytes: number }[];
}

export async function measureStartUp(driver: PageDriver, hash: string): Promise<StartUp> {
  const responses: Response[] = [];
  const { page } = await driver.open(hash, (opened) => {
    opened.on('response', (response) => responses.push(response));
    return Promise.resolve();
  });
  const firstOverlayMs = await firstOverlay(page);
  const scripts = await scriptsOf([...responses], driver.baseUrl);
  await page.reload();
  const firstOverlayCachedMs = await firstOverlay(page);
  await page.context().close();
  const scriptGzipBytes = scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  return { firstOverlayMs, firstOverlayCachedMs, scriptGzipBytes, scripts };
}

async function firstOverlay(page: Page): Promise<number> {
  await page.waitForFunction(() => globalThis.segscope !== undefined);
  return page.evaluate(async () => {
    await globalThis.segscope?.firstOverlay;
    return performance.getEntriesByName('segscope:first-overlay')[0]?.startTime ?? NaN;
  });
}

async function scriptsOf(responses: readonly Response[], baseUrl: string) {
  const scripts = responses.filter((response) =>
    (response.headers()['content-type'] ?? '').includes('javascript'),
  );
  return Promise.all(
    scripts.map(async (response) => ({
      path: response.url().replace(baseUrl, ''),
      gzipBytes: gzipSync(await response.body(), { level: 9 }).length,
    })),
  );
}
