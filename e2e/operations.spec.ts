// Why clients do not see one store: the story of a client that asks twice, with its sessions switched off.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { button, clickAt, drawer, goTo, node, now, openScenario, openStoppedAt, pause, placeOfNode, settle } from './support/person.ts';
import { expect, test } from './support/test.ts';

/** Runs the scenario anew without sessions. */
async function withoutSessions(page: Page): Promise<void> {
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByLabel('sessions').uncheck();
  await dialog.getByRole('button', { name: 'Run anew' }).click();
  await expect(dialog).toBeHidden();
  await settle(page);
}

test('with sessions one order explains every answer; without them the page says which answer nothing explains', async ({ page }) => {
  await openScenario(page, 'raft-retry');
  await pause(page);
  const before = await drawer(page, 'Operations');
  await expect(before.getByText('x: one order explains every answer')).toBeVisible();
  await before.getByRole('button', { name: /^C1, operation 2: x: 1 → 2, answered/ }).hover();
  await expect(before.getByText('x: 1 → 2 of C1 is number 2 of 3 in an order on x that explains every answer.')).toBeVisible();

  await withoutSessions(page);
  const after = await drawer(page, 'Operations');
  await expect(after.getByText(/^x: from 2\.5\d* s on no order explains every answer$/)).toBeVisible();
  await expect(after.getByRole('button', { name: /^C1, operation 2: x: 1 → 2, without effect/ })).toBeVisible();
  const read = after.getByRole('button', { name: /^C2, operation 1: x = 2, answered/ });
  await read.hover();
  await expect(after.getByText('In whatever order: after one operation x holds 1, and x = 2 of C2 cannot come.')).toBeVisible();
  // What was done to the network stands on the same axis.
  await expect(after.getByRole('button', { name: /^Cut S1–C1/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('.operations').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
});

test('by keyboard: arrows go from one operation to the next, Enter goes to where it was asked', async ({ page }) => {
  await openScenario(page, 'raft-retry');
  await pause(page);
  const operations = await drawer(page, 'Operations');
  const first = operations.getByRole('button', { name: /^C1, operation 1/ });
  await first.focus();
  await page.keyboard.press('ArrowRight');
  const second = operations.getByRole('button', { name: /^C1, operation 2/ });
  await expect(second).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(operations.getByRole('button', { name: /^C2, operation 1/ })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  // It asked once it had its session, just after 1 s.
  await expect.poll(async () => Math.floor((await now(page)).time / 100_000_000)).toBe(10);
});

test('a person asks a client to write, and a server to stand for election', async ({ page }) => {
  await openStoppedAt(page, 'raft-retry', '2.2 s');
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await inspector.getByLabel('What is asked').selectOption('Write a key');
  await inspector.getByLabel('key').fill('color');
  await inspector.getByLabel('value').fill('blue');
  const { violations } = await new AxeBuilder({ page }).include('.inspector').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  await inspector.getByRole('button', { name: 'Ask' }).click();
  await settle(page);
  await expect(page.getByRole('button', { name: 'Undo: Ask C1: color ← blue' })).toBeVisible();
  await expect((await drawer(page, 'Operations')).getByRole('button', { name: /^C1, operation 3: color ← blue, answered/ })).toBeVisible();

  await clickAt(page, await placeOfNode(node(page, 'S2')));
  await inspector.getByLabel('What is asked').selectOption('Start an election now');
  await inspector.getByRole('button', { name: 'Ask' }).click();
  await settle(page);
  await expect(page.getByRole('button', { name: 'Undo: Ask S2: campaign' })).toBeVisible();
  await goTo(page, '3 s');
  await expect(node(page, 'S2')).toHaveAccessibleName(/leader, term 2/i);
});
