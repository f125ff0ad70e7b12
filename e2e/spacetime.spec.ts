// The space–time diagram: opened by S, walked by pointer and keys, zoomed, and pulled by its arrows.
import type { Locator, Page } from '@playwright/test';
import { button, caption, clickAt, cutLinks, drag, drawer, goTo, now, openStoppedAt, settle, standsAt, type Place } from './support/person.ts';
import { expect, test } from './support/test.ts';

const diagram = (page: Page): Locator => page.getByRole('group', { name: /^Space–time diagram/ });
const lifeline = (page: Page, label: string): Locator => diagram(page).getByRole('button', { name: new RegExp(`^${label}\\b`) });

async function opened(page: Page, scenario: string, where: string): Promise<void> {
  await openStoppedAt(page, scenario, where);
  await page.keyboard.press('s');
  await expect(page.getByRole('region', { name: 'Space-time', exact: true })).toBeVisible();
  await expect(diagram(page)).toBeVisible();
}

/** Where the brackets stand on the rail (px). */
async function brackets(page: Page): Promise<readonly number[]> {
  const path = (await page.locator('.scrub .win').getAttribute('d')) ?? '';
  return [...path.matchAll(/M([\d.]+) /g)].map(([, x]) => Number(x));
}

/** The place of the diagram where a lifeline and the playhead meet: the playhead's foot says where it is. */
async function atPlayhead(page: Page, label: string): Promise<Place> {
  const row = await lifeline(page, label).boundingBox();
  const box = await diagram(page).boundingBox();
  if (!row || !box) throw new Error('The diagram is not there');
  const along = Number(await diagram(page).getAttribute('data-playhead'));
  return { x: box.x + along, y: row.y + row.height / 2 };
}

test('S opens and closes it, and it is the first page of the drawer', async ({ page }) => {
  await opened(page, 'raft-wrong-side', '2.4 s');
  await expect(page.getByRole('tab', { name: 'Space–time' })).toHaveAttribute('aria-selected', 'true');
  await expect(lifeline(page, 'S1')).toHaveAccessibleName('S1, Leader');
  await page.keyboard.press('s');
  await expect(diagram(page)).toBeHidden();
  expect(await brackets(page)).toEqual([]);
});

test('a click on an event goes to it', async ({ page }) => {
  await opened(page, 'raft-wrong-side', '2.4 s');
  const before = await now(page);
  const place = await atPlayhead(page, 'S1');
  // The way back along the leader's lifeline: there, some event of S1 happened.
  let found = before.event;
  for (let away = 20; away < 200 && found === before.event; away += 8) {
    await clickAt(page, { x: place.x - away, y: place.y });
    await settle(page);
    found = (await now(page)).event;
  }
  expect(found).toBeLessThan(before.event);
  await expect(page.locator('.caption')).toContainText('S1');
});

test('comma goes to the cause, full stop back to the effect', async ({ page }) => {
  await opened(page, 'raft-wrong-side', '2.4 s');
  const { event } = await now(page);
  await page.keyboard.press(',');
  await expect(page.locator('main')).not.toHaveAttribute('data-event', String(event));
  await settle(page);
  const cause = await now(page);
  expect(cause.event).toBeLessThan(event);
  await page.keyboard.press('.');
  await standsAt(page, event);
});

test('zooming by buttons, keys and wheel shows more and less, and the rail says how much', async ({ page }) => {
  await opened(page, 'raft-wrong-side', '2.4 s');
  const width = async (): Promise<number> => {
    const [start = 0, end = 0] = await brackets(page);
    return end - start;
  };
  await expect.poll(width).toBeGreaterThan(0);
  for (let times = 0; times < 3; times++) await button(page, 'Zoom out').click();
  const wide = await width();
  await button(page, 'Zoom in').click();
  const closer = await width();
  expect(closer).toBeLessThan(wide);
  const place = await atPlayhead(page, 'S3');
  await page.mouse.move(place.x, place.y);
  await page.mouse.wheel(0, -240);
  await expect.poll(width).toBeLessThan(closer);
  // What the wheel is turned over stays where it is: here, the playhead.
  expect((await atPlayhead(page, 'S3')).x).toBeCloseTo(place.x, 0);
  await lifeline(page, 'S1').focus();
  const before = await width();
  await page.keyboard.press('z');
  await expect.poll(width).toBeLessThan(before);
});

