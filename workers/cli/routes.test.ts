// `netsplit routes` against the golden tables of FIDELITY.md ("Routing", "Dijkstra / SPF") and an independent computation.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { judgedRoutes } from './testing/check-routes.ts';
import { expectedLines, oracleOf } from './testing/oracle.ts';
import type { Line } from './testing/oracle.ts';
import { say, temporaryFile } from './testing/terminal.ts';
import { goldenOf, networks } from './testing/zoo.ts';

// Many runs: a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

// The larger ones are in `routes.slow.test.ts`.
const small = networks.filter((name) => goldenOf(name).n <= 60);

describe.skipIf(networks.length === 0)('the Internet Topology Zoo', () => {
  test.each(small)('%s: Dijkstra, all sources', async (name) => {
    const { found, expected } = await judgedRoutes(name, 'dijkstra');
    expect(found).toEqual(expected);
  });

  test.each(small)('%s: Link-State', async (name) => {
    const { found, expected } = await judgedRoutes(name, 'link-state');
    expect(found).toEqual(expected);
  });

  test.each(['dijkstra', 'link-state'])('Geant2012 after a cut, with %s', async (protocol) => {
    const { found, expected } = await judgedRoutes('Geant2012', protocol, ['0', '4']);
    expect(found).toEqual(expected);
  });
});

/** Two nodes with three links, one apart, and a self-loop; labels `Bern`, `Basel`, `Basel` and `Chur`. */
const parallel = JSON.stringify({
  nodes: [{ id: 'a', label: 'Bern' }, { id: 'b', label: 'Basel' }, { id: 'c', label: 'Basel' }, { id: 'd', label: 'Chur' }],
  links: [
    { source: 'a', target: 'b', w: 5 },
    { source: 'b', target: 'a', w: 2 },
    { source: 'a', target: 'b', w: 9 },
    { source: 'a', target: 'a', w: 1 },
    { source: 'b', target: 'c', w: 1 },
  ],
});

describe.each(['dijkstra', 'link-state'])('with %s', (protocol) => {
  const routes = (...args: string[]) => say(['routes', temporaryFile('p.json', parallel), '--protocol', protocol, ...args]);

  test('the cheapest of parallel links serves, a self-loop leads nowhere, and who cannot be reached is left out', async () => {
    const { out } = await routes('--cost', 'w');
    expect(out.split('\n').slice(0, -2).join('\n')).toBe(
      [
        'from  to  cost  next  path',
        'a     b      2  b     a b',
        'a     c      3  b     a b c',
        '',
        'from  to  cost  next  path',
        'b     a      2  a     b a',
        'b     c      1  c     b c',
        '',
        'from  to  cost  next  path',
        'c     a      3  b     c b a',
        'c     b      1  b     c b',
        '',
      ].join('\n'),
    );
  });

  test('a cut takes all links between two nodes', async () => {
    const { out } = await routes('--cost', 'w', '--cut', 'Bern,b', '--json');
    const { nodes, routes: left } = JSON.parse(out) as { readonly nodes: string[]; readonly routes: { readonly from: string; readonly to: string }[] };
    expect([nodes, left.map(({ from, to }) => from + to)]).toEqual([['a', 'b', 'c', 'd'], ['bc', 'cb']]);
  });

  test('only the routes of one node, which may be named by its label', async () => {
    const { out } = await routes('--from', 'Bern', '--json');
    const { routes: left, events, time, messages } = JSON.parse(out) as { readonly [key: string]: unknown };
    expect(left).toEqual([
      { from: 'a', to: 'b', cost: 1, next: ['b'], path: ['a', 'b'] },
      { from: 'a', to: 'c', cost: 2, next: ['b'], path: ['a', 'b', 'c'] },
    ]);
    expect([typeof events, typeof time, typeof messages]).toEqual(['number', 'number', 'number']);
  });

  test('a node that nobody reaches has no routes', async () => {
    expect((await routes('--from', 'd', '--json')).out).toContain('"routes":[\n],');
  });
});

