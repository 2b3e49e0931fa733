/** Serves the built page, opens it in headless Chromium, and closes both. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { CHROMIUM_FLAGS, provideChromium } from '../../scripts/find-chromium.ts';

export interface DriverOptions {
  readonly build: boolean;
  readonly gpu: boolean;
  /** Port that serves the page; any free port if missing or null. */
  readonly port?: number | null;
}

export interface PageDriver {
  readonly baseUrl: string;
  readonly browser: Browser;
  /** Opens a page in a new context, so its cache is empty. */
  open(hash: string, beforeLoad?: (page: Page, devtools: CDPSession) => Promise<void>): Promise<DrivenPage>;
  close(): Promise<void>;
}

export interface DrivenPage {
  readonly page: Page;
  readonly devtools: CDPSession;
}

const GPU_FLAGS = [
  '--use-angle=vulkan',
  '--enable-features=Vulkan',
  '--enable-unsafe-webgpu',
  '--ignore-gpu-blocklist',
];
/** performance.measureUserAgentSpecificMemory and exact heap readings need these. */
const MEASURING_FLAGS = ['--enable-precise-memory-info', '--js-flags=--expose-gc'];

/** @throws Error if there is no Chromium and none can be installed, or if the page was never built. */
export async function startPageDriver(options: DriverOptions): Promise<PageDriver> {
  const executablePath = provideChromium();
  if (options.build || !existsSync('dist/index.html')) await build({ logLevel: 'warn' });
  const port = options.port ?? 0;
  const server = await preview({ logLevel: 'warn', preview: { port, strictPort: port !== 0 } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The preview server has no port.');
  const browser = await chromium.launch({
    executablePath,
    args: [...CHROMIUM_FLAGS, ...MEASURING_FLAGS, ...(options.gpu ? GPU_FLAGS : [])],
  });
  const baseUrl = `http://localhost:${address.port}/`;
  return {
    baseUrl,
    browser,
    async open(hash, beforeLoad) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      await beforeLoad?.(page, devtools);
      await page.goto(`${baseUrl}${hash}`);
      return { page, devtools };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** The hash under which the page starts with exactly this configuration. */
export function startHash(options: {
  readonly source: string;
  readonly model: string;
  readonly backend: string;
  readonly inputSize: number;
  readonly pipeline: string;
}): string {
  const { source, model, backend, inputSize, pipeline } = options;
  const query = new URLSearchParams({ source, model, backend, size: String(inputSize), pipeline });
  return `#/live?${query.toString()}`;
}

/** Waits until the requested model runs and all loading and measuring has ended. */
export async function untilSettled(page: Page): Promise<void> {
  await page.waitForFunction(() => globalThis.segscope !== undefined, undefined, { timeout: 60_000 });
  await page.waitForFunction(
    () => {
      const state = globalThis.segscope?.live.session.getState();
      return (
        state?.loading.kind === 'idle' && state.engine.kind === 'running' && state.source.kind === 'open'
      );
    },
    undefined,
    { timeout: 300_000 },
  );
}
