import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/live-page.ts';
import { CAT, ellipse, makeVocFolder, PERSON, type VocPicture } from './fixtures/voc-folder.ts';
import { expectAxeFindsNothing, expectNothingIsWiderThanTheWindow, LOOKS } from './fixtures/page-checks.ts';

/** Real pictures and masks for development; the test that needs them is skipped without them. */
const REFERENCE = fileURLToPath(new URL('../../shared/cases/voc_val_small/', import.meta.url));

const PICTURES: readonly VocPicture[] = [
  { name: 'cat', sample: 'chelsea', mask: ellipse(CAT) },
  { name: 'person', sample: 'astronaut', mask: ellipse(PERSON) },
  { name: 'maskless', sample: 'coffee', mask: null },
];

let folder = '';

test.beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'segscope-evaluate-')), 'tiny');
  await makeVocFolder(folder, PICTURES);
});

test.afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

async function openFolder(page: Page, path: string) {
  await page.getByRole('link', { name: 'Evaluate' }).click();
  await expect(page.getByRole('heading', { name: 'Pictures and masks' })).toBeVisible();
  await page.getByLabel('Folder in VOC layout').setInputFiles(path);
  await expect(page.getByRole('heading', { name: 'What to score' })).toBeVisible();
}

async function score(page: Page, configurations: number) {
  const words = configurations === 1 ? '1 configuration' : `${configurations} configurations`;
  await page.getByRole('button', { name: `Score ${words}` }).click();
  await expect(page.getByText(`${configurations} of ${words} scored.`)).toBeVisible({
    timeout: 60_000,
  });
}

// The heat map has hundreds of empty cells, and axe takes a tenth of a second for each.
const axeFindsNothing = (page: Page) =>
  expectAxeFindsNothing(page, (axe) => axe.exclude('[role=gridcell][aria-label*=": n/a,"]'));

