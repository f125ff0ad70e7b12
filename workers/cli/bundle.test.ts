// The built command line, run by plain Node: what a person has.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { say } from './testing/terminal.ts';

const program = path.join(import.meta.dirname, '../tools/netsplit.js');
const netsplit = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });

test('prints one JSON document and nothing else, exit status 0', { timeout: 60_000 }, () => {
  const { status, stdout, stderr } = netsplit('run', 'routing-abilene', '--events', '100', '--json');
  expect([status, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ scenario: 'routing-abilene', events: 100 });
});

test('hunts in threads that run the same file, and finds what one thread alone finds', { timeout: 120_000 }, async () => {
  const { status, stdout, stderr } = netsplit('hunt', 'routing-ring', '--seeds', '1..9', '--bug', 'flood-without-sequence', '--shrink', '--json');
  expect([status, stderr]).toEqual([1, '']);
  const alone = JSON.parse((await say(['hunt', 'routing-ring', '--seeds', '1..9', '--bug', 'flood-without-sequence', '--shrink', '--json'])).out) as { readonly [part: string]: unknown };
  expect(JSON.parse(stdout)).toEqual({ ...alone, seconds: expect.any(Number), seedsPerSecond: expect.any(Number) });
});

test('says what is wrong in one line without a stack trace, exit status 2', { timeout: 60_000 }, () => {
  const { status, stdout, stderr } = netsplit('run', 'routing-abilene', '--seed', 'x');
  expect([status, stdout, stderr]).toEqual([2, '', 'netsplit: --seed is "x"; a whole number from 0 to 9007199254740991 is expected\n']);
});

const large = new URL('../../../shared/data/topologies/Cogentco.graphml', import.meta.url);

test.skipIf(!existsSync(large))('is quiet when its reader goes away', { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, [program, 'routes', large.pathname, '--json']);
  let error = '';
  child.stderr.on('data', (chunk) => (error += String(chunk)));
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise((resolve) => child.once('exit', resolve));
  expect([status, error]).toEqual([0, '']);
});
