// Settings before a run: by their names, from what is set now, and back to what the scenario has.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { button, openScenario, pause, settle } from './support/person.ts';
import { expect, test } from './support/test.ts';

async function settings(page: Page): Promise<Locator> {
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: /^Settings/ });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function runAnew(page: Page, dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Run anew' }).click();
  await expect(dialog).toBeHidden();
  await settle(page);
}

async function choosePolicy(page: Page, within: Locator, name: RegExp): Promise<void> {
  await within.getByRole('button', { name: /^policy: / }).first().click();
  await page.getByRole('menuitemradio', { name }).click();
  await settle(page);
}

test('a policy that was chosen while it ran is kept when it runs anew with weights, and can go back', async ({ page }) => {
  await openScenario(page, 'balance');
  await pause(page);
  await choosePolicy(page, page.locator('.runhead'), /^Smooth weighted/);
  const dialog = await settings(page);
  await expect(dialog.getByLabel('policy', { exact: true })).toHaveValue('smooth-wrr');
  await expect(dialog.getByRole('button', { name: 'As the scenario has it: Round-robin' })).toBeVisible();
  await dialog.getByLabel('weights', { exact: true }).fill('5,1,1');
  await runAnew(page, dialog);
  await expect(page.locator('.runhead').getByRole('button', { name: /^policy: / })).toHaveAccessibleName('policy: Smooth weighted round-robin (nginx)');

  const again = await settings(page);
  await expect(again.getByLabel('weights', { exact: true })).toHaveValue('5, 1, 1');
  await again.getByRole('button', { name: 'As the scenario has it: 1, 1, 1' }).click();
  await expect(again.getByLabel('weights', { exact: true })).toHaveValue('1, 1, 1');
  await again.getByRole('button', { name: 'As the scenario has it: Round-robin' }).click();
  await expect(again.getByRole('button', { name: /^As the scenario has it/ })).toHaveCount(0);
});

test('what is rarely needed is folded away; what does not fit is said by its name and shown', async ({ page }) => {
  await openScenario(page, 'balance');
  await pause(page);
  const dialog = await settings(page);
  const attempts = dialog.getByLabel('attempts at most');
  await expect(attempts).toBeHidden();
  await dialog.getByText('Retries', { exact: true }).click();
  await attempts.fill('0');
  await dialog.getByText('Retries', { exact: true }).click();
  await expect(attempts).toBeHidden();
  await dialog.getByRole('button', { name: 'Run anew' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Attempts at most is 0; at least 1 is expected.');
  await expect(attempts).toBeFocused();
});

test('of two runs, each keeps the policy that was chosen in it', async ({ page }) => {
  await page.goto('#/balance-unequal');
  const run = (letter: 'A' | 'B'): Locator => page.getByRole('group', { name: `Run ${letter}`, exact: true });
  await expect(run('B').getByRole('group', { name: 'Network' })).toBeVisible();
  await pause(page);
  await choosePolicy(page, run('B'), /^Maglev/);
  await choosePolicy(page, run('A'), /^Random/);
  const dialog = await settings(page);
  await expect(dialog).toHaveAccessibleName('Settings of run A');
  await expect(dialog.getByLabel('policy', { exact: true })).toHaveValue('random');
  await dialog.getByLabel(/^arrival rate/).fill('60');
  await runAnew(page, dialog);
  await expect(run('A').getByRole('button', { name: /^policy: / })).toHaveAccessibleName('policy: Random');
  await expect(run('B').getByRole('button', { name: /^policy: / })).toHaveAccessibleName('policy: Maglev');
});

for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  test(`the button that runs it anew needs no scrolling at ${viewport.width} × ${viewport.height}, and nothing is wider than the dialog`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await openScenario(page, 'balance');
    const dialog = await settings(page);
    const anew = dialog.getByRole('button', { name: 'Run anew' });
    await expect(anew).toBeInViewport({ ratio: 1 });
    for (const summary of await dialog.locator('summary').all()) await summary.click();
    await expect(anew).toBeInViewport({ ratio: 1 });
    expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
    expect(violations.map(({ id, nodes }) => ({ id, html: nodes.map((node) => node.html) }))).toEqual([]);
  });
}
