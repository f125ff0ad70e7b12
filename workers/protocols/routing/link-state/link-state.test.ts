import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AddressedIntervention } from '../../../model/intervention.ts';
import { tableGet, tableKeys } from '../../../model/table.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import { link as linkBetween, plainNode } from '../scenarios/build.ts';
import { ring } from '../scenarios/ring.ts';
import { at, metric, network, notes, received, ringOf, run, stateOf, violations, type Run } from '../testing/run.ts';
import { INITIAL_SEQUENCE, MAX_AGE, MAX_SEQUENCE } from './constants.ts';

function routeOf({ kernel }: Run, node: string, to: string) {
  return tableGet(kernel.look.routes(node), to);
}

const sequenceOf = (done: Run, node: string, origin: string): number | undefined => tableGet(stateOf(done, node).database, origin)?.lsa.sequence;

describe('a ring of five, cost 10, link R1–R2 cut, as FRR 8.4.4 ran it', () => {
  const cut = 11 * SECOND;
  const config = { lateBy: 0 };
  const prompt = { ...ring, processes: ring.processes.map((process) => (process.protocol === 'link-state' ? { ...process, config: { ...process.config, ...config } } : process)) };
  const done = run(prompt, 20 * SECOND);
  const updates = received(done, 'LinkStateUpdate').filter((event) => event.time > cut);

  test('both ends originate', () => {
    expect(notes(done, 'link-state.originate-lost').map(({ node, args }) => [node, args['neighbour']])).toEqual([['R1', 'R2'], ['R2', 'R1']]);
  });
  test('two LSAs cross the remaining 4 hops in 8 LS Updates within about 3 ms', () => {
    expect(updates).toHaveLength(8);
    const originated = notes(done, 'link-state.originate-lost')[0]!.time;
    expect(updates.at(-1)!.time - originated).toBeLessThan(3 * MILLISECOND);
  });
  test("R1's forwarding changes within 20 ms", () => {
    const change = notes(done, 'link-state.spf-longer').find(({ node }) => node === 'R1')!;
    expect(change.time - cut).toBeLessThanOrEqual(20 * MILLISECOND);
    expect(routeOf(done, 'R1', 'R2')).toEqual({ cost: 40, next: [{ link: 'R5-R1', node: 'R5' }] });
  });
  test('acknowledgements come 0.2 to 1 s later', () => {
    const acks = received(done, 'LinkStateAck').filter((event) => event.time > cut);
    expect(acks.length).toBeGreaterThan(0);
    for (const { time } of acks) {
      expect(time - updates[0]!.time).toBeGreaterThan(200 * MILLISECOND);
      // The packet itself takes half a millisecond.
      expect(time - updates.at(-1)!.time).toBeLessThan(1001 * MILLISECOND);
    }
  });
  test('with equal delays no packet loops', () => {
    expect(done.kernel.world.drops['ttl']).toBeUndefined();
    expect(violations(done)).toEqual([]);
  });
});

describe('the micro-loop in that ring, R5 500 ms late', () => {
  const done = run(ring, 20 * SECOND);
  const forwarding = (node: string): number => notes(done, 'link-state.spf-longer').find((note) => note.node === node)!.time;
  const hops = done.events.filter(({ input }) => input.kind === 'hop');

  test('R5 hands back to R1 what R1 sent it, from when R1 has recomputed until R5 has', () => {
    const back = hops.filter((event) => event.node === 'R1');
    expect(back.length).toBeGreaterThan(500);
    expect(back[0]!.time).toBeGreaterThanOrEqual(forwarding('R1'));
    // A packet that R5 sent back just before it recomputed is still on its way for half a millisecond.
    expect(back.at(-1)!.time).toBeLessThanOrEqual(forwarding('R5') + MILLISECOND);
  });
  test('the loop lasts as long as the two forwarding updates are apart', () => {
    const difference = forwarding('R5') - forwarding('R1');
    expect(difference).toBeGreaterThanOrEqual(500 * MILLISECOND);
    const back = hops.filter((event) => event.node === 'R1');
    // Probes leave every 20 ms, so the loop is seen from the first of them on.
    expect(Math.abs(back.at(-1)!.time - back[0]!.time - difference)).toBeLessThan(21 * MILLISECOND);
  });
  test('packets in the loop die by TTL', () => {
    // A packet needs 64 hops of half a millisecond for that: those sent in the last 32 ms escape.
    expect(done.kernel.world.drops['ttl']).toBeGreaterThan(20);
  });
});

