// Two policies under the same arrivals, side by side on one clock: by mouse, by keyboard, and what is done to which.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { button, caption, clickAt, goTo, now, openScenario, pause, placeOfNode, settle, standsAt } from './support/person.ts';
import { expect, test } from './support/test.ts';

/** Round-robin (A) beside two random choices (B), over four servers of different speed. */
const SCENARIO = 'balance-unequal';

function run(page: Page, letter: 'A' | 'B'): Locator {
  return page.getByRole('group', { name: `Run ${letter}`, exact: true });
}

function node(page: Page, letter: 'A' | 'B', label: string): Locator {
  return run(page, letter).getByRole('button', { name: new RegExp(`^${label}, `) });
}

function policy(page: Page, letter: 'A' | 'B'): Locator {
  return run(page, letter).getByRole('button', { name: /^policy: / });
}

async function openPair(page: Page, where = '2.5 s'): Promise<void> {
  await page.goto(`#/${SCENARIO}`);
  await expect(run(page, 'B').getByRole('group', { name: 'Network' })).toBeVisible();
  await pause(page);
  await goTo(page, where);
}

/** The names of all nodes and links of a run, with what they say of their state, and its slots as they are drawn. */
async function picture(page: Page, letter: 'A' | 'B'): Promise<string> {
  const names = await run(page, letter).getByRole('group', { name: 'Network' }).getByRole('button').evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label')));
  return JSON.stringify([names, await run(page, letter).locator('.pill').count()]);
}

const both = async (page: Page): Promise<readonly string[]> => [await picture(page, 'A'), await picture(page, 'B')];

async function fromMenu(page: Page, name: RegExp): Promise<void> {
  await button(page, 'More').click();
  await page.getByRole('menuitem', { name }).click();
}

test('a step is one event of the focused run, and back shows both as they were', async ({ page }) => {
  await openPair(page);
  for (const letter of ['A', 'B'] as const) {
    await clickAt(page, await placeOfNode(node(page, letter, 'LB')));
    await page.keyboard.press('Escape');
    await settle(page);
    const { event } = await now(page);
    const seen = [await both(page)];
    for (let step = 1; step <= 5; step++) {
      await page.keyboard.press('ArrowRight');
      await standsAt(page, event + step);
      seen.push(await both(page));
    }
    for (let step = 4; step >= 0; step--) {
      await page.keyboard.press('ArrowLeft');
      await standsAt(page, event + step);
      expect(await both(page)).toEqual(seen[step]);
    }
  }
});

test('both stand at the same time, whichever is focused; playing and scrubbing move both', async ({ page }) => {
  await openPair(page);
  const { time } = await now(page);
  const before = await both(page);
  await clickAt(page, await placeOfNode(node(page, 'B', 'LB')));
  expect((await now(page)).time).toBe(time);
  await goTo(page, '3 s');
  const later = await both(page);
  for (const at of [0, 1]) expect(later[at]).not.toBe(before[at]);
  await button(page, 'Play').click();
  await expect.poll(async () => (await now(page)).time).toBeGreaterThan(3_050_000_000);
  await pause(page);
  await goTo(page, '2.5 s');
  expect(await both(page)).toEqual(before);
});

test('what is done to a server is done in both, what is set at a balancer in one; undo takes back the latest', async ({ page }) => {
  await openPair(page);
  await clickAt(page, await placeOfNode(node(page, 'A', 'S1')), { button: 'right' });
  await page.getByRole('menuitem', { name: 'Crash', exact: true }).click();
  await settle(page);
  for (const letter of ['A', 'B'] as const) await expect(node(page, letter, 'S1')).toHaveAccessibleName(/crashed|down/i);
  await policy(page, 'B').click();
  await page.getByRole('menuitemradio', { name: /^Least connections/ }).click();
  await settle(page);
  await expect(policy(page, 'B')).toHaveAccessibleName('policy: Least connections');
  await expect(policy(page, 'A')).toHaveAccessibleName('policy: Round-robin');
  await expect(button(page, /^Undo: .*policy/)).toBeEnabled();
  // Undo is asked for while the other run is looked at.
  await clickAt(page, await placeOfNode(node(page, 'A', 'LB')));
  await button(page, /^Undo: .*policy/).click();
  await settle(page);
  await expect(policy(page, 'B')).toHaveAccessibleName('policy: Power of two choices');
  for (const letter of ['A', 'B'] as const) await expect(node(page, letter, 'S1')).toHaveAccessibleName(/crashed|down/i);
  await page.keyboard.press('Control+z');
  await settle(page);
  for (const letter of ['A', 'B'] as const) await expect(node(page, letter, 'S1')).not.toHaveAccessibleName(/crashed|down/i);
  await page.keyboard.press('Control+Shift+Z');
  await settle(page);
  for (const letter of ['A', 'B'] as const) await expect(node(page, letter, 'S1')).toHaveAccessibleName(/crashed|down/i);
});

