// A file of one's own: by the dialog, by drop, broken, and with every choice that it offers.
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { button, caption, goTo, link, network, now, openScenario, openStoppedAt, pause, settle } from './support/person.ts';
import { expect, test } from './support/test.ts';

function fixture(name: string): string {
  return path.join(import.meta.dirname, 'fixtures', name);
}

/** Chooses a file as a person does in the dialog of the operating system. */
async function chooseFile(page: Page, name: string, opener: Locator): Promise<Locator> {
  const chooser = page.waitForEvent('filechooser');
  await opener.click();
  await (await chooser).setFiles(fixture(name));
  return page.getByRole('dialog', { name });
}

/** Drags a file from the desktop over the window and lets it go. */
async function dropFile(page: Page, name: string): Promise<Locator> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [fixture(name)], dragOperationsMask: 1 };
  const at = { x: 500, y: 400 };
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at, data });
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at, data });
  await expect(page.getByText('Drop the file to open it')).toBeVisible();
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at, data });
  await expect(page.getByText('Drop the file to open it')).toBeHidden();
  return page.getByRole('dialog', { name });
}

async function openedFromFile(page: Page): Promise<void> {
  await expect(page).toHaveURL(/#\/file/);
  await settle(page);
  await expect(network(page).getByRole('button', { name: /^Link / }).first()).toBeVisible();
}

test('a GraphML file is chosen in the gallery, and Link-State runs on it by the cost of its own', async ({ page }) => {
  await page.goto('#/');
  const dialog = await chooseFile(page, 'kite.graphml', button(page, 'Open a file'));
  await expect(dialog).toContainText('A graph of 4 nodes and 4 links.');
  await expect(dialog.getByRole('radio', { name: /^Link-State/ })).toBeChecked();
  await dialog.getByLabel('Cost of a link').selectOption('length');
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await openedFromFile(page);
  await expect(link(page, 'Ash–Birch')).toHaveAccessibleName(/cost 4/);
  await expect(network(page).getByRole('button', { name: /^Link / })).toHaveCount(4);
  const { event } = await now(page);
  await expect.poll(async () => (await now(page)).event).toBeGreaterThan(event);
});

test('a GraphML file is dropped, and Dijkstra runs on it from a chosen source', async ({ page }) => {
  await openScenario(page, 'routing-abilene');
  const dialog = await dropFile(page, 'kite.graphml');
  await dialog.getByRole('radio', { name: /^Dijkstra/ }).check();
  await dialog.getByLabel('Shortest paths from').selectOption('Dogwood');
  await dialog.getByLabel('Cost of a link').selectOption('length');
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await openedFromFile(page);
  await page.keyboard.press('End');
  await settle(page);
  // Ash over Birch: 2 + 3 + 4, not 2 + 9.
  await expect(network(page).getByRole('button', { name: /^Ash, .*distance 9/ })).toBeVisible();
});

test('node-link JSON is read too', async ({ page }) => {
  await page.goto('#/');
  const dialog = await dropFile(page, 'path.json');
  await expect(dialog).toContainText('A graph of 3 nodes and 2 links.');
  await dialog.getByLabel('Cost of a link').selectOption('weight');
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await openedFromFile(page);
  await expect(link(page, 'second–third')).toHaveAccessibleName(/cost 6/);
});

test('a broken file is refused in one sentence that says where, and what was open still is', async ({ page }) => {
  await openStoppedAt(page, 'routing-abilene', '10.3 s');
  const before = await now(page);
  const dialog = await dropFile(page, 'broken.graphml');
  const problem = dialog.getByRole('alert');
  await expect(problem).toContainText('nobody');
  await expect(problem).toContainText('5');
  expect((await problem.innerText()).match(/[.!?](\s|$)/g)).toHaveLength(1);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await now(page)).toEqual(before);
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('main')).toHaveAttribute('data-event', String(before.event + 1));
});

test('what a person has done can be left for a file and is not lost on the way to a refusal', async ({ page }) => {
  await openScenario(page, 'routing-ring');
  await pause(page);
  await goTo(page, '1 s');
  const title = await page.getByRole('heading', { level: 1 }).innerText();
  await button(page, title.trim()).click();
  await page.getByRole('menu').waitFor();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: /Open a file/ }).click();
  await (await chooser).setFiles(fixture('broken.graphml'));
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/#\/routing-ring$/);
  await expect(caption(page)).toBeVisible();
});
