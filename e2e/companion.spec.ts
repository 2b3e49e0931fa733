import { expect, test, type Page } from '@playwright/test';
import {
  DOUBLE_ADDRESS,
  DOUBLE_CODE,
  GREETED,
  routeAgent,
  type AgentDouble,
} from './fixtures/agent-double.ts';
import { expectAxeFindsNothing, expectNothingIsWiderThanTheWindow, LOOKS } from './fixtures/page-checks.ts';

const pictures = (page: Page) => page.getByRole('region', { name: 'Pictures' });
const measurements = (page: Page) => page.getByRole('region', { name: 'Measurements' });
const agreement = (page: Page) => page.getByRole('region', { name: 'Agreement' });
const HASH = '#?source=sample:chelsea&backend=wasm';

async function choose(page: Page, field: string, option: string | RegExp) {
  await page.getByRole('combobox', { name: field, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
}

async function connect(page: Page, code = DOUBLE_CODE) {
  await page.getByRole('combobox', { name: 'Address' }).fill(DOUBLE_ADDRESS);
  await page.getByRole('textbox', { name: 'Pairing code' }).fill(code);
  await page.getByRole('button', { name: 'Connect' }).click();
}

/** A page on which the browser and the agent double have both painted the same frame. */
async function openBesideDouble(page: Page, greeted = GREETED): Promise<AgentDouble> {
  const double = await routeAgent(page, greeted);
  await page.goto(`/pi.html${HASH}`);
  await connect(page);
  await expect(agreement(page)).toContainText(/\d+\.\d\d % of the pixels agree/, { timeout: 60_000 });
  return double;
}

const canvasSizes = (page: Page) =>
  pictures(page)
    .locator('canvas')
    .evaluateAll((canvases) =>
      canvases.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        return width > 0 && height > 0;
      }),
    );

test('without an agent the browser segments, and the page says how to start one', async ({ page }) => {
  await page.goto(`/pi.html${HASH}`);
  await expect(pictures(page)).toContainText('No agent yet');
  await expect(pictures(page)).toContainText('npm run agent');
  await expect(page.getByRole('button', { name: 'cat', exact: true })).toBeVisible({ timeout: 60_000 });
});

test('locked: both sides see the same frame, with agreement, stages, bytes and factor', async ({ page }) => {
  const double = await openBesideDouble(page);
  expect(await canvasSizes(page)).toEqual([true, true, true]);
  // The double labels only the left half as cat: some of chelsea's pixels agree, some do not.
  const [, percent] = /(\d+\.\d\d) % of the pixels agree/.exec(await agreement(page).innerText()) ?? [];
  expect(Number(percent)).toBeGreaterThan(10);
  expect(Number(percent)).toBeLessThan(95);
  await expect(agreement(page)).toContainText('cat →');
  await expect(measurements(page)).toContainText(/times as fast|Neither side is faster/, { timeout: 60_000 });
  await expect(measurements(page)).toContainText('51.5 °C');
  await expect(measurements(page)).toContainText('since boot: under-voltage');
  const inference = page.getByRole('row', { name: /^inference/ });
  await expect(inference).toContainText('5.00');
  expect(double.frames()).toBeGreaterThan(1);
  expect(double.connections()).toBe(1);
});

test('loads a model chosen for the agent on the agent', async ({ page }) => {
  const double = await openBesideDouble(page);
  await choose(page, 'Tail', /stock/);
  await expect.poll(() => double.loads.at(-1)?.tail).toBe('stock');
  await choose(page, 'Threads', '2');
  await expect.poll(() => double.loads.at(-1)).toMatchObject({ tail: 'stock', threads: 2, device: 'cpu' });
  const before = double.frames();
  await expect.poll(() => double.frames()).toBeGreaterThan(before);
});

test('free: each side runs by itself, and labels are not compared', async ({ page }) => {
  const double = await openBesideDouble(page);
  await choose(page, 'Frames', /free/);
  await expect(agreement(page)).toContainText('Choose locked frames to compare labels');
  const before = double.frames();
  await expect.poll(() => double.frames()).toBeGreaterThan(before + 3);
});

test('a lost connection is reported and restored automatically', async ({ page }) => {
  const double = await openBesideDouble(page);
  double.stop();
  await double.drop();
  await expect(measurements(page)).toContainText(/Attempt \d+ in/);
  await expect(pictures(page)).toContainText('this is the last picture');
  double.start();
  await expect(measurements(page)).toContainText(`${DOUBLE_ADDRESS} connected`, { timeout: 30_000 });
  const before = double.frames();
  await expect.poll(() => double.frames(), { timeout: 30_000 }).toBeGreaterThan(before);
});

