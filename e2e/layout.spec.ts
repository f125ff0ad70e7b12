// Nothing runs over the side of the window, and a finger does what a mouse does.
import type { Page } from '@playwright/test';
import { button, clickAt, link, node, openStoppedAt, placeOfNode, placeOnLink, settle, type Place } from './support/person.ts';
import { expect, test } from './support/test.ts';

/** What sticks out to the right or left of the window, by its tag and class. */
async function overflowing(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const over = [...document.querySelectorAll('body *')].filter((element) => {
      // What scrolls in a box of its own, or is drawn on the sheet, is cut off there.
      if (element.closest('svg, .sheetview, [popover]:not(:popover-open)') !== null) return false;
      const { left, right, width } = element.getBoundingClientRect();
      if (width <= 1 || (right <= innerWidth + 0.5 && left >= -0.5)) return false;
      for (let box = element.parentElement; box; box = box.parentElement) {
        if (getComputedStyle(box).overflowX !== 'visible' && box !== document.body && box !== document.documentElement) return false;
      }
      return true;
    });
    return [
      ...(document.documentElement.scrollWidth > innerWidth ? [`the page is ${document.documentElement.scrollWidth} px wide`] : []),
      ...over.map((element) => `${element.tagName} ${element.className}`),
    ];
  });
}

for (const size of [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 820, height: 1180 },
  { width: 390, height: 844 },
]) {
  test.describe(`${size.width} × ${size.height}`, () => {
    test.use({ viewport: size });

    test('the gallery fits', async ({ page }) => {
      await page.goto('#/');
      await settle(page);
      expect(await overflowing(page)).toEqual([]);
    });

    test('a scenario fits, with the inspector, a cut and two branches', async ({ page }) => {
      await openStoppedAt(page, 'routing-abilene', '10.3 s');
      expect(await overflowing(page)).toEqual([]);
      await clickAt(page, await placeOnLink(link(page, 'DNVR–STTL'), 0.4));
      await page.keyboard.press('x');
      await settle(page);
      await page.keyboard.press('ArrowLeft');
      await settle(page);
      await clickAt(page, await placeOnLink(link(page, 'HSTN–LOSA'), 0.3));
      await page.keyboard.press('x');
      await settle(page);
      expect(await overflowing(page)).toEqual([]);
      const opener = page.locator('.opener');
      if (await opener.isVisible()) await opener.click();
      expect(await overflowing(page)).toEqual([]);
    });
  });
}

test.describe('with a finger', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  /** Puts a finger down and leaves it there. @returns lifts it. */
  async function hold(page: Page, { x, y }: Place): Promise<() => Promise<void>> {
    const session = await page.context().newCDPSession(page);
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    return async () => {
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
  }

  test.beforeEach(async ({ page }) => {
    await page.goto('#/routing-abilene');
    await settle(page);
    await button(page, 'Pause').tap();
    await settle(page);
  });

  test('a tap selects a router', async ({ page }) => {
    const { x, y } = await placeOfNode(node(page, 'HSTN'));
    await page.touchscreen.tap(x, y);
    await expect(page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { name: 'Houston' })).toBeVisible();
  });

  test('a long press opens the menu, and an item of it acts', async ({ page }) => {
    const lift = await hold(page, await placeOfNode(node(page, 'HSTN')));
    const crash = page.getByRole('menuitem', { name: 'Crash' });
    await expect(crash).toBeVisible();
    await lift();
    await expect(crash).toBeVisible();
    await crash.tap();
    await expect(node(page, 'HSTN')).toHaveAccessibleName(/crashed/);
  });

  test('what is touched is at least 44 px high', async ({ page }) => {
    const controls = await page.getByRole('contentinfo').getByRole('button').all();
    for (const control of controls) {
      if (!(await control.isVisible())) continue;
      const box = await control.boundingBox();
      expect(box?.height, await control.evaluate((element) => element.outerHTML.slice(0, 120))).toBeGreaterThanOrEqual(44);
    }
  });
});
