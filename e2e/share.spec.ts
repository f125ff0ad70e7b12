// A run as a link: on the clipboard, opened where its maker stood, damaged, and as a file. CONTRACT.md, "The page".
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { button, cutLinks, goTo, link, now, openStoppedAt, settle } from './support/person.ts';
import { expect, test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/** Cuts a link at the step that is in view, from the keyboard. */
async function cut(page: Page, ends: string): Promise<void> {
  await link(page, ends).focus();
  await page.keyboard.press('x');
  await expect(link(page, ends)).toHaveAccessibleName(/cut/);
  await settle(page);
}

async function share(page: Page): Promise<Locator> {
  await button(page, 'Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share this run' });
  await expect(dialog.getByText('The link is on the clipboard.')).toBeVisible();
  return dialog;
}

test('Share puts a link on the clipboard and shows it; opened, it stands at the same step of the same branch', async ({ page, context }) => {
  await openStoppedAt(page, 'routing-ring', '12 s');
  await cut(page, 'R2–R3');
  await goTo(page, '12.03 s');
  const before = await now(page);
  const dialog = await share(page);
  const shown = await dialog.getByRole('textbox').inputValue();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
  expect(shown).toMatch(/#\/routing-ring\?r=[\w-]+$/);

  const other = await context.newPage();
  await other.goto(shown);
  await settle(other);
  expect(await now(other)).toMatchObject({ event: before.event });
  await expect(link(other, 'R2–R3')).toHaveAccessibleName(/cut/);
  await expect(button(other, 'Play')).toBeVisible();
  // Its branches are there too: undo goes back to the run without the cut.
  await button(other, /^Undo: /).click();
  await settle(other);
  await expect(cutLinks(other).filter({ hasText: 'R2–R3' })).toHaveCount(0);
});

test('a damaged link opens the scenario and says what cannot be read', async ({ page }) => {
  await page.goto('#/routing-ring?r=eJxVzUtuxCAQhOG71JpI5mXjvkqURRuaGGWER0AsRSPfPXJ2Wdbi');
  await settle(page);
  await expect(page.getByRole('alert')).toHaveText('The recording in this link cannot be read, so the scenario is shown as it is. The recording in the link is incomplete or was changed.');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('A loop that ends by itself');
  await page.goto('#/routing-ring?r=abc%25d');
  await expect(page.getByRole('alert')).toContainText('character 4 is "%"');
});

test('a damaged link of nothing that there is says so', async ({ page }) => {
  await page.goto('#/nowhere?r=eJxV');
  await expect(page.getByRole('alert')).toHaveText('The recording in the link is incomplete or was changed.');
});

test('the run as a file comes back with its branches and its step', async ({ page }) => {
  await openStoppedAt(page, 'routing-ring', '12 s');
  await cut(page, 'R2–R3');
  const before = await now(page);
  const dialog = await share(page);
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as a file' }).click();
  const file = await (await download).path();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ netsplit: 2, branch: 1, playhead: before.event });
  await page.keyboard.press('Escape');

  await page.goto('#/');
  const chooser = page.waitForEvent('filechooser');
  await button(page, 'Open a file').click();
  await (await chooser).setFiles({ name: 'shared.json', mimeType: 'application/json', buffer: readFileSync(file) });
  await page.getByRole('dialog', { name: 'shared.json' }).getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page).toHaveURL(/#\/file/);
  await settle(page);
  expect(await now(page)).toMatchObject({ event: before.event });
  await expect(link(page, 'R2–R3')).toHaveAccessibleName(/cut/);
});
