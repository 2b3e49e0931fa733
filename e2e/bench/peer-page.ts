/** Serves and drives the page with the other libraries. */
import { resolve } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import type { LabelMap } from '../../src/domain/labels/label-map.ts';
import type { Contestant } from './compare-options.ts';
import type { Peer, PeersPage } from './peers/peers.ts';

/** One contestant, loaded and warmed up. */
export interface Runner {
  /** Segments the picture once; returns the time from the picture to the label map, ms. */
  segment(): Promise<{ readonly ms: number; readonly inferenceMs: number | null }>;
  /** Result of the last segment(). Separate, because copying it out of the browser takes longer than a fast frame. */
  lastLabelMap(): Promise<LabelMap>;
  readonly runtime: string;
}

let served: Promise<ViteDevServer> | null = null;

/** Cross-origin isolated like our own page, so that all contestants have the same clock resolution. */
function serve(): Promise<ViteDevServer> {
  served ??= createServer({
    root: resolve('e2e/bench/peers'),
    configFile: false,
    logLevel: 'warn',
    cacheDir: resolve('node_modules/.vite-peers'),
    server: {
      port: 0,
      host: 'localhost',
      fs: { allow: [resolve('.')] },
      headers: {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      },
    },
    optimizeDeps: { include: ['@mediapipe/tasks-vision', '@litertjs/core'] },
  }).then((server) => server.listen());
  return served;
}

export async function openPeer(
  browser: Browser,
  { peer }: Extract<Contestant, { kind: 'peer' }>,
  model: Uint8Array,
  jpeg: Buffer,
): Promise<Runner> {
  const server = await serve();
  browser.once('disconnected', () => {
    served = null;
    void server.close();
  });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('The server of the peers has no address.');
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'peers' in globalThis);
  const files = (path: string) => `${address}@fs${resolve('node_modules', path)}`;
  await page.evaluate(
    async ({ name, modelData, pictureData, addresses }) => {
      const { peers } = globalThis as unknown as { peers: PeersPage };
      const bytes = Uint8Array.from(atob(modelData), (letter) => letter.charCodeAt(0));
      const picture = await (await fetch(`data:image/jpeg;base64,${pictureData}`)).blob();
      const opened = await peers.open(name, bytes, addresses);
      const bitmap = await createImageBitmap(picture, { colorSpaceConversion: 'none' });
      Object.assign(globalThis, { opened, bitmap });
    },
    {
      name: peer,
      modelData: Buffer.from(model).toString('base64'),
      pictureData: jpeg.toString('base64'),
      addresses: {
        mediapipe: files('@mediapipe/tasks-vision/wasm'),
        litert: files('@litertjs/core/wasm/'),
      },
    },
  );
  const runtime = peer === 'mediapipe' ? 'MediaPipe tasks-vision, CPU' : 'LiteRT.js, wasm, full-size argmax';
  return { runtime, segment: () => segmentOn(page), lastLabelMap: () => lastLabelMap(page) };
}

interface Opened {
  readonly opened: Peer;
  readonly bitmap: ImageBitmap;
  last: Uint8Array | null;
}

async function segmentOn(page: Page): Promise<Awaited<ReturnType<Runner['segment']>>> {
  const ms = await page.evaluate(async () => {
    const peer = globalThis as unknown as Opened;
    const result = await peer.opened.segment(peer.bitmap);
    peer.last = result.labels;
    return result.ms;
  });
  return { ms, inferenceMs: null };
}

/** Crops to the picture: the network's square is padded on the right and below. */
async function lastLabelMap(page: Page): Promise<LabelMap> {
  const { base64, side, width, height } = await page.evaluate(() => {
    const { opened, bitmap, last } = globalThis as unknown as Opened;
    if (last === null) throw new Error('There was no round.');
    const text = Array.from(last, (label) => String.fromCharCode(label)).join('');
    return { base64: btoa(text), side: opened.inputSize, width: bitmap.width, height: bitmap.height };
  });
  const square = Buffer.from(base64, 'base64');
  const scale = side / Math.max(width, height);
  const [cols, rows] = [Math.round(width * scale), Math.round(height * scale)];
  const labels = new Uint8Array(cols * rows);
  for (let row = 0; row < rows; row++) labels.set(square.subarray(row * side, row * side + cols), row * cols);
  return { width: cols, height: rows, labels };
}
