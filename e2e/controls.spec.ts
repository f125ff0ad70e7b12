// What is set while a run plays: an intervention like any other, that can be stepped over, undone, and made in the past.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { button, caption, clickAt, drawer, goTo, node, now, openStoppedAt, placeOfNode, settle, standsAt } from './support/person.ts';
import { expect, test } from './support/test.ts';

/** The policy's name above the stage, which opens the list of the others. */
function policy(page: Page): Locator {
  return page.locator('.runhead').getByRole('button', { name: /^policy: / }).first();
}

async function choosePolicy(page: Page, name: RegExp): Promise<void> {
  await policy(page).click();
  await page.getByRole('menuitemradio', { name }).click();
  await expect(page.getByRole('menu')).toBeHidden();
  await settle(page);
}

function inspector(page: Page): Locator {
  return page.getByRole('region', { name: 'Inspector' });
}

async function inspect(page: Page, label: string): Promise<Locator> {
  await clickAt(page, await placeOfNode(node(page, label).first()));
  await expect(inspector(page).getByRole('heading', { name: label, exact: true })).toBeVisible();
  return inspector(page);
}

test.describe('in one run', () => {
  test.beforeEach(async ({ page }) => {
    await openStoppedAt(page, 'balance-round-robin', '0.3 s');
  });

  test('the policy is changed, stepped back over, undone and done again', async ({ page }) => {
    await expect(policy(page)).toHaveAccessibleName('policy: Round-robin');
    await choosePolicy(page, /^Least connections/);
    await expect(caption(page)).toContainText('You set the policy to Least connections.');
    await expect(policy(page)).toHaveAccessibleName('policy: Least connections');
    const { event } = await now(page);
    await page.keyboard.press('ArrowLeft');
    await standsAt(page, event - 1);
    await expect(policy(page)).toHaveAccessibleName('policy: Round-robin');
    await page.keyboard.press('ArrowRight');
    await standsAt(page, event);
    await expect(policy(page)).toHaveAccessibleName('policy: Least connections');
    await button(page, 'Undo: Set the policy to Least connections').click();
    await settle(page);
    await expect(policy(page)).toHaveAccessibleName('policy: Round-robin');
    await button(page, 'Redo: Set the policy to Least connections').click();
    await settle(page);
    await expect(policy(page)).toHaveAccessibleName('policy: Least connections');
  });

  test('a policy changed in the past is another branch; the later one stays in its own', async ({ page }) => {
    await choosePolicy(page, /^Maglev/);
    await goTo(page, '0.1 s');
    await expect(policy(page)).toHaveAccessibleName('policy: Round-robin');
    await choosePolicy(page, /^Random/);
    await expect(policy(page)).toHaveAccessibleName('policy: Random');
    const branches = await drawer(page, 'Branches');
    await expect(branches.locator('.branchrow')).toHaveCount(3);
    await branches.getByRole('button', { name: /Maglev/ }).click();
    await settle(page);
    await goTo(page, '0.4 s');
    await expect(policy(page)).toHaveAccessibleName('policy: Maglev');
  });

  test('by keyboard: the list opens, is walked by typing, and gives the focus back', async ({ page }) => {
    await policy(page).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menu', { name: 'policy' })).toBeVisible();
    await page.keyboard.type('shortest');
    await expect(page.getByRole('menuitemradio', { name: /^Shortest queue/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await settle(page);
    await expect(policy(page)).toHaveAccessibleName('policy: Shortest queue');
    await expect(policy(page)).toBeFocused();
  });

  test('a server fails, is slowed down and drained by its inspector', async ({ page }) => {
    const panel = await inspect(page, 'S2');
    await panel.getByRole('switch', { name: 'fails every request' }).click();
    await expect(caption(page)).toContainText('You let S2 answer every request with an error.');
    await settle(page);
    // Three presses at once are three halves, though each takes a moment.
    const less = panel.getByRole('button', { name: 'Less: speed' });
    for (let presses = 0; presses < 3; presses++) await less.click();
    await expect(caption(page)).toContainText('You set the speeds to 1, 0.125, 1.');
    await expect(panel.getByRole('textbox', { name: 'speed' })).toHaveValue('0.125');
    await settle(page);
    await panel.getByRole('switch', { name: /^draining/ }).click();
    await expect(caption(page)).toContainText('You set the draining servers to S2.');
    await expect(panel.getByRole('switch', { name: /^draining/ })).toBeChecked();
    await settle(page);
    await page.keyboard.press('ArrowRight');
    await expect(caption(page)).toContainText('S2 learns its new settings.');
  });

  test('weights are typed at the balancer; what does not fit is said and changes nothing', async ({ page }) => {
    const panel = await inspect(page, 'LB');
    const weight = panel.getByRole('textbox', { name: 'weights, S1' });
    await weight.fill('many');
    await weight.press('Enter');
    await expect(panel.getByRole('alert')).toContainText('is many; a number is expected');
    await weight.press('Escape');
    await expect(weight).toHaveValue('1');
    await expect(button(page, 'Undo')).toBeDisabled();
    await weight.fill('5');
    await weight.press('Enter');
    await expect(caption(page)).toContainText('You set the weights to 5, 1, 1.');
    await settle(page);
    await button(page, 'Undo: Set the weights to 5, 1, 1').click();
    await settle(page);
    await expect(weight).toHaveValue('1');
  });

  test('the arrival rate of the clients is raised, and more of them come in the same time', async ({ page }) => {
    const panel = await inspect(page, 'C1');
    await goTo(page, '0.5 s');
    const before = (await now(page)).event;
    await goTo(page, '0.3 s');
    const rate = panel.getByRole('textbox', { name: /^arrival rate/ });
    await rate.fill('1000');
    await rate.press('Enter');
    await expect(caption(page)).toContainText('You set the arrival rate of all (a second) to 1,000.');
    await settle(page);
    await rate.blur();
    await goTo(page, '0.5 s');
    await expect(rate).toHaveValue('1000');
    expect((await now(page)).event).toBeGreaterThan(before + 100);
  });
});

test('a hash ring tells which keys have moved since a server went; the table says the same', async ({ page }) => {
  await openStoppedAt(page, 'balance-losing-a-server', '1.5 s');
  const panel = inspector(page);
  await expect(panel.getByRole('figure', { name: 'A ring with 400 points and 40 keys' })).toBeVisible();
  const [, moved = ''] = /(\d+) of 40 keys moved; modulo would have moved (\d+)/.exec(await panel.innerText()) ?? [];
  expect(Number(moved)).toBeGreaterThan(0);
  await expect(panel.locator('.keymark.moved')).toHaveCount(Number(moved));
  await panel.getByText('40 keys as a table').click();
  const rows = panel.locator('tr.hl', { hasText: 'user-' });
  await expect(rows).toHaveCount(Number(moved));
  // On a ring only the keys of the server that went are moved.
  expect(await rows.evaluateAll((list) => [...new Set(list.map((row) => row.querySelector('s')?.textContent ?? ''))])).toEqual(['S3']);
  await choosePolicy(page, /^Maglev/);
  for (let steps = 0; steps < 60 && !(await panel.locator('.hashtable').isVisible()); steps++) await page.keyboard.press('ArrowRight');
  await expect(panel.getByRole('figure', { name: 'A table of 1009 entries with 40 keys' })).toBeVisible();
});

test('policies and settings speak Chinese', async ({ page }) => {
  await openStoppedAt(page, 'balance-round-robin', '0.3 s');
  await button(page, '中文').click();
  await page.locator('.runhead').getByRole('button', { name: '策略：轮询' }).click();
  const menu = page.getByRole('menu', { name: '策略' });
  await expect(menu.getByRole('menuitemradio')).toHaveCount(15);
  for (const about of await menu.locator('small').allInnerTexts()) expect(about).toMatch(/[\u4e00-\u9fff]/);
  await menu.getByRole('menuitemradio', { name: /^最少连接/ }).click();
  await expect(page.locator('.caption')).toContainText('你把策略设为 最少连接');
});

for (const theme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${theme}`, () => {
    test.use({ colorScheme: theme });

    test('in the list of policies, the settings, and what a hash is drawn as', async ({ page }) => {
      await openStoppedAt(page, 'balance-losing-a-server', '1.5 s');
      const panel = inspector(page);
      await expect(panel.locator('.hashring')).toBeVisible();
      await panel.locator('details > summary').first().click();
      await isAccessible(page, '.inspector');
      await policy(page).click();
      await isAccessible(page, '.menu');
      await page.getByRole('menuitemradio', { name: /^Source hash/ }).click();
      await settle(page);
      for (let steps = 0; steps < 60 && !(await panel.locator('.hashtable').isVisible()); steps++) await page.keyboard.press('ArrowRight');
      await isAccessible(page, '.inspector');
    });
  });
}

async function isAccessible(page: Page, part: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`) }))).toEqual([]);
}

