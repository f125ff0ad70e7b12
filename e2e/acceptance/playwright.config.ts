// The largest network in the built page: `npx playwright test --config e2e/acceptance/playwright.config.ts`.
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import shared from '../../playwright.config.ts';

const server = Array.isArray(shared.webServer) ? shared.webServer[0] : shared.webServer;
if (!server) throw new Error('The tests of the page start no server');

// Spread, not merged: merging would start a second server, in this folder.
export default defineConfig({
  ...shared,
  testDir: import.meta.dirname,
  testMatch: '*.acceptance.ts',
  outputDir: '../../build/acceptance',
  // It measures time and memory: nothing beside it.
  workers: 1,
  timeout: 900_000,
  reporter: [['list']],
  webServer: { ...server, cwd: path.join(import.meta.dirname, '../..') },
});
