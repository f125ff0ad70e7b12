import { defineConfig } from '@playwright/test';
import { findBrowser } from '../support/browser.ts';
import { freePort } from '../support/port.ts';

// Playwright reads this file again in every worker: the first reading decides, its children inherit.
const ours = (process.env['NETSPLIT_BENCH_PORT'] ??= String(await freePort()));
const peers = (process.env['NETSPLIT_BENCH_PEERS_PORT'] ??= String(await freePort()));
const root = '../..';

const serve = (port: string, ...where: readonly string[]): string =>
  ['node node_modules/vite/bin/vite.js preview', ...where, '--host 127.0.0.1 --strictPort --port', port].join(' ');

export default defineConfig({
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: `${root}/build/bench`,
  timeout: 20 * 60_000,
  workers: 1,
  reporter: 'dot',
  use: { baseURL: `http://127.0.0.1:${ours}/`, browserName: 'chromium', viewport: { width: 1440, height: 900 }, launchOptions: await findBrowser() },
  webServer: [
    { command: serve(ours), cwd: root, url: `http://127.0.0.1:${ours}/` },
    { command: serve(peers, 'e2e/bench/peers', '--config e2e/bench/peers/vite.config.ts'), cwd: root, url: `http://127.0.0.1:${peers}/` },
  ],
});
