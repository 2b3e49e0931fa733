import { expect, test } from './fixtures/live-page.ts';
import { expectAxeFindsNothing, expectNothingIsWiderThanTheWindow } from './fixtures/page-checks.ts';

for (const { name, colorScheme, viewport } of [
  { name: 'light, desktop', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark, desktop', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'light, phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { name: 'dark, phone', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test('axe finds nothing while live', async ({ live }) => {
      await live.open();
      await live.settled();
      await expect(live.page.getByRole('table').first()).toBeVisible();
      await expectAxeFindsNothing(live.page);
    });

    test('nothing is wider than the window', async ({ live }) => {
      await live.open();
      await live.settled();
      await expectNothingIsWiderThanTheWindow(live.page);
    });
  });
}

test('axe finds nothing in the open help and in an open list', async ({ live }) => {
  await live.open();
  await live.settled();
  await live.page.getByRole('button', { name: /help/i }).click();
  await expect(live.page.getByRole('dialog')).toBeVisible();
  await expectAxeFindsNothing(live.page, (axe) => axe.include('[role=dialog]'));
  await live.page.keyboard.press('Escape');
  await live.page.getByRole('combobox', { name: 'Model' }).click();
  // Radix keeps the focus on the option and scrolls the list with it, so the scroll container needs no focus.
  await expectAxeFindsNothing(live.page, (axe) =>
    axe.include('[role=listbox]').disableRules('scrollable-region-focusable'),
  );
});

test('everything is reachable by keyboard: freeze, outlines, mirror, opacity, model', async ({ live }) => {
  await live.open({ source: 'moving:chelsea', backend: 'wasm' });
  await live.settled();
  const view = () => live.page.evaluate(() => globalThis.segscope?.live.view.getState());
  const { outlines, mirror } = (await view()) ?? {};
  await live.page.keyboard.press('o');
  await live.page.keyboard.press('m');
  await expect.poll(async () => (await view())?.outlines).toBe(outlines !== true);
  expect((await view())?.mirror).toBe(mirror !== true);
  await live.page.keyboard.press(' ');
  await expect.poll(async () => (await live.state()).pause).toBe('frozen');
  await live.page.keyboard.press(' ');
  await expect.poll(async () => (await live.state()).pause).toBe('none');
  const slider = live.page.getByRole('slider');
  await slider.focus();
  await live.page.keyboard.press('Home');
  await expect.poll(async () => (await view())?.opacity01).toBe(0);
  await live.page.getByRole('combobox', { name: 'Size' }).focus();
  await live.page.keyboard.press('Enter');
  await expect(live.page.getByRole('option', { name: '257 px' })).toBeFocused();
  await live.page.keyboard.press('ArrowDown');
  await expect(live.page.getByRole('option', { name: '385 px' })).toBeFocused();
  await live.page.keyboard.press('Enter');
  await expect.poll(async () => (await live.state()).wanted.inputSize).toBe(385);
});
