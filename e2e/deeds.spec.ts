// Everything that a hand can do to a run: each is seen in the list of events, and taken back by one undo.
import type { Page } from '@playwright/test';
import {
  button, caption, clickAt, cutLinks, drag, drawer, link, network, node, openStoppedAt, placeOfNode, placeOnLink, settle, takeTool, cutByScissors, type Place,
} from './support/person.ts';
import { expect, test } from './support/test.ts';

/** A probe is half way between Seattle and Denver. */
const PROBE_ON_ITS_WAY = '10.305 s';

test.beforeEach(async ({ page }) => {
  await openStoppedAt(page, 'routing-abilene', PROBE_ON_ITS_WAY);
});

/** Chooses from the menu that a press of the right button opens at a place. */
async function choose(page: Page, at: Place, item: string): Promise<void> {
  await clickAt(page, at, { button: 'right' });
  await page.getByRole('menuitem', { name: item, exact: true }).click();
  await expect(page.getByRole('menu')).toBeHidden();
}

/** The deed is what the playhead stands on, in words and in the list; one undo takes it back, one redo brings it again. */
async function isRecorded(page: Page, sentence: RegExp, deed: string): Promise<void> {
  await expect(caption(page)).toContainText(sentence);
  await settle(page);
  const events = await drawer(page, 'Events');
  await expect(events.locator('[aria-current="step"]')).toContainText(sentence);
  await button(page, `Undo: ${deed}`).click();
  await settle(page);
  await expect(caption(page)).not.toContainText(sentence);
  await expect(button(page, 'Undo')).toBeDisabled();
  await button(page, `Redo: ${deed}`).click();
  await settle(page);
  await expect(caption(page)).toContainText(sentence);
}

async function isUndone(page: Page): Promise<void> {
  await page.keyboard.press('Control+z');
  await settle(page);
  await expect(button(page, 'Undo')).toBeDisabled();
}

/** The packet's glyph is on a canvas: the button that stands for it is there when it is pointed at. */
async function placeOfProbe(page: Page): Promise<Place> {
  const probe = network(page).getByRole('button', { name: /^Probe to NYCM/ });
  const line = link(page, 'DNVR–STTL');
  for (const fraction of [0.5, 0.45, 0.55, 0.4, 0.6]) {
    const at = await placeOnLink(line, fraction);
    await page.mouse.move(at.x, at.y, { steps: 3 });
    if (await probe.isVisible()) return at;
  }
  throw new Error('No probe is on its way between Seattle and Denver');
}

/** Walks to the probe by Tab and ↓ and gives it the focus. */
async function focusProbe(page: Page): Promise<void> {
  const seattle = node(page, 'STTL');
  for (let times = 0; times < 60 && !(await seattle.evaluate((element) => element === document.activeElement)); times++) await page.keyboard.press('Tab');
  const probe = network(page).getByRole('button', { name: /^Probe to NYCM/ });
  for (let times = 0; times < 12; times++) {
    await page.keyboard.press('ArrowDown');
    if ((await probe.isVisible()) && (await probe.evaluate((element) => element === document.activeElement))) return;
  }
  await expect(probe).toBeFocused();
}

test('a router crashes and is restarted by its menu', async ({ page }) => {
  await choose(page, await placeOfNode(node(page, 'CHIN')), 'Crash');
  await expect(node(page, 'CHIN')).toHaveAccessibleName(/crashed/);
  await isRecorded(page, /You crashed CHIN/, 'Crash CHIN');
  await choose(page, await placeOfNode(node(page, 'CHIN')), 'Restart node');
  await expect(node(page, 'CHIN')).not.toHaveAccessibleName(/crashed/);
  await expect(caption(page)).toContainText('You restarted CHIN');
  await page.keyboard.press('Control+z');
  await expect(node(page, 'CHIN')).toHaveAccessibleName(/crashed/);
});

test('K crashes and restarts the selected router', async ({ page }) => {
  await clickAt(page, await placeOfNode(node(page, 'CHIN')));
  await page.keyboard.press('k');
  await expect(node(page, 'CHIN')).toHaveAccessibleName(/crashed/);
  await settle(page);
  await page.keyboard.press('k');
  await expect(node(page, 'CHIN')).not.toHaveAccessibleName(/crashed/);
});

