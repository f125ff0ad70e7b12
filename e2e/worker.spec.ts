// What a person sees when the simulator dies, does not start, or is of another version.
import { CONTRACT_VERSION } from '../workers/contract.ts';
import { button, caption, cutByScissors, link, network, now, openStoppedAt, settle, standsAt } from './support/person.ts';
import { expect, test } from './support/test.ts';

const WORKER = '**/simulator.worker*.js';

test.describe('a worker that dies', () => {
  test.use({ expectedComplaint: /killed by the test/ });

  test('leaves the stage, says at which step it was, and starts again there with the branch that was open', async ({ page }) => {
    await openStoppedAt(page, 'routing-abilene', '10.3 s');
    await cutByScissors(page, 'DNVR–KSCY', 0.4);
    const { event } = await now(page);
    const [worker] = page.workers();
    await worker?.evaluate(() => {
      setTimeout(() => {
        throw new Error('killed by the test');
      });
    });
    const message = page.getByRole('alert').filter({ hasText: `The run stopped at step ${event.toLocaleString('en')}.` });
    await expect(message).toBeVisible();
    await expect(link(page, 'DNVR–KSCY')).toHaveAccessibleName(/, cut/);
    await message.getByRole('button', { name: 'Restart from there' }).click();
    await expect(message).toBeHidden();
    await standsAt(page, event);
    await expect(link(page, 'DNVR–KSCY')).toHaveAccessibleName(/, cut/);
    await expect(caption(page)).toContainText('You cut Denver–Kansas City');
    await page.keyboard.press('ArrowRight');
    await standsAt(page, event + 1);
    await button(page, /^Undo: /).click();
    await settle(page);
    await expect(link(page, 'DNVR–KSCY')).toHaveAccessibleName(/, up/);
  });
});

test.describe('a worker that does not load', () => {
  test.use({ expectedComplaint: /Failed to load resource/ });

  test('is said in one sentence, and can be tried again', async ({ page }) => {
    await page.route(WORKER, (route) => route.abort());
    await page.goto('#/routing-abilene');
    await expect(page.getByRole('alert')).toContainText('The simulator did not start');
    await page.unroute(WORKER);
    await button(page, 'Try again').click();
    await settle(page);
    await expect(network(page).getByRole('button', { name: /^DNVR, / })).toBeVisible();
  });
});

test('a worker of another version is refused before it is asked for anything', async ({ page }) => {
  const other = CONTRACT_VERSION + 1;
  await page.route(WORKER, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `addEventListener('message', ({ data: { id, path } }) => {
        if (path?.[0] !== 'hello') throw new Error('asked for ' + path);
        postMessage({ id, type: 'RAW', value: { version: ${other} } });
      });`,
    }),
  );
  await page.goto('#/routing-abilene');
  await expect(page.getByRole('alert')).toContainText(`different versions (${CONTRACT_VERSION}, ${other})`);
  await page.unroute(WORKER);
  await button(page, 'Try again').click();
  await settle(page);
  await expect(network(page).getByRole('button', { name: /^DNVR, / })).toBeVisible();
});