/** Small networks with parallel links, self-loops, parts of their own and many equal ways. */
const anyNetwork = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    edges: fc.array(fc.record({ ends: fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), cost: fc.integer({ min: 1, max: 4 }) }), { maxLength: 14 }),
    cut: fc.nat(13),
  }),
);

test.each(['dijkstra', 'link-state'])('any network, before and after a cut, with %s', async (protocol) => {
  await fc.assert(
    fc.asyncProperty(anyNetwork, async ({ size, edges, cut }) => {
      const ids = Array.from({ length: size }, (_, index) => `n${index}`);
      const links = edges.map(({ ends: [source, target], cost }) => ({ source: ids[source], target: ids[target], w: cost }));
      const file = temporaryFile('any.json', JSON.stringify({ nodes: ids.map((id) => ({ id })), links }));
      const lines = async (...args: string[]) => (JSON.parse((await say(['routes', file, '--protocol', protocol, ...(links.length > 0 ? ['--cost', 'w'] : []), '--json', ...args])).out) as { readonly routes: readonly Line[] }).routes;
      expect(await lines()).toEqual(expectedLines(oracleOf(ids, edges)));
      const [a, b] = edges[cut]?.ends ?? [0, 0];
      if (a === b) return;
      const left = edges.filter(({ ends }) => !(ends.includes(a) && ends.includes(b)));
      expect(await lines('--cut', `n${a},n${b}`)).toEqual(expectedLines(oracleOf(ids, left)));
    }),
    { numRuns: 40 },
  );
});

describe('what is wrong is said in one line, with exit status 2', () => {
  test.each([
    [['--from', 'Basel'], '--from: Several nodes are labelled "Basel": b, c. Name the one you mean by its id.'],
    [['--from', 'Churr'], '--from: There is no node "Churr" (did you mean "Chur"?).'],
    [['--cut', 'a'], '--cut is "a"; two nodes with a comma between them are expected'],
    [['--cut', 'a,Churr'], '--cut "a,Churr": There is no node "Churr" (did you mean "Chur"?).'],
    [['--cut', 'a,d'], '--cut "a,d": no link joins these two nodes'],
    [['--protocol', 'rip'], '--protocol is "rip"; dijkstra or link-state is expected'],
    [['--protocol', 'distance-vector'], 'the protocol distance-vector is not built yet; dijkstra and link-state are'],
    [['--cost-divide', 'x'], '--cost-divide is "x"; a number above zero is expected'],
    [['--cost-divide', '0'], '--cost-divide is "0"; a number above zero is expected'],
  ])('%j', async (args, sentence) => {
    expect(await say(['routes', temporaryFile('p.json', parallel), ...args])).toEqual({ status: 2, out: '', error: `netsplit: ${sentence}\n` });
  });

  test.each([
    [['--cost', 'v'], 'No edge has the attribute "v" (did you mean w?).'],
    [['--cost', 'w', '--protocol', 'link-state', '--cost-divide', '0.0001'], 'links[2]: the edge "a–b" has w = 90000; Link-State carries costs up to 65535'],
  ])('%j names the file', async (args, sentence) => {
    const { status, out, error } = await say(['routes', temporaryFile('p.json', parallel), ...args]);
    expect([status, out]).toEqual([2, '']);
    expect(error).toMatch(/^netsplit: .*p\.json: .*\n$/);
    expect(error).toContain(sentence);
  });

  test('a cost that OSPF cannot carry names --cost-divide, which mends it', async () => {
    const file = temporaryFile('far.json', '{"nodes":[{"id":"a"},{"id":"b"}],"links":[{"source":"a","target":"b","w":65536}]}');
    const run = ['routes', file, '--protocol', 'link-state', '--cost', 'w', '--from', 'a'];
    expect((await say(run)).error).toContain('links[0]: the edge "a–b" has w = 65536; Link-State carries costs up to 65535, --cost-divide N makes them smaller.');
    expect((await say([...run, '--cost-divide', '2', '--json'])).out).toContain('"cost":32768');
  });
});
