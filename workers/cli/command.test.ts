// Every command's output and every error: CONTRACT.md, "Command line".
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { benchParts } from '../bench/main.ts';
import { registry } from '../protocols/registry.ts';
import { say, temporaryFile, temporaryFolder } from './testing/terminal.ts';

// Many runs: a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** A square of four routers with a link that is lossy, as a file of its own. */
const direction = { cost: 1, latency: 1_000_000, jitter: 0, bandwidth: 1_000_000_000, queue: 1_000_000, loss: 0, duplication: 0 };
const square = {
  version: 1,
  id: 'square',
  family: 'routing',
  text: { en: { title: 'Square', watch: 'w', try: 't' }, zh: { title: '方', watch: '看', try: '试' } },
  seed: 5,
  topology: {
    nodes: ['a', 'b', 'c', 'd'].map((id) => ({ id, label: id })),
    links: ['ab', 'bc', 'cd', 'da'].map((ends) => ({ id: `${ends[0]}-${ends[1]}`, ends: [ends[0], ends[1]], directions: [direction, direction], detection: 10_000_000 })),
  },
  processes: [{ protocol: 'link-state', nodes: 'all', config: {} }],
  parameters: [{ name: 'hello', type: 'duration', default: 10_000_000_000, minimum: 1_000_000_000, sets: [{ protocol: 'link-state', config: 'helloInterval' }] }],
  workload: [],
  interventions: [],
  bugs: [],
  ttl: 64,
  horizon: 60_000_000_000,
  opening: { time: 0, speed: 1 },
};
const squareFile = () => temporaryFile('square.json', JSON.stringify(square));

type Summary = { readonly [key: string]: unknown } & { readonly digest: string; readonly events: number; readonly time: number };
async function summary(...args: string[]): Promise<Summary> {
  return JSON.parse((await say(['run', ...args, '--json'])).out) as Summary;
}

describe('list', () => {
  test('names the scenarios with what runs on them', async () => {
    const { status, out, error } = await say(['list', '--json']);
    const rows = JSON.parse(out) as { readonly id: string }[];
    expect([status, error]).toEqual([0, '']);
    expect(rows.map((row) => row.id)).toEqual(expect.arrayContaining(['routing-abilene', 'routing-textbook', 'routing-ring', 'routing-grid', 'routing-nsfnet', 'routing-arpanet-1969']));
    expect(rows[0]).toEqual({ id: 'routing-abilene', family: 'routing', title: expect.any(String), protocols: ['link-state', 'probe'], bugs: ['flood-without-sequence'] });
    for (const row of rows) expect(Object.keys(row)).toEqual(['id', 'family', 'title', 'protocols', 'bugs']);
  });

  test('is a table for people', async () => {
    const { out } = await say(['list']);
    expect(out.split('\n')[0]).toMatch(/^id +title +protocols +bug switches$/);
    expect(out.split('\n')[1]).toMatch(/^routing-abilene .* link-state, probe +flood-without-sequence$/);
  });
});

describe('show', () => {
  test.each(['routing-abilene', 'routing-textbook', 'routing-ring', 'routing-grid', 'routing-nsfnet', 'routing-arpanet-1969'])('%s is a file that runs the same', async (id) => {
    const { out } = await say(['show', id]);
    const file = temporaryFile('shown.json', out);
    expect((await say(['show', file])).out).toBe(out);
    expect(await summary(file, '--events', '500')).toEqual(await summary(id, '--events', '500'));
  });
});

