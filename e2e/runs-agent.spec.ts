/** Runs that include an agent as another device. It is connected in the Runs view, measured beside the browser, and always labelled as what it is. */
import { expect, test, type Page } from '@playwright/test';
import {
  DOUBLE_ADDRESS,
  DOUBLE_CODE,
  GREETED,
  routeAgent,
  type AgentDouble,
} from './fixtures/agent-double.ts';
import { expectAxeFindsNothing, expectNothingIsWiderThanTheWindow, LOOKS } from './fixtures/page-checks.ts';

const TEST_DOUBLE = {
  ...GREETED,
  edgeTpu: {
    ...GREETED.edgeTpu,
    testDouble: true,
    library: { name: 'libedgetpu (TEST DOUBLE)', version: '0' },
    devices: [{ bus: 'usb' as const, path: 'TEST DOUBLE' }],
    sentence: 'The library is a TEST DOUBLE.',
  },
};

const table = (page: Page) => page.getByRole('region', { name: 'Table of runs' });

async function connect(page: Page) {
  await page.getByText('Agents: measure other devices too').click();
  await page.getByRole('combobox', { name: 'Address' }).fill(DOUBLE_ADDRESS);
  await page.getByRole('textbox', { name: 'Pairing code' }).fill(DOUBLE_CODE);
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(page.getByText(`${DOUBLE_ADDRESS} connected`)).toBeVisible();
}

/** The Runs view with an agent and the browser's wasm selected, three frames each. */
async function openPlan(page: Page, greeted = GREETED): Promise<AgentDouble> {
  const double = await routeAgent(page, greeted);
  await page.goto('/#?source=sample:chelsea&backend=wasm');
  await page.getByRole('link', { name: 'Runs' }).click();
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible();
  await connect(page);
  await page.getByRole('checkbox', { name: new RegExp(`^${DOUBLE_ADDRESS}`) }).check();
  await page.getByRole('radio', { name: /^custom/ }).check();
  await page.getByRole('spinbutton', { name: 'frames' }).fill('3');
  await page.getByRole('spinbutton', { name: 'warm-up' }).fill('1');
  return double;
}

test('measures an agent beside the browser, with encode and transport, on a separate connection', async ({
  page,
}) => {
  const double = await openPlan(page);
  const before = double.connections();
  await page.getByRole('button', { name: 'Run 2 configurations' }).click();
  await expect(page.getByText('2 of 2 configurations measured.')).toBeVisible({ timeout: 60_000 });
  expect(double.connections()).toBe(before + 1);
  expect(double.loads.at(-1)).toMatchObject({ modelId: 'two-halves', device: 'cpu', tail: 'cut' });
  const row = table(page).getByRole('row', { name: /two-halves/ });
  await expect(row).toContainText('tflite, CPU');
  await row.getByRole('button').click();
  await expect(page.getByRole('row', { name: /^transport/ })).toBeVisible();
  await expect(page.getByText(`${DOUBLE_ADDRESS}, version 0.1.0`, { exact: false })).toBeVisible();
  const references = page.getByRole('region', { name: 'Published figures', exact: true });
  await expect(references.getByText(/Coral USB Accelerator/).first()).toBeVisible();
  await page.reload();
  await expect(table(page).getByRole('row', { name: /two-halves/ })).toContainText('tflite, CPU');
});

test("sends frames raw and as JPEG, and shows the machine's readings in the details", async ({ page }) => {
  await openPlan(page);
  await page.getByRole('checkbox', { name: /^JPEG 85/ }).check();
  await page.getByRole('button', { name: 'Run 3 configurations' }).click();
  await expect(page.getByText('3 of 3 configurations measured.')).toBeVisible({ timeout: 60_000 });
  await expect(table(page).getByRole('row', { name: /tflite, CPU, raw/ })).toHaveCount(1);
  const row = table(page).getByRole('row', { name: /tflite, CPU, JPEG 85/ });
  await row.getByRole('button').click();
  const machine = page.getByRole('region', { name: "The agent's machine during the run" });
  await expect(machine).toContainText('51.5 to 51.5 °C, median 51.5 (cpu-thermal)');
  await expect(machine).toContainText('during the run: none; since boot: under-voltage');
});

test('refuses a run in one sentence while another tab measures, and allows it afterwards', async ({
  page,
  context,
}) => {
  const other = await context.newPage();
  for (const tab of [other, page]) {
    await tab.goto(
      '/#/runs?plan=1&frames=3&seconds=0&warm-up=1&run=segscope-mnv2-257;wasm;257;ours;sample:chelsea',
    );
  }
  const run = (tab: Page) => tab.getByRole('button', { name: 'Run 1 configuration' });
  await expect(run(page)).toBeEnabled({ timeout: 60_000 });
  await other.getByRole('radio', { name: /^custom/ }).check();
  await other.getByRole('spinbutton', { name: 'frames' }).fill('100000');
  await run(other).click();
  await expect(other.getByText(/measuring$/)).toBeVisible({ timeout: 60_000 });
  await run(page).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Another tab is measuring');
  // Like a closed or crashed tab: the run is not cancelled first.
  await other.close();
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Dismiss/ })
    .click();
  await run(page).click();
  await expect(page.getByText('1 of 1 configuration measured.')).toBeVisible({ timeout: 60_000 });
});

test('a lost agent ends its configuration with one sentence, and the others continue', async ({ page }) => {
  const double = await openPlan(page);
  await page.getByRole('group', { name: 'Tails' }).getByRole('checkbox', { name: 'stock' }).check();
  double.stop();
  await page.getByRole('button', { name: 'Run 3 configurations' }).click();
  await expect(page.getByText('1 of 3 configurations measured, 2 failed.')).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('list', { name: 'Failed configurations' })).toContainText(
    `No agent answers at ${DOUBLE_ADDRESS}.`,
  );
});

test('labels a test double as such in plan, row and details, without published figures', async ({ page }) => {
  await openPlan(page, TEST_DOUBLE);
  await page.getByRole('checkbox', { name: /^TEST DOUBLE/ }).check();
  await page.getByRole('button', { name: 'Run 3 configurations' }).click();
  await expect(page.getByText('3 of 3 configurations measured.')).toBeVisible({ timeout: 60_000 });
  const row = table(page).getByRole('row', { name: /TEST DOUBLE/ });
  await expect(row).toContainText('tflite, TEST DOUBLE');
  await expect(row).toContainText('invalid');
  await expect(table(page)).not.toContainText('Edge TPU');
  await row.getByRole('button').click();
  await expect(page.getByText('Times of a TEST DOUBLE mean nothing')).toBeVisible();
  for (const box of await table(page)
    .getByRole('checkbox', { name: /^Select .*(TEST DOUBLE|CPU)/ })
    .all()) {
    await box.check();
  }
  await expect(page.getByRole('list', { name: 'Warnings' })).toContainText('Not compared');
});

for (const { name, colorScheme, viewport } of LOOKS) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test('axe finds nothing in a plan with an agent, and nothing is wider than the window', async ({
      page,
    }) => {
      await openPlan(page);
      await expectAxeFindsNothing(page);
      await expectNothingIsWiderThanTheWindow(page);
    });
  });
}
