// A leader on the wrong side: a line is drawn through five servers, the leader on the smaller side loses its power, the
// other side elects, the crack is healed, and everything is stepped back. By mouse and by keyboard.
import type { Locator, Page } from '@playwright/test';
import { button, caption, clickAt, cutLinks, link, network, node, now, openStoppedAt, pause, placeOfNode, placeOnLink, settle, type Place } from './support/person.ts';
import { expect, test } from './support/test.ts';

const SCENARIO = 'raft-wrong-side';
/** S1 leads, and everybody has heard of it. */
const S1_LEADS = '2.5 s';
const SIX_LINKS = ['S1–S3', 'S1–S4', 'S1–S5', 'S2–S3', 'S2–S4', 'S2–S5'];

test.beforeEach(async ({ page }) => {
  await openStoppedAt(page, SCENARIO, S1_LEADS);
  await expect(node(page, 'S1')).toHaveAccessibleName(/^S1, leader, term \d+/);
});

function islands(page: Page): Locator {
  return network(page).getByRole('note');
}

/** A line from above to below the network, between the two servers on the left and the three on the right. */
async function lineBetween(page: Page): Promise<{ readonly from: Place; readonly to: Place }> {
  const stage = await network(page).boundingBox();
  const [left, right] = [await placeOfNode(node(page, 'S1')), await placeOfNode(node(page, 'S3'))];
  const x = (left.x + right.x) / 2;
  return { from: { x, y: (stage?.y ?? 0) + 70 }, to: { x: x + 12, y: (stage?.y ?? 0) + (stage?.height ?? 0) - 24 } };
}

async function isSplit(page: Page): Promise<void> {
  await settle(page);
  await expect(cutLinks(page)).toHaveCount(6);
  await expect(islands(page).getByText('2 of 5, no majority')).toBeVisible();
  await expect(islands(page).getByText('3 of 5, a majority')).toBeVisible();
  await expect(button(page, /S1 leads but reaches no majority/)).toContainText('since 2.500');
}

/** Lets time go on until the other side has a leader of its own. */
async function electsOnTheOtherSide(page: Page): Promise<string> {
  await page.keyboard.press('Space');
  const elected = network(page).getByRole('button', { name: /^S[345], leader, term/ });
  await expect(elected).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Space');
  await settle(page);
  await expect(node(page, 'S1')).toHaveAccessibleName(/^S1, leader, term 1, cannot reach a majority/);
  return elected.getAttribute('aria-label').then((name) => name?.slice(0, 2) ?? '');
}

test('by mouse: a line drawn with ⇧ splits the cluster, the other side elects, the label on the crack heals it', async ({ page }) => {
  test.slow();
  const before = await now(page);
  const { from, to } = await lineBetween(page);

  await test.step('the line', async () => {
    await page.keyboard.down('Shift');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 4, (from.y + to.y) / 2, { steps: 12 });
    await expect(page.getByText(/^Cuts \d links? so far$/)).toBeVisible();
    await expect(caption(page)).toContainText('Splitting S1, S2 from S3, S4, S5.');
    await expect(caption(page)).toContainText('cut so far');
    await page.mouse.move(to.x, to.y, { steps: 12 });
    await expect(page.getByText('Cuts 6 links so far')).toBeVisible();
    await page.mouse.up();
    await page.keyboard.up('Shift');
  });
  await isSplit(page);
  expect((await now(page)).event).toBe(before.event + 1);
  await expect(caption(page)).toContainText('You cut 6 links at once');

  await electsOnTheOtherSide(page);
  await button(page, 'Heal all 6 links of this cut').click();
  await settle(page);
  await expect(cutLinks(page)).toHaveCount(0);
  await expect(islands(page)).toHaveCount(0);
  await expect(button(page, /S1 leads but reaches no majority/)).toHaveCount(0);

  await test.step('one undo for the healing, one for the split', async () => {
    await button(page, /^Undo: Heal/).click();
    await settle(page);
    await expect(cutLinks(page)).toHaveCount(6);
    await button(page, /^Undo: Cut 6 links/).click();
    await settle(page);
    await expect(cutLinks(page)).toHaveCount(0);
    await expect(button(page, 'Undo')).toBeDisabled();
  });
});