describe('run', () => {
  test('says what came of it', async () => {
    const said = await summary(squareFile());
    expect(Object.keys(said)).toEqual(['scenario', 'seed', 'events', 'time', 'digest', 'violations', 'metrics', 'drops']);
    expect(said).toMatchObject({ scenario: 'square', seed: 5, digest: expect.stringMatching(/^[0-9a-f]{64}$/), violations: [], drops: {} });
  });

  test('is a table for people', async () => {
    const { out } = await say(['run', squareFile()]);
    expect(out).toMatch(/^scenario +square\nseed +5\nevents +\d+\ntime +[\d.]+ s\ndigest +[0-9a-f]{64}\nviolations +none\ndrops +none\n/);
  });

  test('ends at quiescence, before the horizon; --until goes on', async () => {
    const file = squareFile();
    const [quiet, later] = [await summary(file), await summary(file, '--until', '60s')];
    expect(quiet.time).toBeLessThan(60_000_000_000);
    expect(later.time).toBeGreaterThan(quiet.time);
    expect(later.time).toBeLessThanOrEqual(60_000_000_000);
  });

  test('--events is a number of events, whichever of --until and it comes first', async () => {
    const file = squareFile();
    expect((await summary(file, '--events', '17')).events).toBe(17);
    expect((await summary(file, '--events', '1000000', '--until', '1ms')).time).toBeLessThanOrEqual(1_000_000);
    expect((await summary(file, '--events', '0')).events).toBe(0);
  });

  test('the same run twice, another one with another seed', async () => {
    const file = temporaryFile('lossy.json', JSON.stringify({ ...square, topology: { ...square.topology, links: square.topology.links.map((link) => ({ ...link, directions: [{ ...direction, loss: 0.3 }, { ...direction, loss: 0.3 }] })) } }));
    const [first, again, other] = [await summary(file, '--until', '60s'), await summary(file, '--until', '60s'), await summary(file, '--until', '60s', '--seed', '6')];
    expect(again).toEqual(first);
    expect(other.digest).not.toBe(first.digest);
    expect(other['seed']).toBe(6);
  });

  test('--set NAME=@FILE reads a trace, and says in which line of which file it is wrong', async () => {
    const trace = temporaryFile('trace.csv', 'time,key,work\n0.5,ann,20ms\n0.2,bob,30ms\n');
    expect((await summary('balance', '--set', `trace=@${trace}`))['metrics']).toMatchObject({ requestsArrived: 2, requestsDone: 2 });
    const wrong = temporaryFile('wrong.txt', '1\nsoon\n');
    expect((await say(['run', 'balance', '--set', `trace=@${wrong}`])).error).toContain(`${wrong}: Line 2: the time is "soon"`);
  });

  test('--set goes to the protocol', async () => {
    const file = squareFile();
    expect((await summary(file, '--until', '60s', '--set', 'hello=2s')).events).toBeGreaterThan((await summary(file, '--until', '60s')).events);
  });

  test('--with adds interventions, also after the network has come to rest', async () => {
    const cut = temporaryFile('cut.json', '[{"at": "45s", "do": {"kind": "cut", "link": "a-b"}}]');
    const said = await summary(squareFile(), '--with', cut);
    expect(said.time).toBeGreaterThan(45_000_000_000);
    expect(said['violations']).toEqual([]);
  });

  test('a bug switch is caught by an invariant: exit status 1', async () => {
    const { status, out } = await say(['run', squareFile(), '--bug', 'flood-without-sequence', '--events', '1000', '--json']);
    const { violations } = JSON.parse(out) as { readonly violations: readonly { readonly [key: string]: unknown }[] };
    expect([status, violations.length > 0]).toEqual([1, true]);
    expect(violations[0]).toMatchObject({ invariant: expect.any(String), event: expect.any(Number), time: expect.any(Number) });
  });

  test('--tape writes a line an event; their digest is the summary’s', async () => {
    const tape = path.join(temporaryFolder(), 'tape.jsonl');
    const said = await summary(squareFile(), '--events', '3000', '--until', '60s', '--tape', tape);
    const lines = readFileSync(tape, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { readonly [key: string]: unknown });
    const [header, ...events] = lines;
    expect(header).toMatchObject({ netsplit: 2, scenario: { id: 'square' }, seed: 5, interventions: [] });
    expect(events.map((event) => event['event'])).toEqual(Array.from({ length: said.events }, (_, number) => number));
    expect(events.some((event) => 'view' in event)).toBe(true);
    expect(events.some((event) => 'state' in event)).toBe(false);
    // As `kernel/digest.ts` describes it: blocks of 1,024 events, chained, without notes, views and states.
    let digest = '';
    for (let start = 0; start < events.length; start += 1024) {
      const block = events.slice(start, start + 1024).map(({ view: _view, state: _state, ...kept }) => {
        const effects = (kept['effects'] as readonly { readonly kind: string }[]).filter((effect) => effect.kind !== 'note');
        return `${JSON.stringify({ ...kept, effects })}\n`;
      });
      digest = createHash('sha256').update(digest + block.join('')).digest('hex');
    }
    expect(digest).toBe(said.digest);
  });

  test('--states puts the state after it into every event of a process, and changes nothing else', async () => {
    const tape = path.join(temporaryFolder(), 'tape.jsonl');
    const file = squareFile();
    const said = await summary(file, '--events', '50', '--tape', tape, '--states');
    const events = readFileSync(tape, 'utf8').trimEnd().split('\n').slice(1).map((line) => JSON.parse(line) as { readonly [key: string]: unknown });
    expect(events.filter((event) => event['process'] !== null).every((event) => 'state' in event)).toBe(true);
    expect((await summary(file, '--events', '50')).digest).toBe(said.digest);
  });
});

