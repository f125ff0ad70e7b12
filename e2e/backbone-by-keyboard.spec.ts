// The same as backbone-by-mouse.spec.ts, without ever touching the pointer.
import type { Locator, Page } from '@playwright/test';
import { button, caption, cutLinks, goTo, link, network, node, now, openScenario, placeOfNode, settle, standsAt } from './support/person.ts';
import { expect, test } from './support/test.ts';

/** Opens Abilene and stops it by the keys alone. */
async function openStopped(page: Page): Promise<void> {
  await openScenario(page, 'routing-abilene');
  await page.keyboard.press(' ');
  await expect(button(page, 'Play')).toBeVisible();
  await settle(page);
  await goTo(page, '10.3 s');
}

async function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((each) => each === document.activeElement);
}

/** Presses a key until something has the focus. */
async function press(page: Page, key: string, until: Locator, most = 60): Promise<void> {
  for (let times = 0; times < most; times++) {
    if (await hasFocus(until)) return;
    await page.keyboard.press(key);
  }
  await expect(until).toBeFocused();
}

/** Nodes are walked clockwise by Tab, and back by Shift Tab from wherever one has got to. */
async function walkToNode(page: Page, label: string): Promise<void> {
  for (let times = 0; times < 30 && !(await hasFocus(node(page, label))); times++) await page.keyboard.press('Tab');
  await press(page, 'Shift+Tab', node(page, label));
}

/** Walks to a link: to the node, then down. */
async function walkToLink(page: Page, from: string, ends: string): Promise<void> {
  await walkToNode(page, from);
  await press(page, 'ArrowDown', link(page, ends));
}

/** Presses → until the caption says something. */
async function stepUntil(page: Page, sentence: RegExp): Promise<void> {
  for (let steps = 0; steps < 80; steps++) {
    const { event } = await now(page);
    await page.keyboard.press('ArrowRight');
    await standsAt(page, event + 1);
    if (sentence.test(await caption(page).innerText())) return;
  }
  throw new Error(`80 events, and none of them says ${String(sentence)}`);
}

test('a person without a mouse cuts a link, watches, steps back, cuts another, and has both branches', async ({ page }) => {
  test.slow();
  await openStopped(page);
  const before = await now(page);

  await walkToLink(page, 'DNVR', 'DNVR–KSCY');
  await page.keyboard.press('x');
  await expect(link(page, 'DNVR–KSCY')).toHaveAccessibleName(/, cut/);
  await standsAt(page, before.event + 1);
  await expect(caption(page)).toContainText('You cut Denver–Kansas City');
  // What was acted upon keeps the focus, so that one can go on.
  await expect(link(page, 'DNVR–KSCY')).toBeFocused();

  await stepUntil(page, /announced that its link to .+ is gone/);
  await stepUntil(page, /learned from .* has lost its link/);
  await stepUntil(page, /reran Dijkstra/);

  await page.keyboard.press('[');
  await standsAt(page, before.event + 1);
  await page.keyboard.press('ArrowLeft');
  await standsAt(page, before.event);
  await expect(cutLinks(page)).toHaveCount(0);

  await press(page, 'ArrowUp', node(page, 'DNVR'));
  await walkToLink(page, 'HSTN', 'HSTN–LOSA');
  await page.keyboard.press('x');
  await expect(link(page, 'HSTN–LOSA')).toHaveAccessibleName(/, cut/);
  await expect(link(page, 'DNVR–KSCY')).toHaveAccessibleName(/, up/);

  await test.step('digits go from branch to branch', async () => {
    await settle(page);
    await page.keyboard.press('2');
    await expect(link(page, 'DNVR–KSCY')).toHaveAccessibleName(/, cut/);
    await expect(link(page, 'HSTN–LOSA')).toHaveAccessibleName(/, up/);
    await page.keyboard.press('3');
    await expect(link(page, 'HSTN–LOSA')).toHaveAccessibleName(/, cut/);
    await page.keyboard.press('1');
    await expect(cutLinks(page)).toHaveCount(0);
    await page.keyboard.press('3');
    await expect(cutLinks(page)).toHaveCount(1);
    await settle(page);
  });

  await test.step('undo and redo', async () => {
    await page.keyboard.press('Control+z');
    await expect(cutLinks(page)).toHaveCount(0);
    await page.keyboard.press('Control+Shift+z');
    await expect(link(page, 'HSTN–LOSA')).toHaveAccessibleName(/, cut/);
  });

  await test.step('the ends of the branches are compared in the drawer', async () => {
    await page.keyboard.press('s');
    await press(page, 'Tab', page.getByRole('tab', { name: /^Space–time/ }));
    await press(page, 'ArrowRight', page.getByRole('tab', { name: /^Branches/ }));
    await press(page, 'Tab', button(page, 'Compare the ends'));
    await page.keyboard.press('Enter');
    await expect(page.locator('.digest')).toHaveCount(3);
    expect(new Set(await page.locator('.digest').allInnerTexts()).size).toBe(3);
  });
});

