#!/usr/bin/env node
// In a checkout the command line is bundled when its sources changed; an installed package brings the bundle along.
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

if (existsSync(path.join(root, 'workers/cli'))) {
  const { install } = await import('./install.js');
  install();
  const { bundled } = await import('./bundle.js');
  await bundled('netsplit');
}
await import(new URL('../../build/netsplit.js', import.meta.url).href);
