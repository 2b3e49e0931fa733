import type { Page } from '@playwright/test';
import { expect, STILL, test, type LivePage } from './fixtures/live-page.ts';
import * as bad from './fixtures/bad-files.ts';

const MODEL = '**/models/segscope-mnv2-257/tfjs-uint8';

/** Every error shows one notice; the picture continues and the previous model keeps running. */
async function expectGoesOn(live: LivePage, sentence: RegExp): Promise<void> {
  await expect(live.page.getByText(sentence).first()).toBeVisible();
  const before = await live.lastFrame();
  await expect.poll(() => live.lastFrame()).toBeGreaterThan(before);
  expect((await live.state()).engine.kind).toBe('running');
  expect((await live.state()).source.kind).toBe('open');
}

test.describe('bad files', () => {
  for (const { title, file, sentence } of [
    { title: 'a text named .jpg', file: bad.textNamedJpg(), sentence: /neither a picture nor a video/ },
    { title: 'an empty file', file: bad.emptyFile(), sentence: /neither a picture nor a video/ },
    { title: 'a 20,000 x 20,000 picture', file: bad.hugePng(), sentence: /20000 x 20000 pixels/ },
    { title: 'a video without frames', file: bad.framelessWebm(), sentence: /contains no pictures/ },
    { title: 'a video with sound only', file: bad.soundOnlyWebm(), sentence: /contains no pictures/ },
  ]) {
    test(`${title} shows one sentence and the picture continues`, async ({ live }) => {
      await live.open({ ...STILL, source: 'moving:chelsea' });
      await live.page.locator('input[type=file]').setInputFiles(bad.asUpload(file));
      await expectGoesOn(live, sentence);
    });
  }
});

test.describe('a broken model', () => {
  const broken = [
    {
      title: 'with a missing shard',
      sentence: /A file of the model is missing: .*group1-shard1of1\.bin \(HTTP 404\)/,
      console: /404/,
      breakIt: (page: Page) =>
        page.route(`${MODEL}/*.bin`, (route) => route.fulfill({ status: 404, body: 'not here' })),
    },
    {
      title: 'with a truncated shard',
      sentence: /is incomplete: .* has 1000 bytes instead of/,
      console: null,
      breakIt: (page: Page) =>
        page.route(`${MODEL}/*.bin`, async (route) => {
          const response = await route.fetch();
          await route.fulfill({
            response,
            body: (await response.body()).subarray(0, 1000),
            headers: { 'content-type': 'application/octet-stream' },
          });
        }),
    },
    {
      title: 'that fails its checksum',
      sentence: /does not match its SHA-256 checksum/,
      console: null,
      breakIt: (page: Page) =>
        page.route(`${MODEL}/*.bin`, async (route) => {
          const response = await route.fetch();
          const body = Buffer.from(await response.body());
          body[1234] = (body[1234] ?? 0) ^ 1;
          await route.fulfill({ response, body });
        }),
    },
  ];

  for (const { title, sentence, console: line, breakIt } of broken) {
    test(`${title} shows one sentence; the previous model keeps drawing`, async ({ live }) => {
      if (line !== null) live.expectConsole(line);
      await breakIt(live.page);
      await live.open({ ...STILL, source: 'moving:chelsea' });
      await live.settled();
      await live.choose('Model', /8-bit weights/);
      await expectGoesOn(live, sentence);
      expect((await live.state()).wanted.modelId).toBe('segscope-mnv2-257');
    });
  }

  test('reports a catalogue that cannot be read instead of an empty list', async ({ live }) => {
    await live.page.route('**/models/catalogue.json', (route) =>
      route.fulfill({ json: { version: 1, models: 'none' } }),
    );
    await live.page.goto('/#/live?source=sample:chelsea');
    await expect(live.page.getByText(/The list of models cannot be read/).first()).toBeVisible();
  });

  test('reports a link to an unknown model and runs the embedded model', async ({ live }) => {
    await live.open({ ...STILL, model: 'no-such-model' });
    await expect(
      live.page.getByText('There is no model "no-such-model" in the catalogue.').first(),
    ).toBeVisible();
    await live.settled();
  });
});

test('reports a worker whose code does not load instead of waiting for it', async ({ live }) => {
  live.expectConsole(/worker-session/);
  await live.page.route('**/worker-session-*.js', (route) => route.abort());
  await live.page.goto(`/#/live?${new URLSearchParams(STILL).toString()}`);
  await expect(live.page.getByText(/The worker stopped unexpectedly/).first()).toBeVisible();
});

test.describe('WebGL', () =>
  test('reports a lost context and continues on wasm', async ({ live }) => {
    test.slow();
    live.expectConsole(/WebGL|context/i);
    await live.open({ ...STILL, backend: 'webgl' });
    await live.settled();
    const [worker] = live.page.workers();
    await worker?.evaluate(() => {
      const { backend } = (
        globalThis as unknown as { _tfengine: { backend: { gpgpu: { gl: WebGL2RenderingContext } } } }
      )._tfengine;
      backend.gpgpu.gl.getExtension('WEBGL_lose_context')?.loseContext();
    });
    await expect(live.page.getByText(/lost the webgl context/).first()).toBeVisible();
    await expect
      .poll(async () => (await live.state()).engine)
      .toMatchObject({ kind: 'running', description: { backend: 'wasm' } });
    const before = await live.lastFrame();
    await expect.poll(() => live.lastFrame()).toBeGreaterThan(before);
  }));

test.describe('a hidden tab', () =>
  test('pauses, and the timings mark the gap', async ({ live }) => {
    await live.open({ ...STILL, source: 'moving:chelsea' });
    await live.settled();
    const setVisibility = (visibility: string) =>
      live.page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
        document.dispatchEvent(new Event('visibilitychange'));
      }, visibility);
    await setVisibility('hidden');
    expect((await live.state()).pause).toBe('hidden');
    let paused = -1;
    const framesStopped = async () => {
      const before = paused;
      paused = await live.lastFrame();
      return paused === before;
    };
    // A view that is not paused shows several frames between two checks.
    await expect.poll(framesStopped, { intervals: [600] }).toBe(true);
    await setVisibility('visible');
    await expect.poll(() => live.lastFrame()).toBeGreaterThan(paused);
    const gaps = await live.page.evaluate(
      () =>
        globalThis.segscope?.live.timing.getState().snapshot?.recent.filter(({ afterGap }) => afterGap)
          .length,
    );
    expect(gaps).toBeGreaterThanOrEqual(1);
  }));
