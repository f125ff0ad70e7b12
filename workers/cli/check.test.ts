// `netsplit check`: CONTRACT.md, "Command line".
import { describe, expect, test } from 'vitest';
import { say, temporaryFile } from './testing/terminal.ts';

const event = (type: string, client: string | number, op: string, key: string, value?: unknown, more: object = {}): object => ({ type, client, op, key, ...(value !== undefined && { value }), ...more });
const fileOf = (...lines: readonly (object | string)[]): string =>
  temporaryFile('history.jsonl', lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));

/** A stale read: x is 1 when c2 begins to read nothing. */
const stale = [
  event('invoke', 'c1', 'put', 'x', '1', { time: 1 }),
  event('invoke', 'c3', 'put', 'y', '7', { time: 2 }),
  event('ok', 'c1', 'put', 'x', '1', { time: 3 }),
  event('invoke', 'c2', 'get', 'x', null, { time: 4 }),
  event('ok', 'c2', 'get', 'x', null, { time: 5 }),
  event('info', 'c3', 'put', 'y', '7', { time: 6 }),
];

describe('a history that is not linearizable', () => {
  test('exit status 1; the key, the longest prefix, and the operation that cannot come next', async () => {
    const { status, out, error } = await say(['check', fileOf(...stale), '--json']);
    const put = { client: 'c1', op: 'put', key: 'x', value: '1', outcome: 'ok', lines: [1, 3] };
    const get = { client: 'c2', op: 'get', key: 'x', value: null, outcome: 'ok', lines: [4, 5] };
    expect([status, error]).toEqual([1, '']);
    expect(JSON.parse(out)).toEqual({
      verdict: 'violation',
      operations: 3,
      keys: [
        { key: 'x', operations: 2, verdict: 'violation', steps: 2, prefix: [put], value: '1', blocked: get },
        { key: 'y', operations: 1, verdict: 'linearizable', steps: 0, prefix: [], value: null, blocked: null },
      ],
    });
  });

  test('is a table for people', async () => {
    const { out } = await say(['check', fileOf(...stale)]);
    expect(out).toBe(
      [
        'history     not linearizable',
        'operations  3',
        '',
        'key  operations  steps  verdict',
        'x             2      2  not linearizable',
        'y             1      0  linearizable',
        '',
        'key  client  longest linearizable prefix               where',
        'x    c1      wrote "1"                                 lines 1 to 3',
        'x    c2      read null cannot come: the key holds "1"  lines 4 to 5',
        '',
      ].join('\n'),
    );
  });
});

test('a history that is linearizable: exit status 0', async () => {
  const file = fileOf(...stale.slice(0, 3), event('invoke', 'c2', 'get', 'x'), '', event('ok', 'c2', 'get', 'x', '1'));
  expect((await say(['check', file])).out).toMatch(/^history +linearizable\noperations +3\n\nkey +operations +steps +verdict\nx +2 +\d+ +linearizable\ny +1 +\d+ +linearizable\n$/);
  expect(await say(['check', file, '--json'])).toMatchObject({ status: 0, error: '' });
});

test('a client that is a number, numbers as values, compare-and-set, and requests that overlap', async () => {
  const file = fileOf(
    event('invoke', 1, 'cas', 'x', [null, 5], { request: 1 }),
    event('invoke', 1, 'get', 'x', undefined, { request: 2 }),
    event('ok', 1, 'cas', 'x', [null, 5], { request: 1 }),
    event('ok', 1, 'get', 'x', 5, { request: 2 }),
  );
  expect((await say(['check', file])).status).toBe(0);
});

test('too many steps: "unknown" is said, and nothing is proven: exit status 1', async () => {
  const file = fileOf(...stale);
  expect(JSON.parse((await say(['check', file, '--steps', '1', '--json'])).out)).toMatchObject({ verdict: 'unknown', keys: [{ key: 'x', verdict: 'unknown' }, { key: 'y' }] });
  const { status, out } = await say(['check', file, '--steps', '1']);
  expect([status, out.split('\n')[0]]).toEqual([1, 'history     unknown: too many steps']);
});

test('a tape: what its clients noted', async () => {
  const note = (key: string, args: object): object => ({ kind: 'note', key: `client.${key}`, args: { client: 'C1', request: 1, op: 'put', key: 'x', value: '1', ...args } });
  const tapeEvent = (number: number, ...effects: object[]): object => ({ event: number, time: number, cause: null, node: 'C1', process: 'kv', input: { kind: 'timer', timer: 'next' }, effects });
  const file = fileOf(
    { netsplit: 1, scenario: {}, seed: 1, interventions: [] },
    tapeEvent(0, note('invoke', {}), { kind: 'send', packet: 'C1.1', to: 'S1' }),
    tapeEvent(1, note('ok', {}), note('invoke', { request: 2, op: 'get', value: null })),
    tapeEvent(2, { kind: 'note', key: 'raft.commit', args: {} }, note('ok', { request: 2, op: 'get', value: '0' })),
  );
  const { status, out } = await say(['check', file, '--json']);
  expect([status, JSON.parse(out)]).toMatchObject([1, { operations: 2, keys: [{ key: 'x', blocked: { client: 'C1', op: 'get', value: '0', lines: [3, 4] } }] }]);
});

describe('what is wrong is one line with file, line and key', () => {
  const good = event('invoke', 'c1', 'put', 'x', '1');
  test.each([
    [[good, '{"type": "ok", "client": }'], 'Line 2, column 26: found "}"; a value is expected.'],
    [[good, event('done', 'c1', 'put', 'x', '1')], 'line 2: type is "done"; one of these is expected: invoke, ok, fail, info.'],
    [[{ ...good, clint: 'c1' }], 'line 1: "clint" is not known here (did you mean "client"?).'],
    [[{ type: 'invoke', client: 'c1', op: 'get' }], 'line 1: key is missing.'],
    [[event('invoke', 'c1', 'put', 'x')], 'line 1: value is missing.'],
    [[event('invoke', 'c1', 'cas', 'x', '1')], 'line 1: value is "1"; [expected, new] is expected'],
    [['7'], 'line 1: the line is 7; expected Object.'],
    [[event('ok', 'c1', 'put', 'x', '1')], 'line 1: this put of client "c1" has no invocation; {"type": "invoke", …} before it is expected'],
    [[good, good], 'line 2: client "c1" invokes a put before its last operation has ended; "request" numbers tell operations that overlap apart'],
    [[good, event('ok', 'c1', 'put', 'y', '1')], 'line 2: "op" and "key" are put and "y"; those of the operation that client "c1" has invoked are expected'],
    [[''], 'this history is empty; one operation at least is expected'],
    [[{ netsplit: 1 }], 'this tape has no client in it; a history of operations is expected'],
    [[{ netsplit: 1 }, { event: 1 }], 'line 2: time is missing.'],
  ])('%j', async (lines, sentence) => {
    const file = fileOf(...lines);
    expect(await say(['check', file])).toEqual({ status: 2, out: '', error: `netsplit: ${file}: ${sentence}\n` });
  });
});