test('the caption says what both made of the same request', async ({ page }) => {
  await openPair(page);
  for (let steps = 0; steps < 40; steps++) {
    if (/must send it to S\d, next in turn\..*draws S\d/s.test(await caption(page).innerText())) return;
    const { event } = await now(page);
    await page.keyboard.press('ArrowRight');
    await standsAt(page, event + 1);
  }
  throw new Error('40 events, and none of them is a choice');
});

test('a run is compared by the menu, and one of the two goes on alone', async ({ page }) => {
  await openScenario(page, 'balance-round-robin');
  await pause(page);
  await goTo(page, '0.4 s');
  const { event, time } = await now(page);
  await fromMenu(page, /^Compare with another policy/);
  await page.getByRole('menuitemradio', { name: /^Shortest queue|^Join shortest queue|^Shortest line/ }).click();
  await expect(run(page, 'B').getByRole('group', { name: 'Network' })).toBeVisible();
  await settle(page);
  expect(await now(page)).toEqual({ event, time });
  await clickAt(page, await placeOfNode(node(page, 'B', 'LB')));
  await fromMenu(page, /^Go on with run B alone/);
  await expect(run(page, 'B')).toBeHidden();
  await settle(page);
  await expect(page.locator('.runhead').getByRole('button', { name: /^policy: / })).not.toHaveAccessibleName('policy: Round-robin');
  expect((await now(page)).time).toBe(time);
  await page.keyboard.press('ArrowRight');
  await settle(page);
});

test('run anew with another rate, both have it, and each keeps its policy', async ({ page }) => {
  await openPair(page);
  await fromMenu(page, /^Settings|^Parameters|^Run with/);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^arrival rate/).fill('60');
  await dialog.getByRole('button', { name: /^Run/ }).click();
  await expect(run(page, 'B').getByRole('group', { name: 'Network' })).toBeVisible();
  await expect(policy(page, 'A')).toHaveAccessibleName('policy: Round-robin');
  await expect(policy(page, 'B')).toHaveAccessibleName('policy: Power of two choices');
});

test('by keyboard: the run in which the focus is is the one that is looked at, and its policy is set and stepped back over', async ({ page }) => {
  await openPair(page);
  await policy(page, 'B').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.type('Rou');
  await page.keyboard.press('Enter');
  await settle(page);
  await expect(policy(page, 'B')).toHaveAccessibleName('policy: Round-robin');
  await expect(caption(page)).toContainText('You set the policy to Round-robin.');
  const { event } = await now(page);
  await page.keyboard.press('ArrowLeft');
  await standsAt(page, event - 1);
  await expect(policy(page, 'B')).toHaveAccessibleName('policy: Power of two choices');
});

test('two runs break no rule of accessibility', async ({ page }) => {
  await openPair(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target) }))).toEqual([]);
});

test('a closed loop says that the two cannot get the same requests, an open one that they do', async ({ page }) => {
  await openPair(page);
  await expect(page.getByText('Both runs get the same requests at the same times.')).toBeVisible();
  await page.goto('#/balance-closed-loop');
  await expect(page.getByText('A closed loop: the two runs cannot get the same requests.')).toBeVisible();
});

test('a link holds both runs, with what was done in both and in one alone, and is undone as it was done', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPair(page);
  await clickAt(page, await placeOfNode(node(page, 'A', 'S4')));
  await page.keyboard.press('k');
  await settle(page);
  const { time } = await now(page);
  await button(page, 'Share').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('both runs');
  await page.goto(await dialog.getByRole('textbox').inputValue());
  await settle(page);
  for (const letter of ['A', 'B'] as const) await expect(node(page, letter, 'S4')).toHaveAccessibleName(/crashed|down/i);
  await expect(policy(page, 'A')).toHaveAccessibleName(/Round-robin/);
  await expect(policy(page, 'B')).toHaveAccessibleName(/Power of two choices/);
  expect(await now(page)).toMatchObject({ time });
  await page.keyboard.press('Control+z');
  await settle(page);
  for (const letter of ['A', 'B'] as const) await expect(node(page, letter, 'S4')).not.toHaveAccessibleName(/crashed|down/i);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('both runs stand one above the other, and a tap turns to one of them', async ({ page }) => {
    await openPair(page);
    const [upper, lower] = [await run(page, 'A').boundingBox(), await run(page, 'B').boundingBox()];
    expect((upper?.y ?? 0) + (upper?.height ?? 0)).toBeLessThanOrEqual((lower?.y ?? 0) + 1);
    for (const letter of ['A', 'B'] as const) {
      await expect(policy(page, letter)).toBeVisible();
      await expect(run(page, letter).locator('.figures')).toContainText('p99');
    }
    const place = await placeOfNode(node(page, 'B', 'S1'));
    await page.touchscreen.tap(place.x, place.y);
    await expect(page.getByRole('tab', { name: 'Inspector' })).toBeVisible();
    const { event } = await now(page);
    await button(page, 'Step forward').click();
    await standsAt(page, event + 1);
  });
});
