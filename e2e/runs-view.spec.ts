import type { Page } from '@playwright/test';
import { runsJson } from '../src/report/runs-json.ts';
import { makeHistory } from '../src/features/runs/testing/run-history.ts';
import { expect, test } from './fixtures/live-page.ts';
import { expectAxeFindsNothing, expectNothingIsWiderThanTheWindow, LOOKS } from './fixtures/page-checks.ts';

async function openRuns(page: Page) {
  await page.getByRole('link', { name: 'Runs' }).click();
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
}

/** Fills the history as a user would, from an earlier export. */
async function importRuns(page: Page, count: number, frames: number) {
  const runs = makeHistory(count, frames);
  await page.getByLabel('JSON export of runs').setInputFiles({
    name: 'runs.json',
    mimeType: 'application/json',
    buffer: Buffer.from(runsJson(runs, new Date('2026-11-22T15:00:00Z'))),
  });
  await expect(page.getByText(`${count} runs`, { exact: false })).toBeVisible();
  return runs;
}

for (const { name, colorScheme, viewport } of LOOKS) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test('axe finds nothing in the Runs view, and nothing is wider than the window', async ({ live }) => {
      const { page } = live;
      await live.open();
      await openRuns(page);
      await expectAxeFindsNothing(page);
      const runs = await importRuns(page, 9, 40);
      for (const run of runs.slice(0, 2))
        await page.getByRole('checkbox', { name: `Select ${run.name}` }).check();
      await page.getByRole('button', { name: runs[6]?.name ?? '', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Comparison' })).toBeVisible();
      await expect(page.locator('.drift-trend path')).toBeVisible();
      await expectAxeFindsNothing(page);
      await expectNothingIsWiderThanTheWindow(page);
    });
  });
}

test('measures a plan, gives a verdict, and keeps it over a reload', async ({ live }) => {
  const { page } = live;
  await live.open();
  await openRuns(page);
  await page.getByRole('radio', { name: /^custom/ }).check();
  await page.getByRole('spinbutton', { name: 'frames' }).fill('3');
  await page.getByRole('spinbutton', { name: 'warm-up' }).fill('1');
  await page.getByRole('button', { name: 'Run 1 configuration' }).click();
  await expect(page.getByText('1 of 1 configuration measured.')).toBeVisible({ timeout: 60_000 });
  const table = page.getByRole('region', { name: 'Table of runs' });
  await expect(table.getByRole('row')).toHaveCount(2);
  await page.reload();
  await expect(table.getByRole('row')).toHaveCount(2);
  await table.getByRole('rowheader').getByRole('button').click();
  await expect(page.getByText(/Target reached: 3 of 3 frames/)).toBeVisible();
  await page.getByRole('link', { name: 'Live' }).click();
  await expect(page.getByRole('region', { name: 'Picture' })).toBeVisible();
});