test('a line that Esc ends cuts nothing', async ({ page }) => {
  const { from, to } = await lineBetween(page);
  await page.keyboard.down('Shift');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await expect(page.getByText('Cuts 6 links so far')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.up('Shift');
  await page.mouse.up();
  await expect(page.getByText('Cuts 6 links so far')).toBeHidden();
  await expect(cutLinks(page)).toHaveCount(0);
  await expect(button(page, 'Undo')).toBeDisabled();
});

test('by keyboard: ⇧P splits, steps go on and back, H on a cut link and undo heal', async ({ page }) => {
  test.slow();
  const before = await now(page);
  await page.keyboard.press('Shift+P');
  const dialog = page.getByRole('dialog', { name: 'Partition' });
  for (const server of ['S1', 'S2']) {
    const box = dialog.getByRole('checkbox', { name: server });
    await box.focus();
    if (!(await box.isChecked())) await page.keyboard.press('Space');
  }
  const cut = dialog.getByRole('button', { name: 'Cut 6 links' });
  await cut.focus();
  await page.keyboard.press('Enter');
  await isSplit(page);

  await electsOnTheOtherSide(page);
  const far = await now(page);
  await page.keyboard.press('ArrowLeft');
  await settle(page);
  expect((await now(page)).event).toBe(far.event - 1);
  await page.keyboard.press('[');
  await settle(page);
  expect((await now(page)).event).toBe(before.event + 1);
  await expect(cutLinks(page)).toHaveCount(6);
  await page.keyboard.press('Control+z');
  await settle(page);
  await expect(cutLinks(page)).toHaveCount(0);
  await expect(node(page, 'S1')).toHaveAccessibleName(/^S1, leader, term 1, .*4 links$/);
});

test('the scissors heal a crack that they press on', async ({ page }) => {
  const { from, to } = await lineBetween(page);
  await page.keyboard.press('c');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 20 });
  await page.mouse.up();
  await isSplit(page);
  const at = await placeOnLink(link(page, SIX_LINKS[0] ?? ''), 0.5);
  // The crack is drawn through the place where the pen crossed the link.
  await clickAt(page, { x: (from.x + to.x) / 2 - 4, y: at.y });
  await settle(page);
  await expect(cutLinks(page)).toHaveCount(0);
});

/** A heartbeat of S1's, wherever it is on its link, pointed at. */
async function placeOfHeartbeat(page: Page, ends: string): Promise<Place> {
  const message = network(page).getByRole('button', { name: /^AppendEntries to / });
  for (let steps = 0; steps < 40; steps++) {
    for (const fraction of [0.3, 0.4, 0.5, 0.6, 0.7]) {
      const at = await placeOnLink(link(page, ends), fraction);
      await page.mouse.move(at.x, at.y, { steps: 2 });
      if (await message.isVisible()) return at;
    }
    await page.keyboard.press('ArrowRight');
    await settle(page);
  }
  throw new Error(`Nothing is on its way on ${ends}`);
}

test('a message in the hand is held while time goes on, and late by as much when it is put back', async ({ page }) => {
  const at = await placeOfHeartbeat(page, 'S1–S4');
  const before = await now(page);
  await page.mouse.down();
  await page.mouse.move(at.x + 8, at.y - 8, { steps: 4 });
  await expect(page.getByText('Pull it off its link to lose it')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/^Held for /)).toBeVisible();
  await settle(page);
  await page.keyboard.press('ArrowRight');
  await settle(page);
  await page.mouse.up();
  await settle(page);
  await expect(caption(page)).toContainText(/^You let /);
  expect((await now(page)).event).toBeGreaterThan(before.event + 2);
  await button(page, /^Undo: /).click();
  await settle(page);
  await button(page, /^Undo: /).click();
  await settle(page);
  await expect(button(page, 'Undo')).toBeDisabled();
});

test('a message pulled off its link is lost', async ({ page }) => {
  const at = await placeOfHeartbeat(page, 'S1–S4');
  await page.mouse.down();
  await page.mouse.move(at.x + 10, at.y - 70, { steps: 6 });
  await expect(page.getByText('Release to lose it')).toBeVisible();
  await page.mouse.up();
  await settle(page);
  await expect(caption(page)).toContainText('You dropped AppendEntries');
});

test('with the Figure 8 rule switched off, the page shows where a committed entry is lost', async ({ page }) => {
  test.slow();
  await page.goto('#/raft-figure-8');
  await settle(page);
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  const rule = page.getByRole('switch', { name: /Figure 8/ });
  await expect(rule).toBeChecked();
  await rule.click();
  await button(page, 'Run anew').click();
  await expect(page.getByText('1 rule off')).toBeVisible();
  await pause(page);
  const broken = button(page, 'A leader has every committed entry');
  await expect(async () => {
    await button(page, 'Next mark').click();
    await settle(page);
    await expect(broken).toBeVisible({ timeout: 500 });
  }).toPass();
  const first = button(page, 'Go to the first wrong step');
  if (await first.isVisible()) await first.click();
  await settle(page);
  await expect(caption(page)).toContainText('Broken: A leader has every committed entry.');
  await expect(network(page)).toHaveClass(/wrong/);
  await button(page, 'Play on anyway').click();
  await expect(button(page, 'Pause')).toBeVisible();
  await expect(network(page)).not.toHaveClass(/wrong/);
});
