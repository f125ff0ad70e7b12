// Requests that come by a trace from a file: README, "Traces of requests".
import type { Locator, Page } from '@playwright/test';
import { button, openScenario, pause, settle } from './support/person.ts';
import { expect, test } from './support/test.ts';

async function settings(page: Page): Promise<Locator> {
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  return page.getByRole('dialog', { name: 'Settings' });
}

async function choose(dialog: Locator, name: string, text: string): Promise<void> {
  await dialog.getByLabel('From a file…').and(dialog.locator('input')).setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  await expect(dialog.getByText(name)).toBeVisible();
  await dialog.getByRole('button', { name: 'Run anew' }).click();
}

test('a trace is chosen, what is wrong with it is told by its line, and the requests come by it', async ({ page }) => {
  await openScenario(page, 'balance');
  await pause(page);
  const dialog = await settings(page);
  await choose(dialog, 'wrong.txt', '1\nsoon\n');
  await expect(dialog.getByRole('alert')).toContainText('Line 2: the time is "soon"');

  await choose(dialog, 'morning.csv', 'time,key,work\n0.2,ann,20ms\n0.5,bob,30ms\n');
  await expect(dialog).toBeHidden();
  await settle(page);
  const again = await settings(page);
  await expect(again.getByLabel('arrivals')).toHaveValue('trace');
  await expect(again.getByText('3 lines')).toBeVisible();
});
