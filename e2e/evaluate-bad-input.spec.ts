/** A folder, and the same as a zip, with errors in nearly every file. Each error gets one line, and the evaluation continues. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { encode } from 'fast-png';
import { zipSync } from 'fflate';
import { expect, test } from './fixtures/live-page.ts';
import { CAT, ellipse, makeVocFolder } from './fixtures/voc-folder.ts';

const [WIDTH, HEIGHT] = [320, 240];
/** VOC's background and cat. */
const [BLACK, DARK_RED] = [
  [0, 0, 0],
  [64, 0, 0],
] as const;

let folder = '';

const grey = (width: number, height: number, label: number) =>
  encode({ width, height, data: new Uint8Array(width * height).fill(label), channels: 1, depth: 8 });

function coloured(...halves: readonly (readonly [number, number, number])[]): Uint8Array {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    data.set(halves[Math.floor((i % WIDTH) / (WIDTH / halves.length))] ?? BLACK, i * 3);
  }
  return encode({ width: WIDTH, height: HEIGHT, data, channels: 3, depth: 8 });
}

test.beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'segscope-bad-voc-')), 'bad');
  const names = ['good', 'coloured', 'maskless', 'small', 'foreign', 'outside', 'torn', 'text'];
  await makeVocFolder(
    folder,
    names.map((name) => ({ name, sample: 'chelsea', mask: name === 'maskless' ? null : ellipse(CAT) })),
  );
  const mask = (name: string) => join(folder, 'SegmentationClass', `${name}.png`);
  writeFileSync(mask('coloured'), coloured(BLACK, DARK_RED));
  writeFileSync(mask('small'), grey(160, 120, 0));
  writeFileSync(mask('foreign'), coloured(BLACK, [1, 2, 3]));
  writeFileSync(mask('outside'), grey(WIDTH, HEIGHT, 99));
  writeFileSync(mask('torn'), readFileSync(mask('good')).subarray(0, 60));
  writeFileSync(mask('pictureless'), grey(WIDTH, HEIGHT, 0));
  writeFileSync(join(folder, 'JPEGImages', 'text.jpg'), 'no picture at all');
});

test.afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

async function expectTwoScored(page: Page) {
  await page.getByText(/^2 files skipped/).click();
  await expect(page.getByText('The picture "maskless" has no mask of the same name.')).toBeVisible();
  await expect(page.getByText('The mask "pictureless" has no picture of the same name.')).toBeVisible();
  await page.getByRole('button', { name: 'Score 1 configuration' }).click();
  await expect(page.getByText('1 of 1 configuration scored.')).toBeVisible({ timeout: 60_000 });
  const table = page.getByRole('region', { name: 'Table of results' });
  await table.getByRole('button').click();
  await page.getByText('5 skipped while scoring').click();
  for (const line of [
    'The mask "small" has 160 x 120 pixels, its picture 320 x 240.',
    'its colour (1, 2, 3) at (160, 0) is not exactly that of a VOC class: save the mask with class indices.',
    'The mask "outside" has the value 99 at (0, 0), which is neither void nor one of the model\'s 21 classes.',
    'The mask "torn" is not a readable PNG',
    '"text" is no picture that this browser can read.',
  ]) {
    await expect(page.getByText(line)).toBeVisible();
  }
  await expect(table.getByText('2 of 7')).toBeVisible();
}

test.beforeEach(async ({ live }) => {
  await live.open();
  await live.page.getByRole('link', { name: 'Evaluate' }).click();
});

test('a folder: scores two of nine, including the mask in exact VOC colours, and gives a reason for every other one', async ({
  live: { page },
}) => {
  await page.getByLabel('Folder in VOC layout').setInputFiles(folder);
  await expectTwoScored(page);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the list of skipped files' }).last().click();
  const csv = readFileSync(await (await saving).path(), 'utf8');
  for (const name of ['maskless', 'pictureless', 'small', 'foreign', 'outside', 'torn', 'text']) {
    expect(csv).toContain(`,${name},`);
  }
});

test('a zip: gives the same result as the folder', async ({ live: { page } }) => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const zip = zipSync(
    Object.fromEntries(
      files.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length - 'bad'.length), new Uint8Array(readFileSync(path))];
      }),
    ),
  );
  await page
    .getByLabel('Zip in VOC layout')
    .setInputFiles({ name: 'bad.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) });
  await expectTwoScored(page);
});
