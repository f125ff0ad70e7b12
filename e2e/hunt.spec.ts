// "Find a bug": a rule is switched off, seeds are tried, and the tape of the first that fails is opened.
import type { Locator, Page } from '@playwright/test';
import { button, now, openScenario, settle } from './support/person.ts';
import { expect, test } from './support/test.ts';

async function findABug(page: Page): Promise<Locator> {
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Find a bug…' }).click();
  return page.getByRole('dialog', { name: 'Find a bug' });
}

test('with a majority of half, a hunt finds a run that breaks a check, makes it small and opens its tape at the violation', async ({ page }) => {
  await openScenario(page, 'raft-chaos');
  const dialog = await findABug(page);
  await dialog.getByRole('switch', { name: 'A majority is more than half' }).click();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(dialog.getByText(/^Seed \d+ breaks a check at /)).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByText('Making it small …')).toBeHidden({ timeout: 120_000 });
  await dialog.getByRole('button', { name: 'Open the tape' }).click();
  await expect(page).toHaveURL(/#\/raft-chaos\?r=/);
  await settle(page);
  await expect(page.getByText('1 rule off')).toBeVisible();
  await expect(page.locator('.chip.bad')).toHaveCount(1);
  // One step before, the check still held: the tape stands right at the violation.
  const { event } = await now(page);
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('main')).toHaveAttribute('data-event', String(event - 1));
  await expect(page.locator('.chip.bad')).toHaveCount(0);
});

test('a hunt says how far it is, and can be stopped', async ({ page }) => {
  await openScenario(page, 'raft-chaos');
  const dialog = await findABug(page);
  await dialog.getByRole('textbox', { name: 'Seeds', exact: true }).fill('5000');
  await dialog.getByRole('checkbox', { name: 'Clocks are off' }).click();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(dialog.getByText(/^\d+ of 5,000 seeds, [\d.]+ a second\./)).toBeVisible();
  await expect(dialog.getByRole('progressbar', { name: 'Seeds done' })).toBeVisible();
  await expect(dialog.getByText(/^[1-9]\d* of 5,000 seeds/)).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(dialog.getByRole('button', { name: 'Start' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
