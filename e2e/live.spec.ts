import sharp from 'sharp';
import { agreement01, type LabelMap } from '../src/domain/labels/label-map.ts';
import { browserSetup } from '../src/domain/setup.ts';
import { median } from '../src/domain/measuring/statistics.ts';
import { unaccountedShare } from '../src/domain/measuring/stage-timings.ts';
import { expect, test } from './fixtures/live-page.ts';
import { ACCURACY } from './thresholds.ts';

test.describe('the live page', () => {
  test('segments a sample with the embedded model, without a camera or a download', async ({ live }) => {
    await live.open();
    await expect(live.page.getByRole('list', { name: 'Classes in the picture' })).toContainText('cat');
    const legend = await live.legend();
    expect(legend['cat']).toBeGreaterThan(0.3);
    expect(Object.values(legend).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  });

  test('finds the person in the astronaut', async ({ live }) => {
    await live.open({ source: 'sample:astronaut', backend: 'wasm' });
    await expect.poll(async () => (await live.legend())['person'] ?? 0).toBeGreaterThan(0.3);
  });

  test('shows the colours of a transparent picture, without traces of the previous picture', async ({
    live,
  }) => {
    await live.open({ source: 'sample:astronaut', backend: 'wasm' });
    const buffer = await sharp('public/samples/chelsea.jpg').ensureAlpha(0).png().toBuffer();
    await live.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'clear.png', mimeType: 'image/png', buffer });
    await expect.poll(async () => (await live.legend())['cat'] ?? 0).toBeGreaterThan(0.3);
    expect((await live.legend())['person'] ?? 0).toBe(0);
  });

  test('is cross-origin isolated', async ({ live }) => {
    await live.open();
    expect(await live.page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
  });

  test('the stages of a frame add up to its frame time', async ({ live }) => {
    await live.open();
    const frames = await live.page.evaluate(
      async () => (await globalThis.segscope?.measure({ frames: 20, warmUp: 5, bare: false }))?.frames ?? [],
    );
    expect(frames).toHaveLength(20);
    expect(median(frames.map(unaccountedShare))).toBeLessThanOrEqual(ACCURACY.accountedShare.limit);
    await expect(live.page.getByText('do not add up')).toHaveCount(0);
  });

  test('leaks no tensors in 50 frames', async ({ live }) => {
    await live.open();
    const memory = () => live.page.evaluate(() => globalThis.segscope?.memory() ?? null);
    const before = await memory();
    await live.page.evaluate(async () =>
      globalThis.segscope?.measure({ frames: 50, warmUp: 0, bare: false }),
    );
    expect(await memory()).toEqual(before);
    expect(before?.tensors).toBeGreaterThan(0);
  });

  test('switches model, backend, size and pipeline while the picture continues, and leaks nothing', async ({
    live,
  }) => {
    test.slow();
    await live.open({ source: 'moving:chelsea', backend: 'wasm' });
    await live.settled();
    const running = async () => {
      const { engine } = await live.state();
      return engine.kind === 'running' ? engine.description : null;
    };
    const switches = [
      { field: 'Size', option: '385 px', expected: { inputSize: 385, backend: 'wasm' } },
      {
        field: 'Model',
        option: /8-bit weights/,
        expected: { modelId: 'segscope-mnv2-257-uint8', inputSize: 385 },
      },
      { field: 'Size', option: '257 px', expected: { inputSize: 257 } },
      { field: 'Pipeline', option: /stock/, expected: { pipeline: 'stock', inputSize: 513 } },
      { field: 'Pipeline', option: /ours/, expected: { pipeline: 'ours' } },
      { field: 'Backend', option: /^webgl/, expected: { backend: 'webgl' } },
      { field: 'Backend', option: /^wasm/, expected: { backend: 'wasm' } },
    ];
    for (const { field, option, expected } of switches) {
      const before = await live.lastFrame();
      await live.choose(field, option);
      await expect.poll(running, { timeout: 120_000 }).toMatchObject(expected);
      await live.settled();
      await expect.poll(() => live.lastFrame(), { timeout: 60_000 }).toBeGreaterThan(before);
    }
    await expect
      .poll(() => live.page.evaluate(() => globalThis.segscope?.closings.map(({ left }) => left.tensors)))
      .toEqual(switches.map(() => 0));
  });

  test('the old model keeps drawing until the new one is warm', async ({ live }) => {
    await live.open({ source: 'moving:chelsea', backend: 'wasm' });
    await live.settled();
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await live.page.route('**/tfjs-uint8/model.json', async (route) => {
      await gate;
      await route.continue();
    });
    await live.choose('Model', /8-bit weights/);
    await expect(live.page.getByRole('progressbar').first()).toBeVisible();
    const before = await live.lastFrame();
    await expect.poll(() => live.lastFrame()).toBeGreaterThan(before + 5);
    release();
    await expect
      .poll(async () => (await live.state()).engine)
      .toMatchObject({ description: { modelId: 'segscope-mnv2-257-uint8' } });
  });

  test('recognises software WebGL, prefers the CPU, and says why', async ({ live }) => {
    await live.open({ source: 'sample:chelsea', backend: 'auto' });
    await live.settled();
    const { engine, trials } = await live.state();
    const measured = trials.filter(({ outcome }) => outcome.kind === 'measured');
    expect(new Set(measured.map(({ backend }) => backend))).toEqual(new Set(['litert', 'wasm']));
    const backends = measured.map(({ backend }) => backend);
    expect(backends).toContain(engine.kind === 'running' ? engine.description.backend : 'none');
    expect(trials.find(({ backend }) => backend === 'webgl')?.outcome).toMatchObject({ kind: 'skipped' });
    await expect(live.page.getByText(/rendered in software here/).first()).toBeVisible();
  });

  test('ours and stock agree on the same picture and weights', async ({ live }) => {
    test.slow();
    await live.open();
    const setups = (['ours', 'stock'] as const).map((pipeline) =>
      browserSetup('segscope-mnv2-257', 513, 'wasm', { pipeline }),
    );
    const maps = await live.page.evaluate(async (wanted) => {
      const jpeg = await (await fetch('samples/chelsea.jpg')).blob();
      const answers: { width: number; height: number; labels: number[] }[] = [];
      for (const setup of wanted) {
        const batch = await globalThis.segscope?.openBatch(setup);
        const answer = await batch?.segment(jpeg);
        await batch?.close();
        if (answer !== undefined) answers.push({ ...answer.labelMap, labels: [...answer.labelMap.labels] });
      }
      return answers;
    }, setups);
    const [ours, stock] = maps.map(({ width, height, labels }): LabelMap => ({
      width,
      height,
      labels: Uint8Array.from(labels),
    }));
    if (ours === undefined || stock === undefined) throw new Error('Both pipelines must answer.');
    expect(agreement01(ours, stock)).toBeGreaterThan(0.95);
  });
});
