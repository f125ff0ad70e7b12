import { describe, expect, test } from 'vitest';
import type { AddressedIntervention, Intervention } from '../../workers/model/intervention.ts';
import { orderLanes, partsOf, placeLanes } from './lanes.ts';

const nodes = ['S1', 'S2', 'S3', 'S4', 'S5'];
const mesh = nodes.flatMap((a, at) => nodes.slice(at + 1).map((b) => ({ id: `${a}-${b}`, ends: [a, b] as const })));
const between = (side: readonly string[]): string[] => mesh.filter(({ ends }) => side.includes(ends[0]) !== side.includes(ends[1])).map(({ id }) => id);
const did = (...deeds: readonly Intervention[]): AddressedIntervention[] => deeds.map((deed, at) => ({ id: `i${at}`, at: { time: at, done: 0, order: 0 }, do: deed }));
const partition = (side: readonly string[]): Intervention => ({ kind: 'partition', cuts: between(side).map((link) => ({ link })) });

describe('the order of the lifelines', () => {
  test('is the network’s as long as nothing parts it', () => {
    expect(orderLanes(nodes, mesh, [])).toEqual({ nodes, parted: [false, false, false, false] });
    expect(orderLanes(nodes, mesh, did({ kind: 'cut', link: 'S1-S2' })).nodes).toEqual(nodes);
  });

  test('puts the sides of a cut together, with room between them', () => {
    const order = orderLanes(nodes, mesh, did(partition(['S2', 'S4'])));
    expect(order.nodes).toEqual(['S1', 'S3', 'S5', 'S2', 'S4']);
    expect(order.parted).toEqual([false, false, true, false]);
  });

  test('stays when the cut is healed, and parts the sides again at the next one', () => {
    const order = orderLanes(nodes, mesh, did(partition(['S2', 'S4']), { kind: 'heal', links: between(['S2', 'S4']) }, partition(['S1', 'S2'])));
    expect(order.nodes).toEqual(['S1', 'S3', 'S5', 'S2', 'S4']);
    expect(order.parted).toEqual([true, false, true, true]);
  });

  test('sees a cut that is made link by link', () => {
    const cuts = between(['S5']).map((link): Intervention => ({ kind: 'cut', link }));
    expect(orderLanes(nodes, mesh, did(...cuts)).parted).toEqual([false, false, false, true]);
    expect(orderLanes(nodes, mesh, did(...cuts.slice(1))).parted).toEqual([false, false, false, false]);
  });

  test('is not changed by a cut of one direction', () => {
    expect(orderLanes(nodes, mesh, did({ kind: 'partition', cuts: between(['S5']).map((link) => ({ link, from: 'S5' })) })).parted).toEqual([false, false, false, false]);
  });
});

test('parts are numbered by their first nodes', () => {
  expect(partsOf(['a', 'b', 'c', 'd'], [{ ends: ['d', 'b'] }, { ends: ['c', 'nobody'] }])).toEqual([0, 1, 2, 1]);
});

describe('the places of the lifelines', () => {
  test('as in the drawing of the space–time diagram: a gap with a crack is 1.45 times as wide (a-raft: 33.7 and 48.9 px)', () => {
    const { places } = placeLanes({ nodes, parted: [false, true, false, false] }, 5, 74, 150, 11);
    expect(places.map((place) => Math.round(place * 100) / 100)).toEqual([74, 107.71, 156.58, 190.29, 224]);
  });

  test('come no closer than names can be told apart, and then take more room than there is', () => {
    const many = Array.from({ length: 50 }, (_, at) => `n${at}`);
    const { places, extent } = placeLanes({ nodes: many, parted: many.slice(1).map(() => false) }, 50, 18, 150, 11);
    expect(places[1]! - places[0]!).toBe(11);
    expect(extent).toBe(49 * 11);
  });

  test('a single one lies in the middle', () => {
    expect(placeLanes({ nodes: ['a'], parted: [] }, 1, 10, 100, 11).places).toEqual([60]);
  });
});