describe('hellos and adjacencies', () => {
  const pair = network([['a', 'b']]);

  test('a Hello is sent every 10 s on each interface (RFC 2328 9.5)', () => {
    const times = notes(run(pair, 35 * SECOND), 'link-state.hello-sent').filter(({ node }) => node === 'a').map(({ time }) => time / SECOND);
    expect(times).toEqual([0, 10, 20, 30]);
  });

  test('a neighbour goes from Down over Init and Exchange to Full', () => {
    const done = run(pair, SECOND);
    expect(stateOf(done, 'a').neighbours.map(({ phase }) => phase)).toEqual(['Full']);
    expect(notes(done, 'link-state.hello-first').map(({ node }) => `${node}`).sort()).toEqual(['a', 'b']);
    expect(notes(done, 'link-state.two-way')).toHaveLength(2);
    expect(notes(done, 'link-state.full')).toHaveLength(2);
  });

  test('without carrier detection a neighbour is given up 40 s after its last Hello (RFC 2328 10, RouterDeadInterval)', () => {
    const topology = { ...pair.topology, links: pair.topology.links.map((link) => ({ ...link, detection: null })) };
    const done = run({ ...pair, topology }, 100 * SECOND, [at(15 * SECOND, { kind: 'cut', link: 'a-b' })]);
    const dead = notes(done, 'link-state.dead');
    // The last Hello was sent at 10 s and took 1 ms and a little.
    expect(dead.map(({ node, time }) => `${node} ${Math.floor(time / SECOND)}`).sort()).toEqual(['a 50', 'b 50']);
    expect(tableKeys(done.kernel.look.routes('a'))).toEqual([]);
    expect(violations(done)).toEqual([]);
  });

  test('such a failure is not taken for quiet: a missing Hello keeps the run from being settled', () => {
    const topology = { ...pair.topology, links: pair.topology.links.map((link) => ({ ...link, detection: null })) };
    const done = run({ ...pair, topology }, 45 * SECOND, [at(15 * SECOND, { kind: 'cut', link: 'a-b' })]);
    expect(done.kernel.settled).toBe(false);
  });

  test('a loss of carrier ends the adjacency at once', () => {
    const done = run(pair, 20 * SECOND, [at(12 * SECOND, { kind: 'cut', link: 'a-b' })]);
    expect(notes(done, 'link-state.carrier-lost').map(({ time }) => time)).toEqual([12_010 * MILLISECOND, 12_010 * MILLISECOND]);
    expect(stateOf(done, 'a').neighbours[0]?.phase).toBe('Down');
  });

  test('of a link that is cut one way the deaf end knows at once, the other one after the dead interval', () => {
    const done = run(pair, 90 * SECOND, [at(12 * SECOND, { kind: 'cut', link: 'a-b', from: 'a' })]);
    expect(notes(done, 'link-state.carrier-lost').map(({ node }) => node)).toEqual(['b']);
    // An interface without carrier says nothing either.
    expect(notes(done, 'link-state.dead').map(({ node, time }) => `${node} ${Math.floor(time / SECOND)}`)).toEqual(['a 50']);
    expect(violations(done)).toEqual([]);
  });

  test('a neighbour that no longer hears us is not adjacent (RFC 2328 10.2, 1-WayReceived)', () => {
    const done = run(pair, 13 * SECOND);
    const record = done.kernel.world.processes.find((process) => process.state !== undefined && (process.state as { id: string }).id === 'b')!;
    const state = stateOf(done, 'b');
    // As if b had been restarted between two Hellos without a loss of carrier.
    record.state = { ...state, neighbours: state.neighbours.map((neighbour) => ({ ...neighbour, phase: 'Down', heard: null })) };
    for (let event = done.kernel.step(50 * SECOND); event; event = done.kernel.step(50 * SECOND)) done.events.push(event);
    expect(notes(done, 'link-state.one-way').map(({ node }) => node)).toEqual(['a']);
    expect(stateOf(done, 'a').neighbours[0]?.phase).toBe('Full');
    expect(violations(done)).toEqual([]);
  });
});

