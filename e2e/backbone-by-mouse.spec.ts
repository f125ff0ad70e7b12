// The first paragraph of what this is for: cut a real backbone, step back, cut it elsewhere, keep both branches.
import {
  button, caption, clickAt, cutByScissors, cutLinks, digests, drag, drawer, link, network, node, now, openStoppedAt,
  pause, placeOfNode, settle, standsAt, stepUntil, switchTo,
} from './support/person.ts';
import { expect, test } from './support/test.ts';

const ABILENE = 'routing-abilene';
/** Every router has settled by then, and nothing is on its way between Denver and Kansas City. */
const QUIET = '10.3 s';

test('without an address the page opens Abilene, running', async ({ page }) => {
  await page.goto('');
  await expect(page).toHaveURL(/#\/routing-abilene$/);
  await expect(button(page, 'Pause')).toBeVisible();
  await expect(network(page).getByRole('button', { name: /^DNVR, router, Denver/ })).toBeVisible();
  const { event } = await now(page);
  await expect.poll(async () => (await now(page)).event).toBeGreaterThan(event);
  await pause(page);
});

test('dragging a router moves it on the sheet and leaves the run as it is', async ({ page }) => {
  await openStoppedAt(page, ABILENE, QUIET);
  const before = await now(page);
  const digest = await digests(page);
  const at = await placeOfNode(node(page, 'DNVR'));
  await drag(page, at, { x: at.x + 90, y: at.y - 60 });
  await expect.poll(async () => (await placeOfNode(node(page, 'DNVR'))).x).toBeGreaterThan(at.x + 80);
  expect(await now(page)).toEqual(before);
  expect(await digests(page)).toEqual(digest);
  await expect(button(page, 'Undo')).toBeDisabled();
});

test('a person cuts a link, watches, steps back, cuts another, and has both branches', async ({ page }) => {
  test.slow();
  await openStoppedAt(page, ABILENE, QUIET);
  const before = await now(page);

  await cutByScissors(page, 'DNVR–KSCY', 0.4);
  const cut = await now(page);
  expect(cut).toEqual({ event: before.event + 1, time: before.time });
  await expect(caption(page)).toContainText('You cut Denver–Kansas City');
  await expect(cutLinks(page)).toHaveCount(1);

  await test.step('the flood and the shortest-path runs', async () => {
    const events = await drawer(page, 'Events');
    const current = events.locator('[aria-current="step"]');
    await stepUntil(page, /announced that its link to .+ is gone/);
    await expect(current).toContainText('is gone');
    await stepUntil(page, /learned from .+ has lost its link/);
    await expect(caption(page)).toContainText('so it is newer');
    await expect(current).toContainText('has lost its link');
    await stepUntil(page, /reran Dijkstra/);
    await expect(current).toContainText('reran Dijkstra');
    expect((await now(page)).event).toBeGreaterThan(cut.event);
  });

  await test.step('back to before the cut', async () => {
    await button(page, 'Previous mark').click();
    await standsAt(page, cut.event);
    await button(page, 'Step back').click();
    await standsAt(page, before.event);
    await expect(cutLinks(page)).toHaveCount(0);
  });

  await test.step('another link instead', async () => {
    await cutByScissors(page, 'HSTN–LOSA', 0.6);
    await expect(caption(page)).toContainText('You cut Houston–Los Angeles');
    await expect(link(page, 'DNVR–KSCY')).toHaveAccessibleName(/, up/);
  });

  await test.step('both branches, each with its own end', async () => {
    // Under the rail lies the other one.
    const lane = page.getByRole('contentinfo').getByRole('button', { name: 'Cut Denver–Kansas City' });
    await expect(lane).toBeVisible();
    const first = await digests(page);
    expect([...first.keys()]).toEqual(['As the scenario has it', 'Cut Denver–Kansas City', 'Cut Houston–Los Angeles']);
    expect(new Set(first.values()).size).toBe(3);

    await switchTo(page, 'Cut Denver–Kansas City');
    await expect(link(page, 'DNVR–KSCY')).toHaveAccessibleName(/, cut/);
    await expect(link(page, 'HSTN–LOSA')).toHaveAccessibleName(/, up/);
    await switchTo(page, 'Cut Houston–Los Angeles');
    await expect(link(page, 'HSTN–LOSA')).toHaveAccessibleName(/, cut/);
    await lane.click();
    await settle(page);
    await expect(link(page, 'DNVR–KSCY')).toHaveAccessibleName(/, cut/);
    expect(await digests(page)).toEqual(first);
  });

  await test.step('undo and redo', async () => {
    await button(page, 'Undo: Cut Denver–Kansas City').click();
    await settle(page);
    await expect(cutLinks(page)).toHaveCount(0);
    await button(page, 'Redo: Cut Denver–Kansas City').click();
    await settle(page);
    await expect(link(page, 'DNVR–KSCY')).toHaveAccessibleName(/, cut/);
  });
});

test('a click on a crack with the scissors heals it, and so does the pill beside it', async ({ page }) => {
  await openStoppedAt(page, ABILENE, QUIET);
  await cutByScissors(page, 'DNVR–KSCY', 0.5);
  await button(page, 'Heal Denver–Kansas City').or(button(page, 'Heal DNVR–KSCY')).click();
  await expect(cutLinks(page)).toHaveCount(0);
  await expect(button(page, 'Undo: Heal Denver–Kansas City')).toBeEnabled();
});

test('stepping over a recorded cut plays it again, and back takes it away', async ({ page }) => {
  await openStoppedAt(page, ABILENE, QUIET);
  const before = await now(page);
  await cutByScissors(page, 'IPLS–KSCY', 0.5);
  await button(page, 'Step back').click();
  await standsAt(page, before.event);
  await expect(cutLinks(page)).toHaveCount(0);
  await button(page, 'Step forward').click();
  await standsAt(page, before.event + 1);
  await expect(cutLinks(page)).toHaveCount(1);
  await expect(caption(page)).toContainText('You cut Indianapolis–Kansas City');
});

test('the playhead is dragged on the rail, and a click on an event goes there', async ({ page }) => {
  await openStoppedAt(page, ABILENE, QUIET);
  const playhead = page.getByRole('slider', { name: 'Playhead' });
  const box = await page.getByRole('contentinfo').locator('.scrub').boundingBox();
  if (!box) throw new Error('The rail has no place');
  const y = box.y + box.height / 2;
  await drag(page, { x: box.x + box.width * 0.2, y }, { x: box.x + box.width * 0.5, y }, { x: box.x + box.width * 0.1, y });
  await settle(page);
  const { time } = await now(page);
  expect(time).toBeGreaterThan(0);
  expect(time).toBeLessThan(10_000_000_000);
  const events = await drawer(page, 'Events');
  const row = events.locator('.eventrow').nth(2);
  const step = await row.getAttribute('data-step');
  await row.click();
  await standsAt(page, Number(step));
  await expect(playhead).toHaveAttribute('aria-valuetext', /seconds, step/);
});

test('a click on a router opens the inspector with its forwarding table, and Esc closes it', async ({ page }) => {
  await openStoppedAt(page, ABILENE, QUIET);
  await clickAt(page, await placeOfNode(node(page, 'DNVR')));
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'Denver' })).toBeVisible();
  await expect(inspector).toContainText('Forwarding table');
  await expect(inspector).toContainText('Link-state database');
});
