import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test, type LivePage } from './fixtures/live-page.ts';
import { expectAxeFindsNothing, expectNothingIsWiderThanTheWindow, LOOKS } from './fixtures/page-checks.ts';

/** The embedded network as a user's own files. */
const EMBEDDED = fileURLToPath(new URL('../public/models/segscope-mnv2-257/', import.meta.url));
const file = (name: string, path: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: readFileSync(EMBEDDED + path),
});
const GRAPH_MODEL = [
  file('model.json', 'tfjs/model.json'),
  file('group1-shard1of1.bin', 'tfjs/group1-shard1of1.bin'),
];
const QUANTISED = [file('segscope-int8.tflite', 'tflite/segscope-mnv2-257-int8.tflite')];

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Models' });

async function give(page: Page, files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]) {
  await page.getByRole('button', { name: 'Models…' }).click();
  await page.locator('input[aria-label="Model files"]').setInputFiles(files);
}

const running = async (live: LivePage) => {
  const { engine } = await live.state();
  return engine.kind === 'running' ? engine.description : null;
};

test('imports a network, runs it, finds it again after a reload, and deletes it', async ({ live }) => {
  const { page } = live;
  await live.open();
  await live.settled();
  const cat = async () => (await live.legend())['cat'] ?? 0;
  await expect.poll(cat).toBeGreaterThan(0);
  const embedded = await cat();
  await give(page, GRAPH_MODEL);
  const use = page.getByRole('button', { name: 'Use this model' });
  await use.click();
  await expect(dialogOf(page)).toBeHidden();
  await expect.poll(async () => (await running(live))?.modelId, { timeout: 30_000 }).toBe('own-model');
  await live.settled();
  // The same network finds the same cat.
  await expect.poll(cat).toBeCloseTo(embedded, 2);

  await page.reload();
  await page.evaluate(async () => globalThis.segscope?.firstOverlay);
  await live.settled();
  const again = await running(live);
  expect(again?.modelId).toBe('own-model');
  expect(again?.files.map(({ path }) => path)).toEqual(['model.json', 'weights.bin']);
  expect((await live.state()).notices).toEqual([]);

  await page.getByRole('button', { name: 'Models…' }).click();
  await page.getByRole('button', { name: 'Delete model' }).click();
  await expect(dialogOf(page).getByText('None yet.')).toBeVisible();
  await expect
    .poll(async () => (await running(live))?.modelId, { timeout: 30_000 })
    .toBe('segscope-mnv2-257');
  const left = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const models = await root.getDirectoryHandle('models');
    const folders: string[] = [];
    for await (const folder of models.keys()) folders.push(folder);
    return folders;
  });
  expect(left).toEqual([]);
});

test('the report measures what the conversion and each weight storage change', async ({ live }) => {
  const { page } = live;
  await live.open();
  await live.settled();
  await give(page, GRAPH_MODEL);
  await expect(dialogOf(page).getByText(/^Compared with the published network/)).toBeVisible({
    timeout: 60_000,
  });
  const measured = page.getByTestId('measured');
  await expect(measured.nth(2)).toContainText('of labels unchanged', { timeout: 60_000 });
  const shares = (await measured.allTextContents()).map((text) => Number(/^([\d.]+) %/.exec(text)?.[1]));
  expect(shares).toHaveLength(3);
  expect(shares[0]).toBeGreaterThan(99.9);
  expect(shares[1]).toBeGreaterThan(99);
});

test('runs an imported quantised .tflite as it is', async ({ live }) => {
  const { page } = live;
  // LiteRT requests a WebGPU adapter before it falls back to WASM.
  live.expectConsole(/No GPU adapter found/);
  await live.open();
  await live.settled();
  await give(page, QUANTISED);
  await expect(dialogOf(page).getByText('A .tflite runs as it is')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Use this model' }).click();
  await expect
    .poll(async () => (await running(live))?.modelId, { timeout: 60_000 })
    .toBe('own-segscope-int8');
  expect((await running(live))?.runtime).toMatch(/^LiteRT/);
  await expect.poll(async () => (await live.legend())['cat'] ?? 0).toBeGreaterThan(0.1);
});

test('rejects a file without a network in one sentence, and the current model keeps running', async ({
  live,
}) => {
  const { page } = live;
  await live.open({ source: 'moving:chelsea', backend: 'wasm' });
  await live.settled();
  await give(page, [{ name: 'notes.pb', mimeType: 'text/plain', buffer: Buffer.from('not a graph at all') }]);
  const alert = dialogOf(page).getByRole('alert');
  await expect(alert).toContainText('notes.pb');
  const before = await live.lastFrame();
  await expect.poll(() => live.lastFrame()).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Back to models' }).click();
  await expect(dialogOf(page).getByText('Import your own')).toBeVisible();
});

test('an import can be cancelled at any time', async ({ live }) => {
  const { page } = live;
  await live.open();
  await live.settled();
  await give(page, GRAPH_MODEL);
  // Either button ends it; which one is visible depends on milliseconds.
  await page.getByRole('button', { name: /^(Cancel|Discard)$/ }).click();
  await expect(dialogOf(page).getByText('Import your own')).toBeVisible();
  expect((await running(live))?.modelId).toBe('segscope-mnv2-257');
});

test('if a publisher blocks downloads from pages, the problem says so and names the command', async ({
  live,
}) => {
  const { page } = live;
  live.expectConsole(/Failed to load resource/);
  live.expectConsole(/Mixed Content|blocked/);
  await page.route(/storage\.googleapis\.com|download\.tensorflow\.org/, (route) => route.abort());
  await live.open();
  await live.settled();
  await page.getByRole('button', { name: 'Models…' }).click();
  await page
    .getByRole('button', { name: /^Download and convert .*Cityscapes/i })
    .first()
    .click();
  const alert = dialogOf(page).getByRole('alert');
  await expect(alert).toContainText('does not let web pages download this model');
  await expect(alert).toContainText('npm run models -- get ');
});

for (const { name, colorScheme, viewport } of LOOKS) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test('axe finds nothing in the dialog or the report', async ({ live }) => {
      const { page } = live;
      await live.open();
      await live.settled();
      await page.getByRole('button', { name: 'Models…' }).click();
      await expect(dialogOf(page)).toBeVisible();
      const axeFindsNothing = () => expectAxeFindsNothing(page, (axe) => axe.include('[role=dialog]'));
      await axeFindsNothing();
      await page.locator('input[aria-label="Model files"]').setInputFiles(GRAPH_MODEL);
      await expect(page.getByRole('button', { name: 'Use this model' })).toBeVisible({ timeout: 30_000 });
      await axeFindsNothing();
      await expectNothingIsWiderThanTheWindow(page);
    });
  });
}
