// What a person does at the page: looks where something is, and uses mouse, keyboard and fingers. No script acts here.
import { expect, type Locator, type Page } from '@playwright/test';

/** A place in the window (px). */
export type Place = { readonly x: number; readonly y: number };

/** Where the playhead is, as the page says it. */
export type Now = { readonly event: number; readonly time: number };

/** Opens a built-in scenario by its address and waits until its network is drawn. */
export async function openScenario(page: Page, scenario: string): Promise<void> {
  await page.goto(`#/${scenario}`);
  await settle(page);
  // A link that lies level or upright has no area: it does not count as seen.
  await expect(network(page).getByRole('button', { name: /^Link / }).filter({ visible: true }).first()).toBeVisible();
}

/** Waits until nothing is being loaded. */
export async function settle(page: Page): Promise<void> {
  await expect(page.locator('main')).toHaveAttribute('data-idle', 'true');
}

export async function now(page: Page): Promise<Now> {
  const main = page.locator('main');
  return { event: Number(await main.getAttribute('data-event')), time: Number(await main.getAttribute('data-time')) };
}

/** Waits until the playhead stands on an event. */
export async function standsAt(page: Page, event: number): Promise<void> {
  await expect(page.locator('main')).toHaveAttribute('data-event', String(event));
  await settle(page);
}

export function network(page: Page): Locator {
  return page.getByRole('group', { name: 'Network' });
}

export function node(page: Page, label: string): Locator {
  return network(page).getByRole('button', { name: new RegExp(`^${label}, `) });
}

/** A link by its ends: `DNVR–KSCY`. */
export function link(page: Page, ends: string): Locator {
  return network(page).getByRole('button', { name: new RegExp(`^Link ${ends}, `) });
}

/** Links that are named as cut, both ways or one. */
export function cutLinks(page: Page): Locator {
  return network(page).getByRole('button', { name: /^Link .*, cut/ });
}

export function caption(page: Page): Locator {
  return page.locator('.caption');
}

export function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole('button', { name, exact: typeof name === 'string' });
}

export async function pause(page: Page): Promise<void> {
  await button(page, 'Pause').click();
  await expect(button(page, 'Play')).toBeVisible();
  await settle(page);
}

/** Goes to a step or a time by the field that key G opens. */
export async function goTo(page: Page, where: string): Promise<void> {
  await page.keyboard.press('g');
  const dialog = page.getByRole('dialog', { name: 'Go to' });
  await dialog.getByLabel('Step or time').pressSequentially(where);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await settle(page);
}

/** Opens a scenario, stops it, and stands where packets are known to be: at the same step in every run of a test. */
export async function openStoppedAt(page: Page, scenario: string, where: string): Promise<void> {
  await openScenario(page, scenario);
  await pause(page);
  await goTo(page, where);
}

/** Where a node is drawn. */
export async function placeOfNode(mark: Locator): Promise<Place> {
  return mark.evaluate((element: SVGGElement) => {
    const matrix = element.getScreenCTM();
    return { x: matrix?.e ?? 0, y: matrix?.f ?? 0 };
  });
}

/** A place on a link's line, at a fraction of its way. */
export async function placeOnLink(mark: Locator, fraction: number): Promise<Place> {
  return mark.locator('path.hit').evaluate((path: SVGPathElement, at) => {
    const { x, y } = path.getPointAtLength(path.getTotalLength() * at);
    const matrix = path.getScreenCTM();
    return matrix ? { x: x * matrix.a + matrix.e, y: y * matrix.d + matrix.f } : { x: 0, y: 0 };
  }, fraction);
}

export async function clickAt(page: Page, { x, y }: Place, options: { readonly button?: 'right' } = {}): Promise<void> {
  await page.mouse.click(x, y, options);
}

/** Presses at one place, moves to the others, and lets go at the last. */
export async function drag(page: Page, from: Place, ...way: readonly Place[]): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (const { x, y } of way) await page.mouse.move(x, y, { steps: 6 });
  await page.mouse.up();
}

/** Takes a tool of the stage by its button. */
export async function takeTool(page: Page, name: 'Select and move' | 'Cut' | 'Add node'): Promise<void> {
  const tool = page.getByRole('toolbar', { name: 'Stage tools' }).getByRole('button', { name, exact: true });
  await tool.click();
  await expect(tool).toHaveAttribute('aria-pressed', 'true');
}

/** Cuts a link with the scissors at a fraction of its way, and puts them down again. */
export async function cutByScissors(page: Page, ends: string, fraction: number): Promise<void> {
  await takeTool(page, 'Cut');
  await clickAt(page, await placeOnLink(link(page, ends), fraction));
  await expect(link(page, ends)).toHaveAccessibleName(/, cut/);
  await settle(page);
  await takeTool(page, 'Select and move');
}

export type DrawerPage = 'Charts' | 'Compare' | 'Space–time' | 'Operations' | 'Events' | 'Packets' | 'Branches' | 'Checks' | 'Metrics';

/** Turns the drawer to a page, opening it if it is closed. @returns the page's region. */
export async function drawer(page: Page, name: DrawerPage): Promise<Locator> {
  const tab = page.getByRole('tab', { name: new RegExp(`^${name}`) });
  // A drawer that is open from the start is there once its script is.
  const opener = button(page, /^(Space–time|Charts|Compare)$/);
  await expect(tab.or(opener).first()).toBeVisible();
  if (!(await tab.isVisible())) await opener.click();
  await tab.click();
  const region = page.getByRole('region', { name: name.replace('–', '-'), exact: true });
  await expect(region).toBeVisible();
  return region;
}

/** Steps forward, event by event, until the caption says something. Fails after `most` events without it. */
export async function stepUntil(page: Page, sentence: RegExp, most = 80): Promise<void> {
  for (let steps = 0; steps < most; steps++) {
    const { event } = await now(page);
    await button(page, 'Step forward').click();
    await standsAt(page, event + 1);
    await expect(page.locator('.eventrow.now')).toHaveAttribute('data-step', String(event + 1));
    if (sentence.test(await caption(page).innerText())) return;
  }
  throw new Error(`${most} events, and none of them says ${String(sentence)}`);
}

/** The digests of all branches to their ends, by the branch's name, computed by the button that is there for it. */
export async function digests(page: Page): Promise<ReadonlyMap<string, string>> {
  const branches = await drawer(page, 'Branches');
  await branches.getByRole('button', { name: 'Compare the ends' }).click();
  const rows = branches.locator('.branchrow');
  await expect(branches.locator('.digest')).toHaveCount(await rows.count(), { timeout: 30_000 });
  const found = await rows.evaluateAll((list) =>
    list.map((row) => [row.querySelector('.name')?.textContent ?? '', row.querySelector('.digest')?.textContent ?? ''] as const),
  );
  return new Map(found);
}

/** Goes on in a branch by its row in the drawer. */
export async function switchTo(page: Page, branch: string): Promise<void> {
  const branches = await drawer(page, 'Branches');
  const row = branches.getByRole('button', { name: new RegExp(`^${branch}`) });
  await row.click();
  await expect(row).toHaveAttribute('aria-current', 'true');
  await settle(page);
}
