// `npm run bench`: the benchmarks that need no page are bundled when they changed and run by plain Node; those of the
// page are run by Playwright on the built page. Arguments name the parts; without any, all of them run.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundled } from './bundle.js';

/**
 * Runs a program of the installed packages; it speaks on standard error, for the tables alone go to standard output.
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
  const windows = process.platform === 'win32';
  const { status } = spawnSync(path.join('node_modules/.bin', windows ? `${program}.cmd` : program), args, {
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  if (status !== 0) process.exit(1);
}

function benchPage() {
  run('vite', ['build', '--logLevel=warn']);
  run('vite', ['build', '--logLevel=error', '--config=e2e/bench/peers/vite.config.ts', 'e2e/bench/peers']);
  run('playwright', ['test', '--config=e2e/bench/playwright.config.ts']);
  for (const table of ['page', 'spacetime']) console.log(readFileSync(`build/bench-${table}.md`, 'utf8'));
}

const { bench, benchParts } = await import(await bundled('bench'));
const known = [...benchParts, 'page'];
const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !known.includes(name));
if (unknown !== undefined) {
  console.error(`There is no part ${unknown}: ${known.join(', ')} are expected`);
  process.exitCode = 2;
} else {
  const parts = chosen.filter((name) => name !== 'page');
  if (chosen.length === 0 || parts.length > 0) bench(parts, console.log);
  if (chosen.length === 0 || chosen.includes('page')) benchPage();
}
