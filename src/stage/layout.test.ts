import { describe, expect, test } from 'vitest';
import { longitudes, mappable } from './geographic.ts';
import { crossSegments, distance, type Point } from './geometry.ts';
import { layOut, placeBesideNeighbours, type Layout } from './layout.ts';
import { grid, link, node } from './testing/network.ts';
import type { LinkSpec, NodeSpec } from '../../workers/model/topology.ts';

function laidOut(nodes: readonly NodeSpec[], links: readonly LinkSpec[]): Promise<Layout> {
  return new Promise((resolve) => layOut(nodes, links, resolve));
}

const denver = { longitude: -104.99, latitude: 39.739 };
const seattle = { longitude: -122.332, latitude: 47.606 };
const newYork = { longitude: -74.006, latitude: 40.713 };

describe('a network without coordinates', () => {
  test('is laid out the same way each time', async () => {
    const { nodes, links } = grid(4, 3);
    const [first, second] = [await laidOut(nodes, links), await laidOut(nodes, links)];
    expect(first.projection).toBeNull();
    expect([...first.positions]).toEqual([...second.positions]);
  });

  test('keeps neighbours nearer than nodes at opposite corners', async () => {
    const { nodes, links } = grid(4, 3);
    const { positions } = await laidOut(nodes, links);
    const at = (id: string): Point => positions.get(id) ?? { x: NaN, y: NaN };
    expect(distance(at('0,0'), at('1,0')) * 2).toBeLessThan(distance(at('0,0'), at('3,2')));
  });

  test('that is a ring is drawn without a crossing, whatever the order of its nodes', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const links = ids.map((id, at) => link(id, ids[(at + 1) % ids.length] ?? ''));
    const orders = [ids, ['a', 'c', 'e', 'b', 'd'], ['e', 'a', 'd', 'b', 'c']];
    const layouts = await Promise.all(orders.map((order) => laidOut(order.map((id) => node(id)), links)));
    const crossings = layouts.flatMap(({ positions }) => {
      const places = ids.map((id) => positions.get(id) ?? { x: NaN, y: NaN });
      const sides = places.map((place, at) => [place, places[(at + 1) % places.length] ?? place] as const);
      const apart = sides.flatMap((side, at) => sides.slice(at + 2, at === 0 ? -1 : undefined).map((other) => [side, other] as const));
      return apart.map(([[from, to], [otherFrom, otherTo]]) => crossSegments(from, to, otherFrom, otherTo));
    });
    expect(crossings).toHaveLength(3 * 5);
    expect(crossings.every((crossing) => crossing === null)).toBe(true);
  });

  test('has a place for each node of a network that does not hang together', async () => {
    const { positions } = await laidOut([node('a'), node('b'), node('c')], [link('a', 'b')]);
    expect([...positions.values()].every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(positions.size).toBe(3);
  });
});

describe('a network with coordinates', () => {
  test('lies as on a map: west is left, north is up', async () => {
    const { positions, projection } = await laidOut([node('STTL', seattle), node('DNVR', denver), node('NYCM', newYork)], [link('STTL', 'DNVR'), link('DNVR', 'NYCM')]);
    const [west, middle, east] = ['STTL', 'DNVR', 'NYCM'].map((id) => positions.get(id) ?? { x: NaN, y: NaN });
    expect(projection).not.toBeNull();
    expect(west?.x).toBeLessThan(middle?.x ?? NaN);
    expect(middle?.x).toBeLessThan(east?.x ?? NaN);
    expect(west?.y).toBeLessThan(middle?.y ?? NaN);
  });

  test('puts nodes at one place a little apart', async () => {
    const { positions } = await laidOut([node('a', denver), node('b', denver), node('c', newYork)], [link('a', 'b'), link('b', 'c')]);
    const [a, b] = [positions.get('a'), positions.get('b')];
    expect(a && b ? distance(a, b) : 0).toBeGreaterThan(20);
  });

  test('puts a node without coordinates beside its neighbours', async () => {
    const { positions } = await laidOut([node('a', denver), node('b', seattle), node('c', newYork), node('lost')], [link('a', 'lost')]);
    const [near, lost, far] = ['a', 'lost', 'c'].map((id) => positions.get(id) ?? { x: NaN, y: NaN });
    expect(near && lost && far && distance(near, lost) < distance(far, lost)).toBe(true);
  });

  test('is no map when most nodes have none, or all have the same', () => {
    expect(mappable([node('a', denver), node('b'), node('c')])).toBeNull();
    expect(mappable([node('a', denver), node('b', denver)])).toBeNull();
  });

  test('across the Pacific, the middle is the Pacific', () => {
    const { middle, span } = longitudes([{ longitude: 140, latitude: 35 }, { longitude: -122, latitude: 37 }]);
    expect(span).toBeCloseTo(98);
    expect(Math.abs(middle)).toBeCloseTo(171);
  });
});

test('nodes that hang on nothing placed stand in a row below the others', () => {
  const placed = new Map([['a', { x: 10, y: 20 }]]);
  placeBesideNeighbours(['a', 'b', 'c'], [link('b', 'c')], placed, 60);
  expect(placed.get('b')).toEqual({ x: 10, y: 140 });
  expect(placed.has('c')).toBe(true);
});