test('arrows walk the lifelines, and Enter follows one', async ({ page }) => {
  await opened(page, 'raft-wrong-side', '2.4 s');
  await lifeline(page, 'S1').focus();
  await page.keyboard.press('ArrowDown');
  await expect(lifeline(page, 'S2')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(lifeline(page, 'S2')).toHaveAttribute('aria-pressed', 'true');
  const { event } = await now(page);
  // Still time, whatever has the focus; with ⇧ the lifeline's own.
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.locator('main')).not.toHaveAttribute('data-event', String(event));
  await settle(page);
  await expect(page.locator('.caption')).toContainText('S2');
  await page.keyboard.press('Escape');
  await expect(lifeline(page, 'S2')).toHaveAttribute('aria-pressed', 'false');
});

test('dragging moves the paper, not the playhead; dragging at the foot scrubs', async ({ page }) => {
  await opened(page, 'raft-wrong-side', '2.4 s');
  const before = await now(page);
  const place = await atPlayhead(page, 'S5');
  const empty = { x: place.x - 260, y: place.y + 12 };
  const [start = 0] = await brackets(page);
  await drag(page, empty, { x: empty.x - 120, y: empty.y });
  await expect.poll(async () => (await brackets(page))[0]).toBeGreaterThan(start);
  expect(await now(page)).toEqual(before);
  const foot = { x: place.x - 300, y: place.y + 22 };
  await drag(page, foot, { x: foot.x + 60, y: foot.y });
  await settle(page);
  expect((await now(page)).time).not.toBe(before.time);
});

/** Steps forward until somebody hears from the leader: there the head of an arrow stands under the playhead. @returns who. */
async function stepToArrival(page: Page): Promise<string> {
  for (let steps = 0; steps < 40; steps++) {
    const { event } = await now(page);
    await page.keyboard.press('ArrowRight');
    await standsAt(page, event + 1);
    const receiver = /^(S\d) heard from its leader/.exec(await caption(page).innerText())?.[1];
    if (receiver !== undefined) return receiver;
  }
  throw new Error('Nobody has heard from the leader');
}

test('an arrow pulled by its head to the right arrives later, below the lifelines never', async ({ page }) => {
  await opened(page, 'raft-wrong-side', '2.4 s');
  const receiver = await stepToArrival(page);
  const { event } = await now(page);
  const head = await atPlayhead(page, receiver);
  await drag(page, { x: head.x - 1, y: head.y - 1 }, { x: head.x + 120, y: head.y });
  await settle(page);
  await expect(caption(page)).toContainText('later by');
  await expect(page.getByRole('tab', { name: /^Branches/ })).toContainText('2');
  await button(page, /^Undo/).click();
  await settle(page);
  await goTo(page, String(event));
  const again = await atPlayhead(page, receiver);
  await drag(page, { x: again.x - 1, y: again.y - 1 }, { x: again.x + 10, y: (await atPlayhead(page, 'S5')).y + 24 });
  await settle(page);
  await expect(page.getByRole('tab', { name: /^Branches/ })).toContainText('3');
  await expect(caption(page)).toContainText('dropped');
});

test('the lifelines of the sides of a cut stand apart', async ({ page }) => {
  await opened(page, 'raft-wrong-side', '2.5 s');
  const gap = async (a: string, b: string): Promise<number> => {
    const [one, other] = [await lifeline(page, a).boundingBox(), await lifeline(page, b).boundingBox()];
    return (other?.y ?? 0) - (one?.y ?? 0);
  };
  expect(await gap('S2', 'S3')).toBeCloseTo(await gap('S1', 'S2'), 0);
  const sheet = await page.getByRole('group', { name: 'Network' }).boundingBox();
  if (!sheet) throw new Error('No network');
  const x = sheet.x + sheet.width * 0.42;
  await page.keyboard.down('Shift');
  await drag(page, { x, y: sheet.y + 8 }, { x, y: sheet.y + sheet.height / 2 }, { x, y: sheet.y + sheet.height - 8 });
  await page.keyboard.up('Shift');
  await settle(page);
  await expect(cutLinks(page)).toHaveCount(6);
  await expect.poll(async () => (await gap('S2', 'S3')) / (await gap('S1', 'S2'))).toBeCloseTo(1.45, 1);
});

test('on a phone it is a tab, and time runs downwards', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openStoppedAt(page, 'raft-wrong-side', '2.4 s');
  await drawer(page, 'Space–time');
  const [one, other] = [await lifeline(page, 'S1').boundingBox(), await lifeline(page, 'S2').boundingBox()];
  expect(other?.x ?? 0).toBeGreaterThan(one?.x ?? 0);
  expect(other?.y).toBe(one?.y);
});