test('a restarted engine gets its model again', async ({ page }) => {
  const double = await openBesideDouble(page);
  const loads = double.loads.length;
  double.say({ kind: 'engine-restarted', restarts: 1 });
  await expect.poll(() => double.loads.length).toBeGreaterThan(loads);
  const before = double.frames();
  await expect.poll(() => double.frames()).toBeGreaterThan(before);
});

test('with two agents, only the selected one gets frames, and both stay connected', async ({ page }) => {
  const first = await openBesideDouble(page);
  const other = 'localhost:8591';
  const second = await routeAgent(page, GREETED, other);
  await page.getByText('Connect another agent').click();
  await page.getByRole('combobox', { name: 'Address' }).fill(other);
  await page.getByRole('textbox', { name: 'Pairing code' }).fill(DOUBLE_CODE);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(measurements(page)).toContainText(`${other} connected`);
  await expect(measurements(page)).toContainText(`${DOUBLE_ADDRESS} connected`);
  await expect.poll(() => second.frames(), { timeout: 30_000 }).toBeGreaterThan(2);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const before = first.frames();
  await expect.poll(() => first.frames(), { timeout: 30_000 }).toBeGreaterThan(before + 2);
  const rested = second.frames();
  const meanwhile = first.frames();
  await expect.poll(() => first.frames(), { timeout: 30_000 }).toBeGreaterThan(meanwhile + 2);
  expect(second.frames()).toBe(rested);
  expect([first.connections(), second.connections()]).toEqual([1, 1]);
});

test('reports a wrong pairing code with the next step, and connects with the right one', async ({ page }) => {
  await routeAgent(page);
  await page.goto(`/pi.html${HASH}`);
  await connect(page, 'WRONG');
  await expect(measurements(page).getByRole('alert')).toContainText(/pairing code/i, { timeout: 30_000 });
  await page.getByRole('textbox', { name: /^Pairing code \(leave empty/ }).fill(DOUBLE_CODE);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(measurements(page)).toContainText(`${DOUBLE_ADDRESS} connected`);
});

test('labels a test double as such and never compares its times', async ({ page }) => {
  await openBesideDouble(page, {
    ...GREETED,
    edgeTpu: {
      ...GREETED.edgeTpu,
      testDouble: true,
      library: { name: 'libedgetpu (TEST DOUBLE)', version: '0' },
      devices: [{ bus: 'usb', path: 'TEST DOUBLE' }],
      sentence: 'The library is a TEST DOUBLE.',
    },
  });
  await choose(page, 'Device', /TEST DOUBLE/);
  await expect(page.getByText(/The agent's times and labels mean nothing/)).toBeVisible();
  await expect(measurements(page)).toContainText('Not compared: the agent runs on a TEST DOUBLE');
  await expect(measurements(page)).not.toContainText('times as fast');
});

test('the address that an agent prints connects to the page’s origin, and the code is removed at once', async ({
  page,
}) => {
  await page.goto('/pi.html#token=0123456789AB');
  // No agent serves this page, so it reports the address that it tried.
  await expect(measurements(page)).toContainText(new URL(page.url()).host, { timeout: 30_000 });
  await expect(measurements(page).getByRole('alert')).not.toBeEmpty();
  expect(page.url()).not.toContain('0123456789AB');
});

test('a code pasted into an open page’s address also connects, and is removed from it', async ({ page }) => {
  await page.goto('/pi.html');
  const { host } = new URL(page.url());
  await expect(measurements(page)).toContainText('No agent connected');
  await page.evaluate(() => {
    location.hash = '#token=0123456789AB';
  });
  await expect(measurements(page)).toContainText(host, { timeout: 30_000 });
  expect(page.url()).not.toContain('0123456789AB');
});

test('the pages link to each other', async ({ page }) => {
  await page.goto('/pi.html');
  await page.getByRole('link', { name: 'Runs' }).click();
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  await page.getByRole('link', { name: 'Companion' }).click();
  await expect(page).toHaveURL(/pi\.html$/);
});

for (const { name, colorScheme, viewport } of LOOKS) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test('axe finds nothing beside an agent, nothing is wider than the window', async ({ page }) => {
      await openBesideDouble(page);
      await expectAxeFindsNothing(page);
      await expectNothingIsWiderThanTheWindow(page);
    });
  });
}