describe('origination', () => {
  test('two originations of one LSA lie at least 5 s apart (RFC 2328 12.4, MinLSInterval)', () => {
    const flaps = Array.from({ length: 8 }, (_item, index) => at(11 * SECOND + index * 700 * MILLISECOND, index % 2 === 0 ? { kind: 'cut', link: 'r0-r1' } : { kind: 'restore', link: 'r0-r1' }));
    const done = run(ringOf(4), 60 * SECOND, flaps);
    const times = done.events.flatMap(({ node, time, effects }) => (node === 'r0' && effects.some((effect) => effect.kind === 'note' && /originate(-lost|-gained|-again)?$/.test(effect.key)) ? [time] : []));
    expect(times.length).toBeGreaterThan(2);
    for (let index = 1; index < times.length; index++) expect(times[index]! - times[index - 1]!).toBeGreaterThanOrEqual(5 * SECOND);
    expect(violations(done)).toEqual([]);
  });

  test('an LSA is refreshed every 1800 s (LSRefreshTime), and no paths are computed for it', () => {
    const scenario = ringOf(3);
    const before = run(scenario, 60 * SECOND);
    const after = run(scenario, 1860 * SECOND);
    for (const node of ['r0', 'r1', 'r2']) {
      for (const origin of ['r0', 'r1', 'r2']) expect(sequenceOf(after, node, origin)).toBe(sequenceOf(before, node, origin)! + 1);
    }
    expect(metric(after, 'spfRuns')).toBe(metric(before, 'spfRuns'));
    expect(violations(after)).toEqual([]);
  });

  test('the LSA of a router that is gone is forgotten after an hour (RFC 2328 14, MaxAge 3600 s)', () => {
    const crash = [at(20 * SECOND, { kind: 'crash', node: 'r2' })];
    const scenario = ringOf(4);
    expect(sequenceOf(run(scenario, 3500 * SECOND, crash), 'r0', 'r2')).toBe(INITIAL_SEQUENCE);
    const done = run(scenario, 3700 * SECOND, crash);
    for (const node of ['r0', 'r1', 'r3']) expect(sequenceOf(done, node, 'r2')).toBeUndefined();
  });

  test('a router that restarts outbids the LSA that it sent before (RFC 2328 13.4)', () => {
    const done = run(ringOf(4), 40 * SECOND, [at(12 * SECOND, { kind: 'crash', node: 'r2' }), at(20 * SECOND, { kind: 'restart', node: 'r2' })]);
    expect(notes(done, 'link-state.own-newer').length).toBeGreaterThan(0);
    expect(sequenceOf(done, 'r0', 'r2')).toBe(INITIAL_SEQUENCE + 1);
    expect(violations(done)).toEqual([]);
  });

  test('after the last sequence number an LSA is flushed and starts anew (RFC 2328 12.1.6)', () => {
    const scenario = ringOf(3);
    const first = run(scenario, 11 * SECOND);
    // Two billion originations take too long: this router has made them.
    const record = first.kernel.world.processes[0]!;
    record.state = { ...stateOf(first, 'r0'), sequence: MAX_SEQUENCE - 1 };
    const { kernel } = first;
    const costs = [20, 30].map((cost, index) => at((20 + 20 * index) * SECOND, { kind: 'set-link', link: 'r0-r1', from: 'r0', set: { cost } }));
    Object.assign(kernel.setup, { interventions: costs });
    const sequences: number[] = [];
    for (let event = kernel.step(80 * SECOND); event; event = kernel.step(80 * SECOND)) {
      const sequence = sequenceOf(first, 'r2', 'r0');
      if (sequence !== undefined && sequence !== sequences.at(-1)) sequences.push(sequence);
    }
    expect(sequences).toEqual([INITIAL_SEQUENCE, MAX_SEQUENCE, INITIAL_SEQUENCE]);
    expect(routeOf(first, 'r0', 'r1')?.cost).toBe(2);
    expect(kernel.world.violations.filter(({ invariant }) => invariant !== 'link-state.only-newer-installed')).toEqual([]);
  });
});

