// The gallery: every scenario by its title, and the way there and back.
import { button, network, openScenario, pause, settle } from './support/person.ts';
import { builtinScenarios } from '../workers/protocols/registry.ts';
import { expect, test } from './support/test.ts';

test('the brand leads from a scenario to the gallery, and a card from there to its scenario', async ({ page }) => {
  await openScenario(page, 'routing-textbook');
  await page.getByRole('link', { name: /^Netsplit/ }).click();
  await expect(page).toHaveURL(/#\/$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Take a network apart.' })).toBeVisible();
  await page.getByRole('link', { name: 'Flood, then recompute', exact: true }).click();
  await expect(page).toHaveURL(/#\/routing-abilene$/);
  await settle(page);
  await expect(page).toHaveTitle(/Flood, then recompute/);
});

test('each scenario is one link, named by its title, with its picture', async ({ page }) => {
  await page.goto('#/');
  const cards = page.getByRole('main').getByRole('list').getByRole('link');
  await expect(cards).toHaveCount(builtinScenarios.length);
  const found = await cards.evaluateAll((list) => list.map((card) => ({ name: card.getAttribute('aria-label') ?? '', title: card.querySelector('h2')?.textContent ?? '', href: card.getAttribute('href') ?? '' })));
  for (const { name, title, href } of found) {
    expect(name).toBe(title);
    expect(href).toMatch(/^#\/[a-z]+[a-z0-9-]*$/);
  }
  expect(new Set(found.map(({ name }) => name)).size).toBe(found.length);
  for (const card of await cards.all()) await expect(card.locator('svg .net').first()).toBeVisible();
  // Where a run has leaders and candidates, its card shows them, as soon as the run was asked.
  await expect(page.getByRole('link', { name: 'A leader on the wrong side', exact: true }).locator('.role-solid text')).toHaveText('S1');
});

test('every scenario opens from its address, running', async ({ page }) => {
  test.slow();
  await page.goto('#/');
  const links = page.getByRole('main').getByRole('list').getByRole('link');
  await expect(links).toHaveCount(builtinScenarios.length);
  const addresses = await links.evaluateAll((list) => list.map((card) => card.getAttribute('href') ?? ''));
  for (const address of addresses) {
    await page.goto(address);
    await settle(page);
    // A link that stands upright has no area: it does not count as seen.
    await expect(network(page).getByRole('button', { name: /^Link / }).filter({ visible: true }).first()).toBeVisible();
    await expect(button(page, 'Pause').or(button(page, 'Play'))).toBeVisible();
  }
});

test('families filter the cards', async ({ page }) => {
  await page.goto('#/');
  const filter = page.getByRole('navigation', { name: 'Families' });
  const all = filter.getByRole('button', { name: /^All/ });
  await expect(all).toHaveAttribute('aria-pressed', 'true');
  await filter.getByRole('button', { name: /^Routing/ }).click();
  await expect(all).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByRole('main').getByRole('list').getByRole('link')).toHaveCount(builtinScenarios.filter((scenario) => scenario.family === 'routing').length);
});

test('the gallery offers to go on where the last run was left', async ({ page }) => {
  await openScenario(page, 'routing-ring');
  await pause(page);
  await page.getByRole('link', { name: /^Netsplit/ }).click();
  await page.getByRole('link', { name: /^Continue at step/ }).click();
  await expect(page).toHaveURL(/#\/routing-ring$/);
  await settle(page);
});

test('an address of nothing says so, and the way to the gallery is there', async ({ page }) => {
  await page.goto('#/routing-nowhere');
  await expect(page.getByRole('alert')).toContainText('routing-nowhere');
  await page.getByRole('link', { name: 'All scenarios' }).click();
  await expect(page).toHaveURL(/#\/$/);
});

test('the title is a menu of scenarios', async ({ page }) => {
  await openScenario(page, 'routing-abilene');
  await button(page, 'Flood, then recompute').click();
  await expect(page.getByRole('menuitemradio', { name: 'Flood, then recompute' })).toBeChecked();
  const others = page.getByRole('menuitemradio', { checked: false });
  await expect(others).toHaveCount(builtinScenarios.length - 1);
  await others.first().click();
  await expect(page).not.toHaveURL(/abilene/);
  await settle(page);
});