test('P stops the clock of the selected router and lets it run again; its inspector sets it', async ({ page }) => {
  await clickAt(page, await placeOfNode(node(page, 'CHIN')));
  await page.keyboard.press('p');
  await expect(caption(page)).toContainText('You stopped the clock of CHIN');
  await settle(page);
  await page.keyboard.press('p');
  await expect(caption(page)).toContainText('You let the clock of CHIN run');
  await settle(page);
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await inspector.getByRole('textbox', { name: /^Ahead by/ }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('-200 ms');
  await page.keyboard.press('Enter');
  await expect(caption(page)).toContainText('You set the clock of CHIN: offset = -200 ms');
  await expect(button(page, /^Undo: Clock of /)).toBeEnabled();
});

test('a packet that is held stays where it is until it is let go', async ({ page }) => {
  await focusProbe(page);
  await page.keyboard.press('Shift+D');
  await expect(caption(page)).toContainText(/You took hold of Probe, packet/);
  await settle(page);
  for (let steps = 0; steps < 5; steps++) await page.keyboard.press('ArrowRight');
  await settle(page);
  const packets = await drawer(page, 'Packets');
  await packets.getByRole('row', { name: /held by you/ }).getByRole('button').click();
  await page.getByRole('region', { name: 'Inspector' }).getByRole('button', { name: 'Let go' }).click();
  await expect(caption(page)).toContainText(/You let go of Probe, packet/);
});

test('X cuts the selected link and H heals it', async ({ page }) => {
  await clickAt(page, await placeOnLink(link(page, 'ATLA–HSTN'), 0.3));
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('Link');
  await page.keyboard.press('x');
  await expect(link(page, 'ATLA–HSTN')).toHaveAccessibleName(/, cut/);
  await settle(page);
  await page.keyboard.press('h');
  await expect(link(page, 'ATLA–HSTN')).toHaveAccessibleName(/, up/);
  await expect(caption(page)).toContainText('You healed Atlanta–Houston');
  await expect(button(page, 'Undo: Heal Atlanta–Houston')).toBeEnabled();
});

test('a link is cut and restored by its menu', async ({ page }) => {
  await choose(page, await placeOnLink(link(page, 'ATLA–HSTN'), 0.3), 'Cut');
  await expect(link(page, 'ATLA–HSTN')).toHaveAccessibleName(/, cut/);
  await isRecorded(page, /You cut Atlanta–Houston/, 'Cut Atlanta–Houston');
  await choose(page, await placeOnLink(link(page, 'ATLA–HSTN'), 0.1), 'Restore');
  await expect(link(page, 'ATLA–HSTN')).toHaveAccessibleName(/, up/);
});

test('the pill at a crack heals it, and so does a click on the crack with the scissors', async ({ page }) => {
  await cutByScissors(page, 'ATLA–HSTN', 0.5);
  await button(page, /^Heal /).click();
  await expect(cutLinks(page)).toHaveCount(0);
  await settle(page);
  await page.keyboard.press('Control+z');
  await expect(cutLinks(page)).toHaveCount(1);
  await settle(page);
  await takeTool(page, 'Cut');
  await clickAt(page, await placeOnLink(link(page, 'ATLA–HSTN'), 0.2));
  await expect(cutLinks(page)).toHaveCount(0);
});

test('a link is cut one way: the nearer end is no longer heard', async ({ page }) => {
  await choose(page, await placeOnLink(link(page, 'ATLA–HSTN'), 0.3), 'Cut one way');
  await expect(link(page, 'ATLA–HSTN')).toHaveAccessibleName(/, cut from (Atlanta|ATLA) to (Houston|HSTN)/);
  await isRecorded(page, /You cut Atlanta–Houston in one direction, from ATLA/, 'Cut Atlanta–Houston, from ATLA only');
});

test('Shift and a stroke across the sheet part the network in one step', async ({ page }) => {
  // Down between west and east, past the words.
  const west = await placeOfNode(node(page, 'DNVR'));
  const east = await placeOfNode(node(page, 'KSCY'));
  const south = await placeOfNode(node(page, 'HSTN'));
  const x = (west.x + east.x) / 2;
  await page.keyboard.down('Shift');
  await page.mouse.move(x, west.y - 90);
  await page.mouse.down();
  await page.mouse.move(x, (west.y + south.y) / 2, { steps: 8 });
  await expect(network(page)).toContainText('Cuts 1 link so far');
  await page.mouse.move(x, south.y + 60, { steps: 8 });
  await expect(network(page)).toContainText('Cuts 2 links so far');
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(cutLinks(page)).toHaveCount(2);
  await isRecorded(page, /You cut 2 links at once/, 'Cut 2 links');
  await isUndone(page);
  await expect(cutLinks(page)).toHaveCount(0);
});

test('Esc gives up a stroke', async ({ page }) => {
  const west = await placeOfNode(node(page, 'DNVR'));
  const east = await placeOfNode(node(page, 'KSCY'));
  await takeTool(page, 'Cut');
  await page.mouse.move((west.x + east.x) / 2, west.y - 90);
  await page.mouse.down();
  await page.mouse.move((west.x + east.x) / 2, west.y + 90, { steps: 8 });
  await expect(network(page)).toContainText('Cuts 1 link so far');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await settle(page);
  await expect(cutLinks(page)).toHaveCount(0);
  await expect(button(page, 'Undo')).toBeDisabled();
});

test('the Partition button parts chosen nodes from the others', async ({ page }) => {
  await button(page, 'Partition').click();
  const dialog = page.getByRole('dialog', { name: 'Partition' });
  for (const name of ['STTL', 'SNVA', 'LOSA', 'DNVR']) {
    const box = dialog.getByRole('checkbox', { name: new RegExp(name) });
    if (!(await box.isChecked())) await box.check();
  }
  // What was selected before is not on this side.
  const selected = dialog.getByRole('checkbox', { name: /IPLS/ });
  if (await selected.isChecked()) await selected.uncheck();
  await dialog.getByRole('button', { name: 'Cut 2 links' }).click();
  await expect(cutLinks(page)).toHaveCount(2);
  await isRecorded(page, /You cut 2 links at once/, 'Cut 2 links');
  await button(page, 'Heal all 2 links of this cut').click();
  await expect(cutLinks(page)).toHaveCount(0);
});

for (const { item, sentence, deed } of [
  { item: 'Drop', sentence: /You dropped Probe, packet/, deed: /^Undo: Drop / },
  { item: 'Delay', sentence: /You held Probe, packet .* back by/, deed: /^Undo: Delay / },
  { item: 'Hold', sentence: /You took hold of Probe, packet/, deed: /^Undo: Hold / },
  { item: 'Duplicate', sentence: /You duplicated Probe, packet/, deed: /^Undo: Duplicate / },
]) {
  test(`a packet's menu: ${item}`, async ({ page }) => {
    await choose(page, await placeOfProbe(page), item);
    await expect(caption(page)).toContainText(sentence);
    await settle(page);
    const events = await drawer(page, 'Events');
    await expect(events.locator('[aria-current="step"]')).toContainText(sentence);
    await button(page, deed).click();
    await settle(page);
    await expect(button(page, 'Undo')).toBeDisabled();
    // Taken back, the probe is where it was.
    await placeOfProbe(page);
  });
}

for (const { key, sentence } of [
  { key: 'Backspace', sentence: /You dropped Probe, packet/ },
  { key: 'd', sentence: /You held Probe, packet .* back by/ },
  { key: 'Shift+C', sentence: /You duplicated Probe, packet/ },
]) {
  test(`a packet's key: ${key}`, async ({ page }) => {
    await focusProbe(page);
    await page.keyboard.press(key);
    await expect(caption(page)).toContainText(sentence);
    await isUndone(page);
  });
}

test('a packet that is pulled off its link is lost, one that is let go nearer springs back', async ({ page }) => {
  const at = await placeOfProbe(page);
  await drag(page, at, { x: at.x + 8, y: at.y + 8 });
  await settle(page);
  await expect(button(page, 'Undo')).toBeDisabled();
  await drag(page, at, { x: at.x + 60, y: at.y - 60 });
  await expect(caption(page)).toContainText('You dropped Probe, packet');
  await isUndone(page);
});

test('a link gets another cost in its inspector, and the routers answer', async ({ page }) => {
  await clickAt(page, await placeOnLink(link(page, 'ATLA–HSTN'), 0.3));
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const cost = inspector.getByRole('textbox', { name: /^Cost/ }).first();
  await cost.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await expect(caption(page)).toContainText('You set cost = 7');
  await expect(button(page, /^Undo: cost = 7 on/)).toBeEnabled();
});
