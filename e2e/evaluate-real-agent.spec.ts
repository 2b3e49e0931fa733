/** The real agent as a configuration of Evaluate, in the page and on the command line. It runs in its own process with its native library. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Page } from '@playwright/test';
import {
  AGENT_INSTALLED,
  buildRealAgent,
  freePort,
  startRealAgent,
  type RealAgent,
} from './fixtures/real-agent.ts';
import { CAT, ellipse, makeVocFolder, PERSON } from './fixtures/voc-folder.ts';

test.skip(!AGENT_INSTALLED, 'The agent has no packages: npm ci --ignore-scripts --prefix agent');

/** The same file in the browser and on the agent; it ends in class scores, so it has no tail to cut. */
const MODEL = 'segscope-mnv2-257-int8';
/** All agreed when observed, but processors may round a quantised network's scores differently. */
const AGREEMENT01 = 0.999;

let agent: RealAgent;
let pagePort = 0;
let folder = '';

test.beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'segscope-real-agent-')), 'tiny');
  await makeVocFolder(folder, [
    { name: 'cat', sample: 'chelsea', mask: ellipse(CAT) },
    { name: 'person', sample: 'astronaut', mask: ellipse(PERSON) },
  ]);
  await buildRealAgent();
  pagePort = await freePort();
  agent = await startRealAgent({ origins: [`http://localhost:${pagePort}`] });
});

test.afterAll(async () => {
  await agent.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

async function connect(page: Page, summary: string) {
  await page.goto(`${agent.origin}/#?source=sample:chelsea&backend=wasm&model=${MODEL}`);
  await page.getByRole('link', { name: 'Evaluate' }).click();
  if (summary.startsWith('Agents')) await page.getByLabel('Folder in VOC layout').setInputFiles(folder);
  await page.getByText(summary).click();
  await page.getByRole('combobox', { name: 'Address' }).fill(agent.address);
  await page.getByRole('textbox', { name: 'Pairing code' }).fill(agent.code);
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByText(`${agent.address} connected`)).toBeVisible();
}

test('one file gives the same labels in the browser and on the agent, with every pre-processing', async ({
  page,
}) => {
  test.slow();
  await connect(page, 'Agents: measure other devices too');
  await page.getByRole('checkbox', { name: new RegExp(`^${agent.address}`) }).check();
  const onAgent = page.getByRole('group', { name: 'Models on the agents' });
  for (const marked of await onAgent.getByRole('checkbox', { checked: true }).all()) await marked.uncheck();
  await onAgent.getByRole('checkbox', { name: new RegExp(`^${MODEL}(?!-)`) }).check();
  const tails = page.getByRole('group', { name: 'Tails' });
  await tails.getByRole('checkbox', { name: /^cut/ }).uncheck();
  await tails.getByRole('checkbox', { name: /^stock/ }).check();
  await page.getByRole('checkbox', { name: /^crop/ }).check();
  await page.getByRole('button', { name: 'Score 4 configurations' }).click();
  await expect(page.getByText('4 of 4 configurations scored.')).toBeVisible({ timeout: 120_000 });
  const shares = await page.evaluate(async () => {
    const session = (await globalThis.segscope?.evaluation())?.evaluation;
    const { results } = session?.evaluation.getState() ?? {};
    const all = results?.kind === 'ready' ? results.results : [];
    const found: (number | null)[] = [];
    for (const here of all.filter(({ setup }) => setup.place.kind === 'browser')) {
      const there = all.find(
        ({ setup }) => setup.place.kind === 'agent' && setup.preprocessing === here.setup.preprocessing,
      );
      found.push((await session?.labelChange(here.id, there?.id ?? ''))?.agreement01 ?? null);
    }
    return found;
  });
  expect(shares).toHaveLength(2);
  for (const share of shares) expect(share).toBeGreaterThan(AGREEMENT01);
});

test('without truth, an agent can be one of the two sides', async ({ page }) => {
  test.slow();
  await connect(page, 'Use an agent for one of them');
  const section = page.getByRole('region', { name: 'Agreement without truth' });
  const choose = async (side: string, field: string, option: string) => {
    await section.getByRole('group', { name: side }).getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  await choose('Second', 'Where', agent.address);
  await choose('Second', 'Model', MODEL);
  await section.getByRole('button', { name: 'Compare on the live source' }).click();
  await expect(section).toContainText(`tflite, CPU at ${agent.address}, stock tail`, { timeout: 60_000 });
  await expect(section).toContainText('None so far: the two agree on every pixel.');
  await section.getByRole('button', { name: 'Stop comparing' }).click();
  await expect(section.getByText(/^Stopped/)).toBeVisible();
});

test('npm run evaluate scores on the agent beside the browser, in one table', async () => {
  test.slow();
  const json = join(folder, '..', 'out.json');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...['--import', 'tsx', 'e2e/evaluate/evaluate.ts', '--no-build', '--json', json],
      ...['--images', join(folder, 'JPEGImages'), '--masks', join(folder, 'SegmentationClass')],
      ...['--model', `${MODEL},${MODEL}@agent`, '--agent', `${agent.address},${agent.code}`],
      ...['--port', String(pagePort)],
    ],
    { timeout: 150_000 },
  );
  expect(stdout).toMatch(new RegExp(`${MODEL} tflite 257 native .* 2/2 .*(100\\.00|99\\.9\\d) %`));
  const { results } = JSON.parse(readFileSync(json, 'utf8')) as { results: unknown[] };
  expect(results).toHaveLength(2);
});