test('a folder is scored with two configurations, compared, inspected, and kept over a reload', async ({
  live,
}) => {
  const { page } = live;
  await live.open();
  await openFolder(page, folder);
  await expect(page.getByText(/1 file skipped/)).toContainText('picture without a mask');
  await page.getByRole('checkbox', { name: '385 px' }).check();
  await score(page, 2);
  const table = page.getByRole('region', { name: 'Table of results' });
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(table.getByRole('row').nth(1)).toContainText('2 of 2');

  for (const number of ['1', '2']) {
    await page.getByRole('checkbox', { name: new RegExp(`^Select no. ${number}`) }).check();
  }
  await expect(page.getByRole('heading', { name: 'Comparison, picture by picture' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Pictures that differ most' }).getByRole('row')).toHaveCount(
    3,
  );

  await table.getByRole('button').first().click();
  const classes = page.getByRole('region', { name: 'Accuracy per class' });
  await expect(classes.getByRole('row', { name: /^aeroplane/ })).toContainText('n/a');
  await expect(classes.getByRole('row', { name: /^cat/ })).not.toContainText('n/a');
  await page.getByRole('gridcell', { name: /^cat seen as cat/ }).click();
  await page.getByRole('button', { name: /^cat [\d\s]+ px/ }).click();
  await expect(page.getByRole('img', { name: 'truth of cat' })).toBeVisible();

  await page.reload();
  await expect(table.getByRole('row')).toHaveCount(3);
});

test('a paused evaluation continues after a reload once its folder is open again; a cancelled one does not', async ({
  live,
}) => {
  const { page } = live;
  await live.open();
  await openFolder(page, folder);
  await page.getByRole('button', { name: 'Score 1 configuration' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Paused' })).toBeVisible();
  // The list of remaining pictures is saved only when this line appears.
  await expect(page.getByText(/: picture \d of 2$/)).toBeVisible({ timeout: 60_000 });

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Unfinished evaluation' })).toBeVisible();
  const resume = page.getByRole('button', { name: 'Continue' });
  await expect(resume).toBeDisabled();
  await page.getByLabel('Folder in VOC layout').setInputFiles(folder);
  await expect(resume).toBeEnabled();
  await resume.click();
  await expect(page.getByText('1 of 1 configuration scored.')).toBeVisible({ timeout: 60_000 });
  const table = page.getByRole('region', { name: 'Table of results' });
  await expect(table).toContainText('2 of 2');

  await page.getByRole('button', { name: 'Score 1 configuration' }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText(/^Cancelled: /)).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(table).toContainText('2 of 2');
  await expect(page.getByRole('heading', { name: 'Unfinished evaluation' })).toHaveCount(0);
});

for (const { name, colorScheme, viewport } of LOOKS) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test('axe finds nothing in the Evaluate view, and nothing is wider than the window', async ({ live }) => {
      // axe checks every cell of the heat map: more than a minute on 2 shared cores with other work.
      test.slow();
      const { page } = live;
      await live.open();
      await page.getByRole('link', { name: 'Evaluate' }).click();
      await expect(page.getByRole('heading', { name: 'Pictures and masks' })).toBeVisible();
      await axeFindsNothing(page);
      await openFolder(page, folder);
      await score(page, 1);
      await page.getByRole('region', { name: 'Table of results' }).getByRole('button').click();
      await page.getByRole('region', { name: 'Worst and best pictures' }).getByRole('button').first().click();
      await expect(page.getByRole('img', { name: /^error/ })).toBeVisible();
      await axeFindsNothing(page);
      await expectNothingIsWiderThanTheWindow(page);
    });
  });
}

test('two configurations on the live source: agreement, and flicker of a still picture is 0', async ({
  live,
}) => {
  const { page } = live;
  await live.open();
  await page.getByRole('link', { name: 'Evaluate' }).click();
  const section = page.getByRole('region', { name: 'Agreement without truth' });
  await section.getByRole('button', { name: 'Compare on the live source' }).click();
  // Both see the same still picture every time, so no label changes.
  await expect(section.getByText('0.00 /px/s').first()).toBeVisible({ timeout: 60_000 });
  await section.getByRole('button', { name: 'Stop comparing' }).click();
  await expect(section.getByText(/^Stopped/)).toBeVisible();
  await expect(section.getByText(/frames in/)).toContainText('sample');
});

test('a calibration set keeps one frame of a still picture, refuses the rest, and is saved as a zip', async ({
  live,
}) => {
  const { page } = live;
  await live.open();
  await page.getByRole('link', { name: 'Evaluate' }).click();
  const section = page.getByRole('region', { name: 'Calibration set' });
  await section.getByRole('spinbutton', { name: 'interval, ms' }).fill('50');
  await section.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(section.getByText(/1 of 30 pictures .*, [2-9]\d* near-duplicates skipped/)).toBeVisible();
  await section.getByRole('button', { name: 'Stop recording' }).click();
  const download = page.waitForEvent('download');
  await section.getByRole('button', { name: 'Save as zip' }).click();
  expect((await download).suggestedFilename()).toBe('calibration-set-1.zip');
});

test('two real VOC pictures are scored', async ({ live }) => {
  test.skip(!existsSync(REFERENCE), 'The reference pictures are missing.');
  const two = join(folder, '..', 'reference');
  const names = readdirSync(join(REFERENCE, 'SegmentationClass')).sort().slice(0, 2);
  for (const part of ['JPEGImages', 'SegmentationClass']) mkdirSync(join(two, part), { recursive: true });
  for (const mask of names) {
    const picture = mask.replace(/png$/, 'jpg');
    cpSync(join(REFERENCE, 'SegmentationClass', mask), join(two, 'SegmentationClass', mask));
    cpSync(join(REFERENCE, 'JPEGImages', picture), join(two, 'JPEGImages', picture));
  }
  const { page } = live;
  await live.open();
  await openFolder(page, two);
  await expect(page.getByText(/2 pictures with a mask, in VOC layout/)).toBeVisible();
  await score(page, 1);
  await expect(page.getByRole('region', { name: 'Table of results' })).toContainText('2 of 2');
});
