/** Scores pictures on an agent and in the browser: connects the agent in the Evaluate view, then loses it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { DOUBLE_ADDRESS, DOUBLE_CODE, routeAgent, type AgentDouble } from './fixtures/agent-double.ts';
import { CAT, ellipse, makeVocFolder, PERSON } from './fixtures/voc-folder.ts';

let folder = '';

test.beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'segscope-evaluate-agent-')), 'tiny');
  await makeVocFolder(folder, [
    { name: 'cat', sample: 'chelsea', mask: ellipse(CAT) },
    { name: 'person', sample: 'astronaut', mask: ellipse(PERSON) },
  ]);
});

test.afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

/** The plan with the agent and the browser's wasm selected. */
async function openPlan(page: Page): Promise<AgentDouble> {
  const double = await routeAgent(page);
  await page.goto('/#?source=sample:chelsea&backend=wasm');
  await page.getByRole('link', { name: 'Evaluate' }).click();
  await page.getByLabel('Folder in VOC layout').setInputFiles(folder);
  await expect(page.getByRole('heading', { name: 'What to score' })).toBeVisible();
  await page.getByText('Agents: measure other devices too').click();
  await page.getByRole('combobox', { name: 'Address' }).fill(DOUBLE_ADDRESS);
  await page.getByRole('textbox', { name: 'Pairing code' }).fill(DOUBLE_CODE);
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByText(`${DOUBLE_ADDRESS} connected`)).toBeVisible();
  await page.getByRole('checkbox', { name: new RegExp(`^${DOUBLE_ADDRESS}`) }).check();
  return double;
}

test('an agent scores the same pictures as the browser, and its row says where it ran', async ({ page }) => {
  const double = await openPlan(page);
  await page.getByRole('button', { name: 'Score 2 configurations' }).click();
  await expect(page.getByText('2 of 2 configurations scored.')).toBeVisible({ timeout: 60_000 });
  expect(double.loads.at(-1)).toMatchObject({ modelId: 'two-halves', device: 'cpu', tail: 'cut' });
  const row = page.getByRole('region', { name: 'Table of results' }).getByRole('row', { name: /two-halves/ });
  await expect(row).toContainText(`CPU of ${DOUBLE_ADDRESS} · 257 px · cut tail`);
  await expect(row).toContainText('2 of 2');
});

test('a lost agent ends its configuration with one sentence, and the browser still scores', async ({
  page,
}) => {
  const double = await openPlan(page);
  double.stop();
  await page.getByRole('button', { name: 'Score 2 configurations' }).click();
  await expect(page.getByText('1 of 2 configurations scored, 1 incomplete.')).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('list', { name: 'Incomplete configurations' })).toContainText(
    `No agent answers at ${DOUBLE_ADDRESS}.`,
  );
});
