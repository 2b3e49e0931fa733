/** The live page with an agent: the same picture, legend and stages, but another device segments. */
import { expect, test, type Page } from '@playwright/test';
import { DOUBLE_ADDRESS, DOUBLE_CODE, routeAgent, type AgentDouble } from './fixtures/agent-double.ts';
import { expectAxeFindsNothing, expectNothingIsWiderThanTheWindow, LOOKS } from './fixtures/page-checks.ts';

const measurements = (page: Page) => page.getByRole('region', { name: 'Measurements' });

async function choose(page: Page, field: string, option: string | RegExp) {
  await page.getByRole('combobox', { name: field, exact: true }).click();
  await page.getByRole('option', { name: option, exact: typeof option === 'string' }).click();
}

/** A live page that first ran in the browser and now sends its frames to the double. */
async function openOnDouble(page: Page): Promise<AgentDouble> {
  const double = await routeAgent(page);
  await page.goto('/#?source=sample:chelsea&backend=wasm');
  await expect(page.getByRole('list', { name: 'Classes in the picture' })).toContainText('cat', {
    timeout: 60_000,
  });
  await choose(page, 'Backend', 'agent');
  await page.getByRole('combobox', { name: 'Address' }).fill(DOUBLE_ADDRESS);
  await page.getByRole('textbox', { name: 'Pairing code' }).fill(DOUBLE_CODE);
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect.poll(() => double.frames(), { timeout: 30_000 }).toBeGreaterThan(2);
  return double;
}

test('sends frames to the agent, adds encode and transport to its stages, and switches back to the browser', async ({
  page,
}) => {
  const double = await openOnDouble(page);
  await expect(page.getByTestId('status-line')).toContainText('two-halves · Protocol double 1, CPU');
  await expect(measurements(page).getByRole('row', { name: /^inference/ })).toContainText('5.00');
  await expect(measurements(page)).toContainText(`${DOUBLE_ADDRESS} connected`);
  await choose(page, 'Tail', /^stock/);
  await expect.poll(() => double.loads.at(-1)?.tail).toBe('stock');
  await choose(page, 'Backend', 'wasm');
  await expect(page.getByTestId('status-line')).toContainText('TensorFlow.js', { timeout: 60_000 });
  const before = double.frames();
  await expect(measurements(page).getByRole('row', { name: /^inference/ })).not.toContainText('5.00');
  expect(double.frames()).toBeLessThanOrEqual(before + 1);
});

test('reports a lost agent and continues when it is back', async ({ page }) => {
  const double = await openOnDouble(page);
  double.stop();
  await double.drop();
  await expect(measurements(page)).toContainText(/Attempt \d+ in/);
  double.start();
  const before = double.frames();
  await expect.poll(() => double.frames(), { timeout: 60_000 }).toBeGreaterThan(before);
});

test('the next visit uses the agent again, or the browser if the agent is gone, and says so in one sentence', async ({
  page,
}) => {
  const double = await openOnDouble(page);
  await page.goto('about:blank');
  const before = double.frames();
  await page.goto('/');
  await expect.poll(() => double.frames(), { timeout: 30_000 }).toBeGreaterThan(before);
  await expect(page.getByTestId('status-line')).toContainText('two-halves · Protocol double 1, CPU');
  double.stop();
  await page.goto('about:blank');
  await page.goto('/');
  await expect(page.getByText(`No agent answers at ${DOUBLE_ADDRESS}.`)).toBeVisible();
  await expect(page.getByText('Meanwhile frames are segmented in this browser.')).toBeVisible();
  await expect(page.getByTestId('status-line')).toContainText('TensorFlow.js', { timeout: 60_000 });
  // The user did not choose to leave the agent.
  double.start();
  await page.goto('about:blank');
  await page.goto('/');
  await expect(page.getByTestId('status-line')).toContainText('two-halves', { timeout: 30_000 });
});

for (const { name, colorScheme, viewport } of LOOKS) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test('axe finds nothing on the live page with an agent, and nothing is wider than the window', async ({
      page,
    }) => {
      await openOnDouble(page);
      await expectAxeFindsNothing(page);
      await expectNothingIsWiderThanTheWindow(page);
    });
  });
}