test('a double click on the name of a policy opens the list, and chooses nothing', async ({ page }) => {
  await openStoppedAt(page, 'balance-unequal', '1 s');
  // There is no room for the whole list below the lower of the two: it lies under the pointer.
  const lower = page.locator('.runhead').getByRole('button', { name: /^policy: / }).last();
  const before = await lower.getAttribute('aria-label');
  await lower.dblclick();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await settle(page);
  await expect(lower).toHaveAccessibleName(before ?? '');
});

test('of two runs side by side, one gets another policy, and both a server that fails', async ({ page }) => {
  await openStoppedAt(page, 'balance-unequal', '1 s');
  const policies = page.locator('.runhead').getByRole('button', { name: /^policy: / });
  await expect(policies).toHaveCount(2);
  await policies.nth(1).click();
  await page.getByRole('menuitemradio', { name: /^Least connections/ }).click();
  await settle(page);
  await expect(policies.nth(0)).toHaveAccessibleName('policy: Round-robin');
  await expect(policies.nth(1)).toHaveAccessibleName('policy: Least connections');
  const panel = await inspect(page, 'S2');
  await panel.getByRole('switch', { name: 'fails every request' }).click();
  await settle(page);
  await expect(caption(page)).toContainText('You let S2 answer every request with an error.');
  await button(page, /^Undo: /).click();
  await settle(page);
  await expect(panel.getByRole('switch', { name: 'fails every request' })).not.toBeChecked();
  await expect(policies.nth(1)).toHaveAccessibleName('policy: Least connections');
  await button(page, /^Undo: /).click();
  await settle(page);
  await expect(policies.nth(1)).toHaveAccessibleName('policy: Power of two choices');
});
