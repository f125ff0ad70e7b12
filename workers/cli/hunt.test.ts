// netsplit hunt: what it prints, its shares and their merge, the recording of a failure. CONTRACT.md, "Command line".
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HuntResult } from './hunt-result.ts';
import { say, temporaryFile, temporaryFolder } from './testing/terminal.ts';

async function result(...args: string[]): Promise<HuntResult> {
  return JSON.parse((await say(['hunt', ...args, '--json'])).out) as HuntResult;
}

const chaos = ['raft-chaos', '--bug', 'majority-floor-half', '--faults', 'partition,crash', '--seeds', '1..3'];
const ring = ['routing-ring', '--bug', 'flood-without-sequence', '--faults', 'cut', '--seeds', '1..10'];

describe('the table', () => {
  test('of seeds that are fine, exit status 0', async () => {
    const { status, out, error } = await say(['hunt', 'routing-ring', '--seeds', '1..5', '--faults', 'cut,loss']);
    expect([status, error]).toEqual([0, '']);
    expect(out.replace(/[\d.]+\n$/, '#\n')).toBe(
      ['scenario        routing-ring', 'seeds           1..5', 'faults          cut, loss', 'tried           5', 'fine            5', 'violations      0', 'unknown         0', 'halted          0', 'seeds a second  #', ''].join('\n'),
    );
  });

  test('of seeds that fail, exit status 1: each invariant with the first seed that breaks it', async () => {
    const { status, out } = await say(['hunt', 'routing-ring', '--seeds', '3..5', '--bug', 'flood-without-sequence']);
    const lines = out.split('\n').map((line) => line.replace(/ {2,}/g, '  ').trim());
    expect(status).toBe(1);
    expect(lines).toEqual(expect.arrayContaining(['bugs  flood-without-sequence', 'fine  0', 'violations  3', expect.stringMatching(/^link-state\.only-newer-installed  3, first seed 3 at event \d+ \(\d+\.\d+ s\)$/), expect.stringMatching(/^recording  seed 3: 1 interventions, \d+ events$/)]));
  });
});

describe('--json', () => {
  test('says what was tried and what became of it', async () => {
    const said = await result('routing-ring', '--seeds', '4', '--faults', 'none');
    expect(said).toEqual({
      hunt: 1,
      scenario: 'routing-ring',
      of: expect.stringMatching(/^[0-9a-f]{64}$/),
      bugs: [],
      faults: [],
      seeds: { first: 4, last: 4 },
      shardCount: 1,
      shards: [1],
      tried: 1,
      fine: 1,
      violations: [],
      unknown: [],
      halted: [],
      seconds: expect.any(Number),
      seedsPerSecond: expect.any(Number),
      recording: null,
    });
  });

  test('a lost disk is tried only where it is named', async () => {
    expect((await result('routing-ring', '--seeds', '1')).faults).not.toContain('disk-lost');
    expect((await result('routing-ring', '--seeds', '1', '--faults', 'disk-lost,crash')).faults).toEqual(['crash', 'disk-lost']);
  });
});

describe('shares', () => {
  test('put together are the whole', async () => {
    const whole = await result(...ring);
    const shares = await Promise.all([1, 2, 3].map(async (index) => temporaryFile(`${index}.json`, JSON.stringify(await result(...ring, '--shard', `${index}/3`)))));
    const { status, out } = await say(['hunt', '--json', '--merge', ...shares.toReversed()]);
    const merged = JSON.parse(out) as HuntResult;
    const timeless = ({ seconds: _seconds, seedsPerSecond: _rate, ...rest }: HuntResult) => rest;
    expect(whole.violations.length).toBeGreaterThan(0);
    expect(status).toBe(1);
    expect(timeless(merged)).toEqual({ ...timeless(whole), shardCount: 3, shards: [1, 2, 3] });
  });

  test('of different hunts, or the same twice, are refused', async () => {
    const one = temporaryFile('one.json', JSON.stringify(await result('routing-ring', '--seeds', '1..4', '--shard', '1/2')));
    const other = temporaryFile('other.json', JSON.stringify(await result('routing-ring', '--seeds', '1..6', '--shard', '2/2')));
    expect((await say(['hunt', '--merge', one, other])).error).toBe(`netsplit: ${other} and ${one} are of different hunts: the range of seeds is not the same\n`);
    expect((await say(['hunt', '--merge', one, one])).error).toBe(`netsplit: ${one} and ${one} both hold share 1 of 2\n`);
  });
});