describe('replay', () => {
  const recording = async (change: object = {}) => {
    const said = await summary(squareFile(), '--events', '200');
    return temporaryFile('r.json', JSON.stringify({ netsplit: 1, scenario: square, seed: 5, interventions: [], behaviours: { 'link-state': 1 }, events: 200, digest: said.digest, ...change }));
  };

  test('says that the digest is the same', async () => {
    const { status, out } = await say(['replay', await recording(), '--json']);
    expect([status, JSON.parse(out)]).toEqual([0, expect.objectContaining({ scenario: 'square', seed: 5, events: 200, same: true })]);
    expect((await say(['replay', await recording()])).out).toMatch(/^scenario +square\nevents +200\ndigest +the same\n/);
  });

  test('exit status 1 when it is another one', async () => {
    const { status, out } = await say(['replay', await recording({ digest: '0'.repeat(64) })]);
    expect([status, out.split('\n')[2]]).toEqual([1, 'digest    not the same']);
  });

  test('names the protocols that behave otherwise now', async () => {
    const { out } = await say(['replay', await recording({ behaviours: { 'link-state': 0 } }), '--json']);
    expect(JSON.parse(out)).toMatchObject({ changed: ['link-state'] });
  });
});

describe('what is wrong is one line on standard error, with exit status 2', () => {
  test.each([
    [[], 'a command is expected; `netsplit --help` names them'],
    [['rum'], "unknown command 'rum' (Did you mean run?); `netsplit --help` says what is expected"],
    [['run'], "missing required argument 'scenario'; `netsplit --help` says what is expected"],
    [['list', 'x'], "too many arguments for 'list'. Expected 0 arguments but got 1; `netsplit --help` says what is expected"],
    [['run', 'routing-abilene', '--sed', '1'], "unknown option '--sed' (Did you mean one of --seed, --set?); `netsplit --help` says what is expected"],
    [['run', 'routing-abilene', '--seed'], "option '--seed <n>' argument missing; `netsplit --help` says what is expected"],
    [['run', 'routing-abilen'], '"routing-abilen" is neither a built-in scenario (`netsplit list` names them) nor a file; did you mean routing-abilene?'],
    [['show', 'nowhere.json'], 'nowhere.json: there is no such file'],
    [['run', '.'], '.: this is a folder; a file is expected'],
    [['run', 'routing-abilene', '--seed', '-1'], '--seed is "-1"; a whole number from 0 to 9007199254740991 is expected'],
    [['run', 'routing-abilene', '--seed', '1.5'], '--seed is "1.5"; a whole number from 0 to 9007199254740991 is expected'],
    [['run', 'routing-abilene', '--events', 'all'], '--events is "all"; a whole number from 0 to 9007199254740991 is expected'],
    [['run', 'routing-abilene', '--until', 'soon'], '--until is "soon"; a duration such as 10s, 500ms or 2min is expected'],
    [['run', 'routing-abilene', '--set', 'x'], '--set is "x"; NAME=VALUE is expected'],
    [['run', 'routing-abilene', '--bug', 'flood-without-sequnce'], 'No protocol of this scenario has a bug switch "flood-without-sequnce" (did you mean flood-without-sequence?).'],
    [['run', 'routing-abilene', '--with', 'nowhere.json'], 'nowhere.json: there is no such file'],
    [['run', 'routing-abilene', '--pcapng', 'x'], '--pcapng is not built yet'],
    [['run', 'routing-abilene', '--states'], '--states says what a tape holds: name its file with --tape FILE'],
    [['run', 'routing-abilene', '--events', '1', '--tape', 'no/such/folder/t'], 'no/such/folder/t: there is no such file'],
    [['replay', 'https://example.org/#/raft-election'], 'This address holds no recording; a share link looks like #/SCENARIO?r=….'],
    [['replay', '#/raft-election?r=eJw!'], 'The recording in the link: character 4 is "!", which no such link holds.'],
    [['replay', '#/raft-election?r=eJwz'], 'The recording in the link is incomplete or was changed.'],
    [['explore', 'routing-abilene'], 'explore is not built yet'],
    [['check', 'nowhere.jsonl'], 'nowhere.jsonl: there is no such file'],
    [['check', '.'], '.: this is a folder; a file is expected'],
    [['check', 'x', '--steps', 'few'], '--steps is "few"; a whole number from 0 to 9007199254740991 is expected'],
    [['bench', 'kernal'], `the benchmark has no part "kernal"; it has: ${benchParts.join(', ')} (did you mean kernel?)`],
    [['routes', 'nowhere.graphml'], 'nowhere.graphml: there is no such file'],
  ])('netsplit %j', async (args, sentence) => {
    expect(await say(args)).toEqual({ status: 2, out: '', error: `netsplit: ${sentence}\n` });
  });

  test.each([
    ['run', '{"version": 1,\n "seed": }', 'Line 2, column 10: found "}"; a value is expected.'],
    ['run', JSON.stringify({ ...square, sead: 1 }), '"sead" is not known here (did you mean "seed"?).'],
    ['show', JSON.stringify({ ...square, processes: [{ protocol: 'link-stat', nodes: 'all', config: {} }] }), `processes[0].protocol is "link-stat"; these protocols are built in: ${registry.map(({ protocol }) => protocol.name).join(', ')}.`],
    ['run', '<graphml><graph edgedefault="undirected"><node id="a"/></graph></graphml>', 'This is a graph, but a scenario is expected.'],
    ['routes', JSON.stringify(square), 'This is a scenario, but a graph is expected: GraphML or node-link JSON.'],
    ['replay', JSON.stringify(square), 'This is a scenario, but a recording is expected.'],
    ['routes', '<graphml>\n<graph edgedefault="undirected"><node id="a\u0007\u202e"/><node id="a\u0007\u202e"/></graph></graphml>', 'Line 2, column 49: the id "a\\u0007\\u202e" belongs to two nodes; every node needs its own.'],
  ])('netsplit %s %.60s', async (command, content, sentence) => {
    const file = temporaryFile('wrong', content);
    expect(await say([command, file])).toEqual({ status: 2, out: '', error: `netsplit: ${file}: ${sentence}\n` });
  });

  test('the file of interventions is named too', async () => {
    const file = temporaryFile('with.json', '[{"at": "1s", "do": {"kind": "cut", "link": "DNVR-KSCI"}}]');
    expect((await say(['run', 'routing-abilene', '--with', file])).error).toMatch(/^netsplit: .*with\.json: \[0\]\.do\.link is "DNVR-KSCI", and the scenario has no such thing \(did you mean "\w+-\w+"\?\)\.\n$/);
  });
});
