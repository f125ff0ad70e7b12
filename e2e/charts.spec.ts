// The charts of load balancing: read at the playhead, the same on the way back, of both runs where two stand side by side.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { button, drawer, goTo, openScenario, openStoppedAt, settle } from './support/person.ts';
import { expect, test } from './support/test.ts';

/** Shows a chart as its table. */
async function tableOf(charts: Locator, title: string): Promise<Locator> {
  const figure = charts.locator('figure').filter({ hasText: title }).first();
  const toggle = figure.getByRole('button', { name: `Table: ${title}`, exact: true });
  if ((await toggle.getAttribute('aria-pressed')) !== 'true') await toggle.click();
  return figure.getByRole('table');
}

/** The cells of the row of that name, once it is there. */
async function row(table: Locator, name: string): Promise<readonly string[]> {
  const found = table.getByRole('row').filter({ has: table.page().getByRole('rowheader', { name, exact: true }) });
  await expect(found).toBeVisible();
  return found.getByRole('cell').allInnerTexts();
}

/** Where axes end: the last tick of each. */
async function axes(page: Page): Promise<{ readonly time: number; readonly waiting: number }> {
  const ticks = await page.locator('.charts figure').first().locator('.tick').allTextContents();
  const numbers = (of: (tick: string) => boolean): number => Math.max(...ticks.filter(of).map((tick) => Number.parseFloat(tick.replace(',', ''))));
  const isTime = (tick: string): boolean => / m?s$/.test(tick);
  return { time: numbers(isTime), waiting: numbers((tick) => !isTime(tick)) };
}

test('two policies under the same arrivals: four unequal servers are served far better by two choices', async ({ page }) => {
  await openStoppedAt(page, 'balance-unequal', '6 s');
  const charts = await drawer(page, 'Compare');
  await expect(page.locator('.drawer .legend')).toHaveText(/A Round-robin.*B Power of two choices/);

  const latency = await tableOf(charts, 'Latency percentiles since the start');
  const [a, b] = await row(latency, 'p99');
  // Round-robin lets the slow server drown: seconds against milliseconds.
  expect(a).toMatch(/ s$/);
  expect(b).toMatch(/ ms$/);
  // The figures beside the runs' names are those of late.
  const lately = await row(await tableOf(charts, 'Latency, last 3 s'), 'p99');
  await expect(page.locator('.figures .large dd')).toHaveText(lately);

  const [share, capacity] = await row(await tableOf(charts, 'Share of requests'), 'S4');
  expect([share, capacity]).toEqual(['25%', '14%']);
  await expect((await tableOf(charts, 'Waiting at each server')).getByRole('row')).toHaveCount(9);
});

test('what is measured follows the playhead, and is the same on the way back', async ({ page }) => {
  await openStoppedAt(page, 'balance-unequal', '3 s');
  const charts = await drawer(page, 'Compare');
  const latency = await tableOf(charts, 'Latency percentiles since the start');
  const count = charts.locator('figcaption em').filter({ hasText: 'requests' }).first();
  const before = await count.innerText();
  const median = await row(latency, 'p50');
  await goTo(page, '9 s');
  await expect(count).not.toHaveText(before);
  await goTo(page, '3 s');
  await expect(count).toHaveText(before);
  expect(await row(latency, 'p50')).toEqual(median);
});

test('numbers are those up to the playhead, of both runs', async ({ page }) => {
  await openStoppedAt(page, 'balance-unequal', '2 s');
  const metrics = await drawer(page, 'Metrics');
  const arrived = metrics.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Requests arrived', exact: true }) }).getByRole('cell');
  await expect(arrived).toHaveCount(2);
  const [a, b] = await arrived.allInnerTexts();
  // The same arrivals: what A has received, B has.
  expect(a).toBe(b);
  // Letters are names of tabs while one of them has the focus.
  await button(page, 'Step forward').click();
  await goTo(page, '4 s');
  await expect(arrived.first()).not.toHaveText(a!);
});

test('while it plays, axes stand still or grow', async ({ page }) => {
  await openScenario(page, 'balance-unequal');
  await drawer(page, 'Compare');
  let last = { time: 0, waiting: 0 };
  for (let looks = 0; looks < 20; looks++) {
    const seen = await page.locator('.clock').first().innerText();
    await expect(page.locator('.clock').first()).not.toHaveText(seen);
    const now = await axes(page);
    expect(now.time).toBeGreaterThanOrEqual(last.time);
    expect(now.waiting).toBeGreaterThanOrEqual(last.waiting);
    last = now;
  }
});

test('who points at a server’s share sees its line in both runs', async ({ page }) => {
  await openStoppedAt(page, 'balance-unequal', '3 s');
  const charts = await drawer(page, 'Compare');
  const waiting = charts.locator('figure').first();
  await expect(waiting.locator('.endname').filter({ hasText: 'A S4' })).toHaveCount(1);
  await charts.locator('.rowname').filter({ hasText: 'S2' }).hover();
  await expect(waiting.locator('.endname')).toHaveText(['A S2', 'B S2']);
  await page.mouse.move(5, 5);
  await expect(waiting.locator('.endname').filter({ hasText: 'A S4' })).toHaveCount(1);
});

test('one run alone has its charts, without letters', async ({ page }) => {
  await openScenario(page, 'balance-round-robin');
  const charts = await drawer(page, 'Charts');
  await expect(charts.getByText('Waiting at each server')).toBeVisible();
  await expect(page.locator('.drawer .legend')).toBeHidden();
  const shares = await tableOf(charts, 'Share of requests');
  await expect(shares.getByRole('columnheader', { name: 'share', exact: true })).toBeVisible();
});

test('a routing scenario has no charts', async ({ page }) => {
  await openScenario(page, 'routing-abilene');
  await drawer(page, 'Space–time');
  await expect(page.getByRole('tab', { name: 'Charts' })).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const) {
  test(`charts and tables can be read by everybody, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openStoppedAt(page, 'balance-unequal', '2 s');
    const charts = await drawer(page, 'Compare');
    await tableOf(charts, 'Latency percentiles since the start');
    const { violations } = await new AxeBuilder({ page }).include('.drawer').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
    // What a drawing shows is also said.
    await expect(charts.locator('figure').first().locator('.unseen')).toHaveText(/A: Highest is S4, with \d+ now and \d+ at most\. B: /);
  });
}

test('on a phone each chart is a tab', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openScenario(page, 'balance-unequal');
  for (const [tab, title] of [['Latency', 'Latency percentiles since the start'], ['Queues', 'Waiting at each server'], ['Shares', 'Share of requests']] as const) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    const figures = page.locator('.charts figure');
    await expect(figures).toHaveCount(1);
    await expect(figures.getByRole('button', { name: `Table: ${title}` })).toBeVisible();
    await expect(figures.locator('svg.chart')).toBeVisible();
  }
  await settle(page);
  await page.getByRole('tab', { name: 'More', exact: true }).click();
  await expect(page.locator('.charts figure').filter({ hasText: 'Requests a second' })).toHaveCount(1);
  await expect(button(page, 'Table: Latency percentiles since the start')).toHaveCount(0);
});
