// The Chinese page: every region works and speaks Chinese.
import type { Page } from '@playwright/test';
import { button, openStoppedAt, settle, standsAt, now } from './support/person.ts';
import { expect, test } from './support/test.ts';

async function inChinese(page: Page): Promise<void> {
  await openStoppedAt(page, 'routing-abilene', '10.3 s');
  await button(page, '中文').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
}

/** Two English words one after the other. Names of messages, nodes and fields stay Latin, so one alone is none. */
const ENGLISH = /\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b/;

test('every region is there by its Chinese name', async ({ page }) => {
  await inChinese(page);
  await expect(page.getByRole('group', { name: '网络' }).getByRole('button', { name: /^链路 DNVR–KSCY，畅通/ })).toBeVisible();
  await expect(button(page, '播放')).toBeVisible();
  await expect(page.getByRole('slider', { name: '播放头' })).toBeVisible();
  await button(page, '时空图').click();
  for (const name of ['时空图', '数据包', '分叉', '检查', '指标', '事件']) {
    await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    const region = page.getByRole('region', { name, exact: true });
    await expect(region).toBeVisible();
    expect(await region.innerText()).not.toMatch(ENGLISH);
  }
});

test('the caption speaks Chinese at every step', async ({ page }) => {
  await inChinese(page);
  const said = page.locator('.caption');
  for (let steps = 0; steps < 12; steps++) {
    const { event } = await now(page);
    await page.keyboard.press('ArrowRight');
    await standsAt(page, event + 1);
    await expect(said).toContainText(/[\u4e00-\u9fff]/);
    expect(await said.innerText()).not.toMatch(ENGLISH);
  }
});

test('the inspector, a cut and its undo speak Chinese', async ({ page }) => {
  await inChinese(page);
  await page.getByRole('group', { name: '网络' }).getByRole('button', { name: /^链路 DNVR–KSCY/ }).focus();
  await page.keyboard.press('x');
  await settle(page);
  await expect(page.locator('.caption')).toContainText('你');
  await expect(button(page, /^撤销：/)).toBeEnabled();
  const inspector = page.getByRole('region', { name: '查看' }).or(page.locator('.inspector'));
  await expect(inspector.first()).toContainText(/[\u4e00-\u9fff]/);
  expect(await inspector.first().innerText()).not.toMatch(ENGLISH);
});

test('the gallery speaks Chinese, and the choice is kept', async ({ page }) => {
  await page.goto('#/');
  await button(page, '中文').click();
  await expect(page.getByRole('heading', { level: 1, name: '把网络拆开来看。' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: '把网络拆开来看。' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByRole('link', { name: '先洪泛，再重算' })).toBeVisible();
  await button(page, 'English').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('the theme is switched and kept', async ({ page }) => {
  await page.goto('#/');
  const html = page.locator('html');
  await button(page, 'Dark theme').click();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await button(page, 'Light theme').click();
  await expect(html).toHaveAttribute('data-theme', 'light');
});
