import { chromium, type Browser, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../scripts/find-chromium.ts';
import { expect, test } from './fixtures/live-page.ts';
import { fakeCameraArgs, makeFakeCamera } from './fixtures/fake-camera.ts';

/** Launches its own Chromium, because only the command line sets the fake camera. */
async function openWith(
  args: readonly string[],
  baseURL: string,
  hash: string,
): Promise<{ browser: Browser; page: Page }> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: [...CHROMIUM_FLAGS, ...args],
  });
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${baseURL}/${hash}`);
  await page.waitForFunction(() => globalThis.segscope !== undefined);
  await page.evaluate(async () => globalThis.segscope?.firstOverlay);
  return { browser, page };
}

const source = (page: Page) => page.evaluate(() => globalThis.segscope?.live.session.getState().source);
const notices = (page: Page) =>
  page.evaluate(
    () => globalThis.segscope?.live.session.getState().notices.map(({ sentence }) => sentence) ?? [],
  );

test.describe('the camera', () => {
  test('segments a photo shown to the camera and finds the cat in the right place', async ({ baseURL }) => {
    const { rectangle } = await makeFakeCamera('chelsea');
    const { browser, page } = await openWith(
      await fakeCameraArgs('chelsea'),
      baseURL ?? '',
      '#/live?backend=wasm',
    );
    try {
      await expect
        .poll(() => source(page))
        .toMatchObject({ kind: 'open', isCamera: true, width: 640, height: 480 });
      await expect
        .poll(() =>
          page.evaluate(() =>
            globalThis.segscope?.live.timing.getState().legend.some(({ name }) => name === 'cat'),
          ),
        )
        .toBe(true);
      const probe = (x: number, y: number) =>
        page.evaluate(([px, py]) => globalThis.segscope?.live.classAt(px, py)?.name, [
          x / 640,
          y / 480,
        ] as const);
      // The cat's face fills the middle of the photo; the grey around the photo is background.
      const { left, top, width, height } = rectangle;
      await expect.poll(() => probe(left + width * 0.5, top + height * 0.5)).toBe('cat');
      expect(await probe(left + width * 0.35, top + height * 0.6)).toBe('cat');
      expect(await probe(320, 3)).toBe('background');
      await expect
        .poll(() =>
          page.evaluate(
            () => globalThis.segscope?.live.timing.getState().snapshot?.rates.sourcePerSecond ?? 0,
          ),
        )
        .toBeGreaterThan(0);
    } finally {
      await browser.close();
    }
  });

  test('skips frames that arrive while another is in flight, and captures none twice', async ({
    baseURL,
  }) => {
    const { browser, page } = await openWith(
      await fakeCameraArgs('astronaut'),
      baseURL ?? '',
      '#/live?backend=wasm&size=513',
    );
    try {
      await expect.poll(() => source(page)).toMatchObject({ kind: 'open', isCamera: true });
      await expect
        .poll(() =>
          page.evaluate(() => globalThis.segscope?.live.timing.getState().snapshot?.rates.skipped ?? 0),
        )
        .toBeGreaterThan(0);
      const { captured, unique } = await page.evaluate(() => {
        const snapshot = globalThis.segscope?.live.timing.getState().snapshot;
        const ids = (snapshot?.recent ?? []).map(({ frameId }) => frameId);
        return { captured: new Set(ids).size, unique: ids.length };
      });
      expect(captured).toBe(unique);
    } finally {
      await browser.close();
    }
  });

  test('without permission, the page starts on the moving sample and says why', async ({ baseURL }) => {
    const { browser, page } = await openWith(
      ['--use-fake-device-for-media-stream', '--deny-permission-prompts'],
      baseURL ?? '',
      '#/live?backend=wasm',
    );
    try {
      await expect.poll(() => notices(page)).toContain('This page may not use the camera.');
      expect(await source(page)).toMatchObject({ kind: 'open', key: 'moving:chelsea' });
      await expect(page.getByText('This page may not use the camera.').first()).toBeVisible();
    } finally {
      await browser.close();
    }
  });

  test('without a camera, the page starts on the moving sample and says why', async ({ baseURL }) => {
    const { browser, page } = await openWith(
      ['--use-fake-ui-for-media-stream'],
      baseURL ?? '',
      '#/live?backend=wasm',
    );
    try {
      await expect.poll(() => notices(page)).toContain('No camera was found.');
      expect(await source(page)).toMatchObject({ kind: 'open', key: 'moving:chelsea' });
    } finally {
      await browser.close();
    }
  });

  test('reports a camera that is unplugged while live, and keeps the last overlay', async ({ baseURL }) => {
    // The page does not expose its stream: the test reaches the track by wrapping getUserMedia.
    const executablePath = findChromium();
    const browser = await chromium.launch({
      ...(executablePath === null ? {} : { executablePath }),
      args: [...CHROMIUM_FLAGS, ...(await fakeCameraArgs('chelsea'))],
    });
    try {
      const page = await (await browser.newContext()).newPage();
      await page.addInitScript(() => {
        const { mediaDevices } = navigator;
        const original = mediaDevices.getUserMedia.bind(mediaDevices);
        mediaDevices.getUserMedia = async (constraints) => {
          const stream = await original(constraints);
          Object.assign(globalThis, { cameraTrack: stream.getVideoTracks()[0] });
          return stream;
        };
      });
      await page.goto(`${baseURL ?? ''}/#/live?backend=wasm`);
      await expect.poll(() => source(page)).toMatchObject({ kind: 'open', isCamera: true });
      await page.waitForFunction(
        () => (globalThis.segscope?.live.timing.getState().snapshot?.recent.length ?? 0) > 3,
      );
      await page.evaluate(() => {
        (globalThis as unknown as { cameraTrack: MediaStreamTrack }).cameraTrack.dispatchEvent(
          new Event('ended'),
        );
      });
      await expect
        .poll(() => source(page))
        .toMatchObject({ kind: 'failed', problem: { kind: 'camera-ended' } });
      await expect(page.getByText(/stopped sending pictures/).first()).toBeVisible();
      const painted = await page.evaluate(() => globalThis.segscope?.live.classAt(0.5, 0.5));
      expect(painted).not.toBeNull();
      await page.evaluate(() => {
        globalThis.segscope?.live.chooseSource('sample:astronaut');
      });
      await expect.poll(() => source(page)).toMatchObject({ kind: 'open', key: 'sample:astronaut' });
    } finally {
      await browser.close();
    }
  });

  test('if only one camera can be open, changing its size closes it before opening it again', async ({
    baseURL,
  }) => {
    const executablePath = findChromium();
    const browser = await chromium.launch({
      ...(executablePath === null ? {} : { executablePath }),
      args: [...CHROMIUM_FLAGS, ...(await fakeCameraArgs('chelsea'))],
    });
    try {
      const page = await (await browser.newContext()).newPage();
      await page.addInitScript(() => {
        const { mediaDevices } = navigator;
        const original = mediaDevices.getUserMedia.bind(mediaDevices);
        const tracks: MediaStreamTrack[] = [];
        mediaDevices.getUserMedia = async (constraints) => {
          if (tracks.some(({ readyState }) => readyState === 'live')) {
            throw new DOMException('The device is in use.', 'NotReadableError');
          }
          const stream = await original(constraints);
          tracks.push(...stream.getTracks());
          Object.assign(globalThis, { timesOpened: tracks.length });
          return stream;
        };
      });
      await page.goto(`${baseURL ?? ''}/#/live?backend=wasm`);
      await expect.poll(() => source(page)).toMatchObject({ kind: 'open', isCamera: true });
      await page.evaluate(() => {
        globalThis.segscope?.live.chooseCameraSize(1280, 720);
      });
      await page.waitForFunction(() => (globalThis as unknown as { timesOpened: number }).timesOpened === 2);
      await expect.poll(() => source(page)).toMatchObject({ kind: 'open', isCamera: true });
      expect(await notices(page)).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
