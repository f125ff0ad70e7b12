// axe finds nothing on either screen, in either theme and language, with what can be open open.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openStoppedAt, settle } from './support/person.ts';
import { expect, test } from './support/test.ts';

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`) }));
  expect(found).toEqual([]);
}

const words = {
  en: { other: null, network: 'Network', drawer: 'Space–time' },
  zh: { other: '中文', network: '网络', drawer: '时空图' },
} as const;

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['en', 'zh'] as const) {
    test.describe(`${theme}, ${language}`, () => {
      test.use({ colorScheme: theme });
      const { other, network, drawer } = words[language];
      const speak = async (page: Page): Promise<void> => {
        if (other !== null) await page.getByRole('button', { name: other, exact: true }).click();
      };

      test('the gallery', async ({ page }) => {
        await page.goto('#/');
        await settle(page);
        await speak(page);
        await isAccessible(page);
      });

      test('a scenario, with inspector, drawer and menu open', async ({ page }) => {
        test.slow();
        await openStoppedAt(page, 'routing-abilene', '10.305 s');
        await speak(page);
        await isAccessible(page);
        await page.getByRole('button', { name: drawer, exact: true }).click();
        for (const tab of await page.getByRole('tab').all()) {
          await tab.click();
          await isAccessible(page);
        }
        const link = page.getByRole('group', { name: network }).getByRole('button', { name: /DNVR–KSCY/ });
        await link.focus();
        await page.keyboard.press('Enter');
        await page.keyboard.press('x');
        await settle(page);
        await isAccessible(page);
        await page.keyboard.press('Shift+F10');
        await expect(page.getByRole('menu')).toBeVisible();
        await isAccessible(page);
        await page.keyboard.press('Escape');
        await page.keyboard.press('t');
        await isAccessible(page);
      });
    });
  }
}

test('a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openStoppedAt(page, 'routing-abilene', '10.305 s');
  await isAccessible(page);
});

test('dialogs', async ({ page }) => {
  await openStoppedAt(page, 'routing-abilene', '10.3 s');
  await page.getByRole('button', { name: 'Partition', exact: true }).click();
  await isAccessible(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await expect(page.getByRole('dialog', { name: 'Go to' })).toBeVisible();
  await isAccessible(page);
});