test('the network is one stop of Tab, nodes are walked inside it, and Esc leaves', async ({ page }) => {
  await openStopped(page);
  const nodes = network(page).getByRole('button', { name: /, router, / });
  const focused = nodes.and(page.locator(':focus'));
  for (let times = 0; times < 30 && (await focused.count()) === 0; times++) await page.keyboard.press('Tab');
  const count = await nodes.count();
  for (let walked = 1; walked < count; walked++) {
    await page.keyboard.press('Tab');
    await expect(focused).toHaveCount(1);
  }
  await page.keyboard.press('Tab');
  await expect(focused).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  await expect(focused).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(network(page).locator(':focus')).toHaveCount(0);
});

test('M picks a node up, arrows move it, Enter puts it down, and the run stays as it is', async ({ page }) => {
  await openStopped(page);
  const before = await now(page);
  await walkToNode(page, 'KSCY');
  const at = await placeOfNode(node(page, 'KSCY'));
  await page.keyboard.press('m');
  for (let times = 0; times < 3; times++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => placeOfNode(node(page, 'KSCY'))).toEqual({ x: expect.closeTo(at.x + 24, 0), y: expect.closeTo(at.y + 32, 0) });
  expect(await now(page)).toEqual(before);

  // Put down, arrows are time again.
  await page.keyboard.press('ArrowRight');
  await standsAt(page, before.event + 1);

  // Carried and given up, it stands where it was.
  const put = await placeOfNode(node(page, 'KSCY'));
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Escape');
  await expect.poll(() => placeOfNode(node(page, 'KSCY'))).toEqual(put);
});

test('Shift F10 opens the menu of what has the focus', async ({ page }) => {
  await openStopped(page);
  await walkToLink(page, 'SNVA', 'LOSA–SNVA');
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu');
  await expect(menu.getByRole('menuitem')).toHaveText([/^Cut/, /^Cut one way/, /^Inspect/]);
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(link(page, 'LOSA–SNVA')).toHaveAccessibleName(/, cut/);

  await expect(link(page, 'LOSA–SNVA')).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await expect(menu.getByRole('menuitem', { name: 'Restore' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(link(page, 'LOSA–SNVA')).toBeFocused();
  await page.keyboard.press('h');
  await expect(link(page, 'LOSA–SNVA')).toHaveAccessibleName(/, up/);
});

test('keys of tools work wherever the focus is, except where letters are typed', async ({ page }) => {
  await openStopped(page);
  const scissors = page.getByRole('toolbar', { name: 'Stage tools' }).getByRole('button', { name: 'Cut', exact: true });
  await press(page, 'Tab', button(page, 'Step forward'));
  await page.keyboard.press('c');
  await expect(scissors).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('v');
  await expect(scissors).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(scissors).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByLabel('Step or time')).toHaveValue('c');
});

test('T swaps the stage for tables with the same commands', async ({ page }) => {
  await openStopped(page);
  await page.keyboard.press('t');
  const tables = page.getByRole('region', { name: 'The network as tables' });
  await press(page, 'Tab', tables.getByRole('button', { name: /^Crash/ }).first());
  await page.keyboard.press('Enter');
  await expect(tables.getByRole('button', { name: /^Restart node/ })).toHaveCount(1);
  await expect(caption(page)).toContainText('You crashed');
  await page.keyboard.press('Control+z');
  await expect(tables.getByRole('button', { name: /^Restart node/ })).toHaveCount(0);
});

test('single keys can be turned off, and then only their buttons act', async ({ page }) => {
  await openStopped(page);
  await press(page, 'Tab', button(page, 'More'), 20);
  await page.keyboard.press('Enter');
  await press(page, 'ArrowDown', page.getByRole('menuitem', { name: 'Turn single keys off' }));
  await page.keyboard.press('Enter');
  const { event } = await now(page);
  await walkToNode(page, 'DNVR');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('k');
  await page.keyboard.press('s');
  await expect(page.getByRole('tab', { name: /^Events/ })).toBeHidden();
  await expect(button(page, 'Undo')).toBeDisabled();
  await press(page, 'Tab', button(page, 'Step forward'));
  await page.keyboard.press('Enter');
  await standsAt(page, event + 1);
});
