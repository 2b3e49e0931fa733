/** The companion page, served by the real agent and connected to it. */
import { expect, test } from '@playwright/test';
import { AGENT_INSTALLED, buildRealAgent, startRealAgent, type RealAgent } from './fixtures/real-agent.ts';

test.skip(!AGENT_INSTALLED, 'The agent has no packages: npm ci --ignore-scripts --prefix agent');

/** For chelsea, between the embedded network in float16 and its 8-bit version; observed 99.0 to 99.7 %. */
const AGREEMENT_LIMIT = 95;

let agent: RealAgent;
test.beforeAll(async () => {
  await buildRealAgent();
  agent = await startRealAgent();
});
test.afterAll(async () => {
  await agent.stop();
});

test('the printed address shows the same frame in the browser and on the agent, and the two agree', async ({
  page,
}) => {
  test.slow();
  await page.goto(`${agent.origin}/pi.html#?source=sample:chelsea&backend=wasm&token=${agent.code}`);
  const measurements = page.getByRole('region', { name: 'Measurements' });
  await expect(measurements).toContainText(`${new URL(agent.origin).host} connected`, { timeout: 60_000 });
  await page.getByRole('combobox', { name: 'Model on the agent' }).click();
  await page.getByRole('option', { name: 'segscope-mnv2-257-int8', exact: true }).click();
  const agreement = page.getByRole('region', { name: 'Agreement' });
  const percent = async () =>
    Number(/(\d+\.\d\d) % of the pixels agree/.exec(await agreement.innerText())?.[1] ?? 0);
  await expect.poll(percent, { timeout: 90_000 }).toBeGreaterThan(AGREEMENT_LIMIT);
  await expect(page.getByRole('figure', { name: /^Agent\b/ })).toContainText(
    'segscope-mnv2-257-int8 · CPU · 257 px',
  );
  await expect(measurements).toContainText('CPU');
  await expect(measurements).toContainText('The USB accelerator does not report its temperature.');
  await expect(measurements).toContainText(/times as fast|Neither side is faster/, { timeout: 90_000 });
  expect(page.url()).not.toContain(agent.code);
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
});

test('a known agent is one more device in a plan, next to the browser', async ({ page }) => {
  test.slow();
  const { host } = new URL(agent.origin);
  await page.goto(`${agent.origin}/pi.html#?source=sample:chelsea&backend=wasm&token=${agent.code}`);
  await expect(page.getByRole('region', { name: 'Measurements' })).toContainText(`${host} connected`, {
    timeout: 60_000,
  });
  await page.getByRole('link', { name: 'Runs' }).click();
  const known = page.getByRole('checkbox', { name: new RegExp(`^${host}`) });
  await expect(known).toBeVisible({ timeout: 60_000 });
  await known.check();
  await page.getByRole('radio', { name: /^custom/ }).check();
  await page.getByRole('spinbutton', { name: 'frames' }).fill('5');
  await page.getByRole('spinbutton', { name: 'warm-up' }).fill('2');
  await page.getByRole('button', { name: 'Run 2 configurations' }).click();
  await expect(page.getByText('2 of 2 configurations measured.')).toBeVisible({ timeout: 120_000 });
  const table = page.getByRole('region', { name: 'Table of runs' });
  const row = table.getByRole('row', { name: new RegExp(`CPU of ${host}`) });
  await expect(row).toContainText('tflite, CPU');
  await row.getByRole('button').click();
  await expect(page.getByText('Target reached: 5 of 5 frames', { exact: false })).toBeVisible();
  await expect(page.getByText('CPU requested, CPU used')).toBeVisible();
  await expect(
    page.getByText(/Raspberry Pi 4 Model B 8 GB with Coral USB Accelerator/).first(),
  ).toBeVisible();
});