describe('databases and routes', () => {
  test('after a partition in which both sides changed, healing makes all databases agree', () => {
    const scenario = network([['a', 'b'], ['b', 'c'], ['c', 'd'], ['d', 'e'], ['e', 'f'], ['c', 'e'], ['a', 'c']]);
    const done = run(scenario, 90 * SECOND, [
      at(12 * SECOND, { kind: 'partition', cuts: [{ link: 'c-d' }, { link: 'c-e' }] }),
      at(20 * SECOND, { kind: 'cut', link: 'a-b' }),
      at(21 * SECOND, { kind: 'set-link', link: 'e-f', set: { cost: 9 } }),
      at(22 * SECOND, { kind: 'crash', node: 'd' }),
      at(30 * SECOND, { kind: 'restart', node: 'd' }),
      at(40 * SECOND, { kind: 'heal', links: ['c-d', 'c-e'] }),
    ]);
    const databases = ['a', 'b', 'c', 'd', 'e', 'f'].map((node) => {
      const { database } = stateOf(done, node);
      return tableKeys(database).map((origin) => `${origin} ${tableGet(database, origin)!.lsa.sequence}`);
    });
    for (const database of databases) expect(database).toEqual(databases[0]);
    expect(routeOf(done, 'a', 'f')).toEqual({ cost: 11, next: [{ link: 'a-c', node: 'c' }] });
    expect(done.kernel.settled).toBe(true);
    expect(violations(done)).toEqual([]);
  });

  test('a restored link is used again', () => {
    const done = run(ringOf(5), 60 * SECOND, [at(12 * SECOND, { kind: 'cut', link: 'r0-r1' }), at(25 * SECOND, { kind: 'restore', link: 'r0-r1' })]);
    expect(routeOf(done, 'r0', 'r1')).toEqual({ cost: 1, next: [{ link: 'r0-r1', node: 'r1' }] });
    expect(violations(done)).toEqual([]);
  });

  test('parallel links stay distinct: the cheaper serves, equal ones both, and one is left when the other is cut', () => {
    const scenario = network([['a', 'b', { cost: 3 }, 'one'], ['a', 'b', { cost: 3 }, 'two'], ['a', 'b', { cost: 5 }, 'dear']]);
    expect(routeOf(run(scenario, 10 * SECOND), 'a', 'b')).toEqual({ cost: 3, next: [{ link: 'one', node: 'b' }, { link: 'two', node: 'b' }] });
    const done = run(scenario, 60 * SECOND, [at(12 * SECOND, { kind: 'cut', link: 'one' }), at(20 * SECOND, { kind: 'cut', link: 'two' })]);
    expect(routeOf(done, 'a', 'b')).toEqual({ cost: 5, next: [{ link: 'dear', node: 'b' }] });
    expect(violations(done)).toEqual([]);
  });

  test('costs may differ by direction', () => {
    const done = run(network([['a', 'b', { cost: 3 }]]), 40 * SECOND, [at(12 * SECOND, { kind: 'set-link', link: 'a-b', from: 'b', set: { cost: 8 } })]);
    expect([routeOf(done, 'a', 'b')?.cost, routeOf(done, 'b', 'a')?.cost]).toEqual([3, 8]);
    expect(violations(done)).toEqual([]);
  });

  test('a node and a link that are added are found, and forgotten as a way when they are removed', () => {
    const scenario = ringOf(5);
    const added = [
      at(12 * SECOND, { kind: 'add-node', node: plainNode('x') }, 0),
      at(12 * SECOND, { kind: 'add-link', link: linkBetween('r0', 'x', {}) }, 1),
      at(13 * SECOND, { kind: 'add-link', link: linkBetween('x', 'r2', {}) }, 2),
    ];
    const done = run(scenario, 40 * SECOND, added);
    expect(routeOf(done, 'r0', 'r2')).toEqual({ cost: 2, next: [{ link: 'r0-r1', node: 'r1' }, { link: 'r0-x', node: 'x' }] });
    expect(violations(done)).toEqual([]);
    const after = run(scenario, 80 * SECOND, [...added, at(41 * SECOND, { kind: 'remove-link', link: 'x-r2' }), at(50 * SECOND, { kind: 'remove-node', node: 'x' })]);
    expect(routeOf(after, 'r0', 'r2')).toEqual({ cost: 2, next: [{ link: 'r0-r1', node: 'r1' }] });
    expect(routeOf(after, 'r0', 'x')).toBeUndefined();
    expect(violations(after)).toEqual([]);
  });

  test('a lost LS Update is sent again after 5 s', () => {
    const scenario = network([['a', 'b'], ['b', 'c']]);
    const cut = at(12 * SECOND, { kind: 'set-link', link: 'a-b', from: 'a', set: { cost: 4 } });
    const lost = run(scenario, 13 * SECOND, [cut]).events.flatMap((event) =>
      event.time >= 12 * SECOND && event.node === 'a' ? event.effects.flatMap((effect) => (effect.kind === 'send' && effect.to === 'b' ? [{ event, effect }] : [])) : [],
    )[0]!;
    const done = run(scenario, 60 * SECOND, [cut, at(lost.event.time + 100_000, { kind: 'drop', packet: lost.effect.packet })]);
    expect(notes(done, 'link-state.resend').map(({ node, time }) => [node, time - lost.event.time])).toEqual([['a', 5 * SECOND]]);
    expect(violations(done)).toEqual([]);
  });

  test('on links that lose a fifth of all packets every router still ends with every LSA', () => {
    const edges = [['a', 'b'], ['b', 'c'], ['c', 'd'], ['d', 'a'], ['a', 'c']] as const;
    const done = run(network(edges.map(([a, b]) => [a, b, { loss: 0.2 }] as const)), 40 * SECOND);
    for (const node of ['a', 'b', 'c', 'd']) expect(tableKeys(stateOf(done, node).database)).toEqual(['a', 'b', 'c', 'd']);
    expect(notes(done, 'link-state.resend').length + notes(done, 'link-state.database-again').length).toBeGreaterThan(0);
  });

  test('flooding in paces ends in the same routes with fewer LS Updates', () => {
    const mesh = Array.from({ length: 16 }, (_item, index) => [[`r${index % 4}${index >> 2}`, `r${(index + 1) % 4}${index >> 2}`] as const, [`r${index % 4}${index >> 2}`, `r${index % 4}${((index >> 2) + 1) % 4}`] as const]).flat();
    const atOnce = run(network(mesh), 40 * SECOND);
    const paced = run(network(mesh, { floodPacing: 33 * MILLISECOND }), 40 * SECOND);
    expect(paced.kernel.look.routes('r00')).toEqual(atOnce.kernel.look.routes('r00'));
    expect(metric(paced, 'linkStateUpdates')).toBeLessThan(metric(atOnce, 'linkStateUpdates')! / 2);
    expect(violations(paced)).toEqual([]);
  });

  test('routes are equal-cost where the ring is even', () => {
    expect(routeOf(run(ringOf(4), 10 * SECOND), 'r0', 'r2')).toEqual({ cost: 2, next: [{ link: 'r0-r1', node: 'r1' }, { link: 'r3-r0', node: 'r3' }] });
  });
});

