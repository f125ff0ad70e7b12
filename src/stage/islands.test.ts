import { describe, expect, test } from 'vitest';
import type { LinkAt, NodeAt } from '../simulation/types.ts';
import type { AddressedIntervention, Intervention } from '../../workers/model/intervention.ts';
import { islandsOf, powerless, withoutMajoritySince } from './islands.ts';
import { client, link, linkAt, mesh, node, server } from './testing/network.ts';

const five = ['S1', 'S2', 'S3', 'S4', 'S5'];
const all = mesh(five);
const wholeNetwork = all.map((spec) => linkAt(spec));

/** The links that lead from some servers to the others are cut. */
function splitOff(side: readonly string[]): LinkAt[] {
  return all.map((spec) => linkAt(spec, side.includes(spec.ends[0]) !== side.includes(spec.ends[1]) ? [0.5, 0.5] : [null, null]));
}

function cluster(down: readonly string[] = [], leader = 'S1'): NodeAt[] {
  return five.map((id) => server(id, five, id === leader ? { role: 'leader' } : {}, !down.includes(id)));
}

function told(nodes: readonly NodeAt[], links: readonly LinkAt[]): readonly string[] {
  return islandsOf(nodes, links)?.list.map(({ voters, up, majority }) => `${voters.join(' ')}: ${up} of 5${majority ? ', a majority' : ''}`) ?? [];
}

describe('the islands of five servers', () => {
  test('are one while everybody reaches everybody', () => {
    expect(told(cluster(), wholeNetwork)).toEqual(['S1 S2 S3 S4 S5: 5 of 5, a majority']);
  });

  test('are two of two and three after the split of mock a-raft', () => {
    expect(told(cluster(), splitOff(['S1', 'S2']))).toEqual(['S1 S2: 2 of 5', 'S3 S4 S5: 3 of 5, a majority']);
  });

  test('stay one while a single link is left between the sides', () => {
    const links = splitOff(['S1', 'S2']).map((each) => (each.spec.id === 'S2-S5' ? linkAt(each.spec) : each));
    expect(told(cluster(), links)).toEqual(['S1 S2 S3 S4 S5: 5 of 5, a majority']);
  });

  test('stay one when links are cut one way only', () => {
    const links = splitOff(['S1', 'S2']).map((each) => linkAt(each.spec, each.state.cut[0] === null ? [null, null] : [0.5, null]));
    expect(told(cluster(), links)).toHaveLength(1);
  });

  test('count only servers that run, and name those that are down with whoever could reach them', () => {
    expect(told(cluster(['S4', 'S5']), splitOff(['S1', 'S2']))).toEqual(['S1 S2: 2 of 5', 'S3 S4 S5: 1 of 5']);
  });

  test('are not joined by a client that reaches both: it carries nothing from one to the other', () => {
    const links = [...splitOff(['S1', 'S2']), ...five.map((id) => linkAt(link('c1', id)))];
    expect(told([...cluster(), client('c1')], links)).toHaveLength(2);
  });

  test('are joined by a router that reaches both', () => {
    const router: NodeAt = { spec: node('r'), up: true, processes: [{ process: 'link-state', view: { glyph: 'router', numbers: {} } }] };
    const links = [...splitOff(['S1', 'S2']), ...five.map((id) => linkAt(link('r', id)))];
    expect(told([...cluster(), router], links)).toEqual(['S1 S2 S3 S4 S5: 5 of 5, a majority']);
  });

  test('are those of the voters that the server furthest ahead names', () => {
    const nodes = cluster().map((each) => (each.spec.id === 'S3' ? server('S3', ['S3', 'S4', 'S5'], { numbers: { currentTerm: 5 } }) : each));
    expect(islandsOf(nodes, wholeNetwork)).toMatchObject({ voters: 3, majority: 2 });
  });
});

test('where nobody votes there are no islands', () => {
  expect(islandsOf([client('a'), client('b')], [linkAt(link('a', 'b'))])).toBeNull();
});

describe('a leader without a majority', () => {
  const done = (...deeds: readonly (readonly [time: number, deed: Intervention])[]): AddressedIntervention[] =>
    deeds.map(([time, deed], at) => ({ id: `i${at}`, at: { time, done: 0, order: 0 }, do: deed }));
  const cuts = splitOff(['S1', 'S2']).flatMap(({ spec, state }) => (state.cut[0] === null ? [] : [{ link: spec.id }]));
  const since = (deeds: readonly AddressedIntervention[], now = 100): number | null => withoutMajoritySince('S1', cluster(), wholeNetwork, deeds, now);

  test('is the one on the smaller side', () => {
    const links = splitOff(['S1', 'S2']);
    expect(powerless(cluster(), links)).toEqual(['S1']);
    expect(powerless(cluster([], 'S4'), links)).toEqual([]);
  });

  test('is judged by the voters that it knows itself', () => {
    const nodes = cluster().map((each) => (each.spec.id === 'S1' ? server('S1', ['S1', 'S2', 'S3'], { role: 'leader' }) : each));
    expect(powerless(nodes, splitOff(['S1', 'S2']))).toEqual([]);
  });

  test('has had none since the cut that took it, whatever came after', () => {
    expect(since(done([10, { kind: 'cut', link: 'S1-S2' }], [20, { kind: 'partition', cuts }], [30, { kind: 'crash', node: 'S5' }]))).toBe(20);
  });

  test('has had none since the second cut when the first was healed', () => {
    expect(since(done([20, { kind: 'partition', cuts }], [30, { kind: 'heal', links: cuts.map((cut) => cut.link) }], [40, { kind: 'partition', cuts }]))).toBe(40);
  });

  test('has had none since the third of five went down', () => {
    expect(since(done([10, { kind: 'crash', node: 'S3' }], [20, { kind: 'crash', node: 'S4' }], [30, { kind: 'crash', node: 'S5' }]))).toBe(30);
  });

  test('is not told of what has not happened yet', () => {
    expect(since(done([20, { kind: 'partition', cuts }]), 19)).toBeNull();
  });
});
