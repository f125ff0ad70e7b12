import { defineConfig } from '@playwright/test';
import { findBrowser } from './e2e/support/browser.ts';
import { freePort } from './e2e/support/port.ts';

const browser = await findBrowser();
// Playwright reads this file again in every worker: the first reading decides, its children inherit.
const port = (process.env['NETSPLIT_E2E_PORT'] ??= String(await freePort()));

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'build/e2e',
  // A test that was left alone by mistake must not pass for the whole suite.
  forbidOnly: true,
  // A test that passes at the second try is a test that fails.
  retries: 0,
  // A slow machine is no failure; what never comes still fails.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 2,
  reporter: [['list'], ['json', { outputFile: 'build/e2e.json' }]],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    launchOptions: browser,
    // No trace: recording a page that draws sixty times a second takes longer than all that it does (`--trace on` makes one).
    screenshot: 'only-on-failure',
  },
  // The page as it is published: built, with its Content-Security-Policy. `npm test` builds it before.
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
