// Requests in lanes: who waits is drawn as slots, the lane of the last choice is heavy, and servers are dragged, cut off and
// crashed as the nodes of every network are.
import type { Page } from '@playwright/test';
import { button, clickAt, cutByScissors, drag, goTo, link, network, node, now, openStoppedAt, placeOfNode, settle, standsAt } from './support/person.ts';
import { expect, test } from './support/test.ts';

/** One run; from 1 s on S3 fails, and is ejected after five errors in a row. */
const SCENARIO = 'balance-black-hole';
const SERVERS = ['S1', 'S2', 'S3', 'S4'];

test.beforeEach(async ({ page }) => {
  await openStoppedAt(page, SCENARIO, '0.9 s');
});

/** How many slots are drawn before a server. */
async function slots(page: Page, server: string): Promise<number> {
  return page.locator(`.line[data-node="${server}"] .pill`).count();
}

/** How many wait at a server, as its name says. */
async function waiting(page: Page, server: string): Promise<number> {
  const name = await node(page, server).getAttribute('aria-label');
  return Number(/(\d+) waiting/.exec(name ?? '')?.[1] ?? NaN);
}

async function stepForward(page: Page): Promise<void> {
  const { event } = await now(page);
  await page.keyboard.press('ArrowRight');
  await standsAt(page, event + 1);
}

async function picture(page: Page): Promise<string> {
  const names = await network(page).getByRole('button').evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label')));
  const drawn = await page.locator('.lines').evaluate((lines) => lines.innerHTML);
  // Which element is cut to the shape of which box is no matter of the picture.
  return JSON.stringify([names, drawn]);
}

test('clients stand on the left, the balancer beside them, servers on the right, one above the other', async ({ page }) => {
  const [client, balancer, ...servers] = await Promise.all(['C1', 'LB', ...SERVERS].map((label) => placeOfNode(node(page, label))));
  expect(client?.x).toBeLessThan(balancer?.x ?? NaN);
  for (const [at, server] of servers.entries()) {
    expect(server.x).toBeGreaterThan(balancer?.x ?? NaN);
    expect(server.x).toBe(servers[0]?.x);
    expect(server.y).toBeGreaterThan(servers[at - 1]?.y ?? 0);
  }
});

test('each who waits has a slot, at every step there and back', async ({ page }) => {
  // A step leads to an event's own time, wherever one came from.
  await stepForward(page);
  const before = await picture(page);
  let seen = 0;
  for (let step = 0; step < 20; step += 1) {
    await stepForward(page);
    for (const server of SERVERS) {
      const drawn = await slots(page, server);
      expect(drawn).toBe(await waiting(page, server));
      seen = Math.max(seen, drawn);
    }
  }
  expect(seen).toBeGreaterThan(0);
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowLeft');
  await settle(page);
  await expect.poll(() => picture(page)).toBe(before);
});

test('the lane of the last choice is named and heavy, and only that one', async ({ page }) => {
  const chosen = network(page).getByRole('button', { name: /^Link LB–S\d, up, chosen last$/ });
  await expect(chosen).toHaveCount(1);
  await expect(chosen.locator('.net')).toHaveCSS('stroke-width', '2.5px');
});

test('a server that was ejected says so, and its lane', async ({ page }) => {
  await goTo(page, '2 s');
  await expect(node(page, 'S3')).toHaveAccessibleName(/^S3, server, .*ejected/);
  await expect(link(page, 'LB–S3')).toHaveAccessibleName('Link LB–S3, up, gets nothing');
  await expect(page.locator('.line[data-node="S3"] .out')).toHaveText('ejected');
});

test('a press on those who wait is one on their server', async ({ page }) => {
  const line = page.locator('.line[data-node="S1"]');
  await expect(line.locator('.pill').first()).toBeVisible();
  await line.locator('.pill').first().click();
  await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { name: 'S1', exact: true })).toBeVisible();
});

test('Tab reads clients, balancer and servers from left to right, each column from above', async ({ page }) => {
  await node(page, 'C1').focus();
  const read: string[] = [];
  for (let at = 0; at < 8; at += 1) {
    read.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.split(',')[0] ?? ''));
    await page.keyboard.press('Tab');
  }
  expect(read).toEqual(['C1', 'C2', 'C3', 'LB', 'S1', 'S2', 'S3', 'S4']);
});

test('a server is dragged without a change of the run', async ({ page }) => {
  const { event, time } = await now(page);
  const from = await placeOfNode(node(page, 'S1'));
  await drag(page, from, { x: from.x - 90, y: from.y + 12 });
  const to = await placeOfNode(node(page, 'S1'));
  expect(to.x).toBeCloseTo(from.x - 90, 0);
  expect(to.y).toBeCloseTo(from.y + 12, 0);
  expect(await now(page)).toEqual({ event, time });
  // It stays there when the stage gets another size.
  await page.setViewportSize({ width: 1500, height: 900 });
  const others = await Promise.all(['S2', 'S3', 'S4'].map((label) => placeOfNode(node(page, label))));
  expect((await placeOfNode(node(page, 'S1'))).x).toBeLessThan(Math.min(...others.map(({ x }) => x)) - 40);
});

test('lanes take what room there is', async ({ page }) => {
  await page.setViewportSize({ width: 1100, height: 700 });
  for (const label of ['C1', 'LB', ...SERVERS]) {
    await expect.poll(async () => {
      const stage = await network(page).boundingBox();
      const box = await node(page, label).boundingBox();
      return stage && box ? box.x >= stage.x && box.x + box.width <= stage.x + stage.width && box.y >= stage.y && box.y + box.height <= stage.y + stage.height : false;
    }, label).toBe(true);
  }
});

test('a lane is cut with the scissors and healed', async ({ page }) => {
  await cutByScissors(page, 'LB–S2', 0.5);
  await expect(node(page, 'LB')).toHaveAccessibleName(/, 1 cut$/);
  await button(page, 'Heal LB–S2').click();
  await settle(page);
  await expect(link(page, 'LB–S2')).toHaveAccessibleName(/^Link LB–S2, up/);
});

test('a server that crashes has no line any more', async ({ page }) => {
  await clickAt(page, await placeOfNode(node(page, 'S4')), { button: 'right' });
  await page.getByRole('menuitem', { name: 'Crash', exact: true }).click();
  await settle(page);
  await expect(node(page, 'S4')).toHaveAccessibleName(/^S4, crashed/);
  expect(await slots(page, 'S4')).toBe(0);
});