describe('checks', () => {
  test('flooding without comparing sequence numbers is caught at the first LSA that comes round', () => {
    const done = run({ ...ringOf(4), bugs: ['flood-without-sequence'] }, SECOND, [], 2_000);
    const [first] = done.kernel.world.violations;
    expect(first?.invariant).toBe('link-state.only-newer-installed');
    expect(first!.event).toBeLessThan(200);
  });

  test('a table that does not hold the shortest paths is caught', () => {
    const done = run(ringOf(5), 5 * SECOND);
    const [record] = done.kernel.world.nodes;
    record!.routes = done.kernel.look.routes('r1');
    for (let event = done.kernel.step(40 * SECOND); event && !done.kernel.settled; event = done.kernel.step(40 * SECOND));
    expect(violations(done).join()).toContain('link-state.routes-optimal');
  });

  test('databases that differ are caught', () => {
    const done = run(ringOf(5), 5 * SECOND);
    const [record] = done.kernel.world.processes;
    const state = stateOf(done, 'r0');
    const chunks = state.database.chunks.map(({ keys, values }) => ({ keys, values: values.map((entry) => ({ ...entry, lsa: { ...entry.lsa, sequence: 7 } })) }));
    record!.state = { ...state, database: { ...state.database, chunks } };
    for (let event = done.kernel.step(40 * SECOND); event && !done.kernel.settled; event = done.kernel.step(40 * SECOND));
    expect(violations(done).join()).toContain('link-state.databases-agree');
  });

  test('the time to converge runs from the cut to the last change of a table', () => {
    const done = run(ringOf(5), 40 * SECOND, [at(12 * SECOND, { kind: 'cut', link: 'r0-r1' })]);
    const last = Math.max(...notes(done, 'link-state.spf-longer').map(({ time }) => time));
    expect(metric(done, 'convergenceTimeMs')).toBe((last - 12 * SECOND) / MILLISECOND);
  });
});

