import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

test('the built page starts without breaking its own Content-Security-Policy', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto('');
  await expect(page).toHaveTitle(/Netsplit/);
  await expect(page.locator('#root > *').first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('an inline script is refused', async ({ page }) => {
  await page.goto('');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.documentElement.dataset.ran = "yes"';
    document.head.append(script);
    return document.documentElement.dataset['ran'] === 'yes';
  });
  expect(ran).toBe(false);
});

test('a chosen theme is there before the page is drawn', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('netsplit.theme', 'dark'));
  // Only the document and the script that sets the theme arrive: the application never starts.
  await page.route(/assets/, (route) => route.abort());
  await page.goto('');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('every address in the built page is relative, so that any folder can serve it', () => {
  const html = readFileSync('dist/index.html', 'utf8');
  const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1]);
  expect(addresses.length).toBeGreaterThan(2);
  expect(addresses.filter((address) => !address?.startsWith('./'))).toEqual([]);
});

// The goal is 130 kB. React takes 68 of it, D3 30, i18next 16, the stage 40; until they are fewer, what we add must not grow.
test('the first screen needs no more script than it did: 202 kB', async ({ page }) => {
  const sizes = new Map<string, number>();
  page.on('response', async (response) => {
    // The worker's script loads beside the page and keeps nobody waiting for the first picture.
    if (response.request().resourceType() !== 'script' || response.url().includes('.worker')) return;
    sizes.set(response.url(), gzipSync(await response.body()).length);
  });
  await page.goto('', { waitUntil: 'networkidle' });
  expect(sizes.size).toBeGreaterThan(0);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(total, `bytes of script, gzip: ${JSON.stringify([...sizes])}`).toBeLessThanOrEqual(202_000);
});