test('--shrink --out writes a small recording that fails again where it says', { timeout: 120_000 }, async () => {
  const out = path.join(temporaryFolder(), 'failure.json');
  const raw = await result(...chaos);
  const small = await result(...chaos, '--shrink', '--out', out);
  expect(small.violations).toEqual(raw.violations);
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(small.recording);
  expect(small.recording?.interventions.length).toBeLessThanOrEqual(raw.recording?.interventions.length ?? 0);
  const replayed = await say(['replay', out, '--json']);
  expect([replayed.status, JSON.parse(replayed.out)]).toEqual([0, expect.objectContaining({ same: true, events: small.recording?.events })]);
  const { violations } = JSON.parse((await say(['run', 'raft-chaos', '--seed', String(small.recording?.seed), '--bug', 'majority-floor-half', '--with', temporaryFile('with.json', JSON.stringify(small.recording?.interventions)), '--events', String(small.recording?.events), '--json'])).out) as { readonly violations: readonly { readonly event: number }[] };
  expect(violations[0]?.event).toBe(small.recording?.playhead);
});

test('nothing is written where nothing failed', async () => {
  const out = path.join(temporaryFolder(), 'failure.json');
  expect((await say(['hunt', 'routing-ring', '--seeds', '1', '--out', out])).status).toBe(0);
  expect(existsSync(out)).toBe(false);
});

describe('what is wrong is one line on standard error, with exit status 2', () => {
  test.each([
    [['hunt'], 'a scenario is expected, or --merge with files'],
    [['hunt', 'routing-rin'], '"routing-rin" is neither a built-in scenario (`netsplit list` names them) nor a file; did you mean routing-ring?'],
    [['hunt', 'routing-ring', '--seeds', 'all'], '--seeds is "all"; a range such as 1..1000 is expected, of at most 10000000 seeds'],
    [['hunt', 'routing-ring', '--seeds', '9..1'], '--seeds is "9..1"; a range such as 1..1000 is expected, of at most 10000000 seeds'],
    [['hunt', 'routing-ring', '--seeds', '1..99999999'], '--seeds is "1..99999999"; a range such as 1..1000 is expected, of at most 10000000 seeds'],
    [['hunt', 'routing-ring', '--faults', 'cut,crahs'], '--faults names "crahs"; there are: cut, one-way, partition, crash, loss, slow, delay, duplicate, skew, disk-lost, or none (did you mean crash?)'],
    [['hunt', 'routing-ring', '--shard', '0/4'], '--shard is "0/4"; I/N is expected, I from 1 to N'],
    [['hunt', 'routing-ring', '--shard', '5/4'], '--shard is "5/4"; I/N is expected, I from 1 to N'],
    [['hunt', 'routing-ring', '--bug', 'x'], 'No protocol of this scenario has a bug switch "x"; there are: flood-without-sequence.'],
    [['hunt', 'routing-ring', '--merge', 'a.json'], '--merge puts results together and runs nothing: no scenario is expected'],
    [['hunt', '--merge', 'nowhere.json'], 'nowhere.json: there is no such file'],
    [['hunt', 'routing-ring', '--seeds', '1', '--bug', 'flood-without-sequence', '--out', 'no/such/folder/f'], 'no/such/folder/f: there is no such file'],
  ])('netsplit %j', async (args, sentence) => {
    expect(await say(args)).toEqual({ status: 2, out: '', error: `netsplit: ${sentence}\n` });
  });

  test.each([
    ['{}', 'hunt is missing.'],
    ['{"hunt": 2}', 'hunt is 2; expected 1.'],
    ['[', 'Line 1, column 2: the JSON ends too early.'],
  ])('a result that is %s', async (content, sentence) => {
    const file = temporaryFile('result.json', content);
    expect(await say(['hunt', '--merge', file])).toEqual({ status: 2, out: '', error: `netsplit: ${file}: ${sentence}\n` });
  });
});