/** What may happen to a network of `size` nodes, n0 to n(size − 1), with links l0 to l(links − 1). */
function deeds(size: number, links: number): fc.Arbitrary<AddressedIntervention[]> {
  const node = fc.nat(size - 1).map((index) => `n${index}`);
  const link = fc.nat(links - 1).map((index) => `l${index}`);
  const deed = fc.oneof(
    link.map((id) => ({ kind: 'cut', link: id }) as const),
    link.map((id) => ({ kind: 'restore', link: id }) as const),
    node.map((id) => ({ kind: 'crash', node: id }) as const),
    node.map((id) => ({ kind: 'restart', node: id }) as const),
    fc.tuple(link, fc.integer({ min: 1, max: 5 })).map(([id, cost]) => ({ kind: 'set-link', link: id, set: { cost } }) as const),
  );
  return fc
    .array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), deed), { maxLength: 8 })
    .map((list) => list.sort((a, b) => a[0] - b[0]).map(([time, what], order) => at(time * MILLISECOND, what, order)));
}

const cases = fc.integer({ min: 2, max: 6 }).chain((size) =>
  fc
    .array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 9 })
    .chain((edges) => fc.record({ size: fc.constant(size), edges: fc.constant(edges), interventions: deeds(size, edges.length), paced: fc.boolean() })),
);

test('whatever happens to a network, it comes to rest with agreeing databases and shortest paths', () => {
  fc.assert(
    fc.property(cases, ({ edges, interventions, paced }) => {
      const scenario = network(edges.map(([a, b, cost], index) => [`n${a}`, `n${b}`, { cost }, `l${index}`] as const), paced ? { floodPacing: 33 * MILLISECOND } : {});
      const done = run(scenario, 120 * SECOND, interventions);
      expect(violations(done)).toEqual([]);
      expect(done.kernel.settled).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('ages are reckoned from when an LSA was learnt, and never pass MaxAge', () => {
  const done = run(ringOf(3), 30 * SECOND);
  const entry = tableGet(stateOf(done, 'r0').database, 'r1')!;
  expect(entry.age).toBeGreaterThan(0);
  expect(entry.age).toBeLessThan(MAX_AGE);
  expect(entry.learnt).toBeLessThan(SECOND);
});
