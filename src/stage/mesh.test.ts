import { describe, expect, test } from 'vitest';
import { distance, type Point } from './geometry.ts';
import { meshLayout } from './mesh.ts';
import { grid, link, node } from './testing/network.ts';
import type { LinkSpec } from '../../workers/model/topology.ts';

function full(ids: readonly string[]): LinkSpec[] {
  return ids.flatMap((a, at) => ids.slice(at + 1).map((b) => link(a, b)));
}

const five = ['S1', 'S2', 'S3', 'S4', 'S5'];

function laidOut(ids: readonly string[], links: readonly LinkSpec[], clients: readonly string[] = []): (id: string) => Point {
  const places = meshLayout(ids.map((id) => node(id)), links, new Set(clients));
  return (id) => places?.get(id) ?? { x: NaN, y: NaN };
}

describe('a full mesh of five', () => {
  test('has two on the left and three on the right, each from top to bottom (mock a-raft)', () => {
    const at = laidOut(five, full(five));
    expect(five.map((id) => Math.sign(at(id).x))).toEqual([-1, -1, 1, 1, 1]);
    expect(at('S1').y).toBeLessThan(at('S2').y);
    expect(at('S3').y).toBeLessThan(at('S4').y);
    expect(at('S4').y).toBeLessThan(at('S5').y);
  });

  test('stands on an oval, no two nodes at one place', () => {
    const at = laidOut(five, full(five));
    const pairs = five.flatMap((a, index) => five.slice(index + 1).map((b) => distance(at(a), at(b))));
    expect(Math.min(...pairs)).toBeGreaterThan(80);
  });

  test('has its clients beside it, who are linked to every server', () => {
    const clients = ['c1', 'c2', 'c3'];
    const links = [...full(five), ...clients.flatMap((client) => five.map((server) => link(client, server)))];
    const at = laidOut([...five, ...clients], links);
    expect(clients.every((client) => at(client).x < at('S1').x * 1.4)).toBe(true);
    expect(five.map((id) => Math.sign(at(id).x))).toEqual([-1, -1, 1, 1, 1]);
  });

  test('has clients beside it that are linked to each other as well, where they are known to be clients', () => {
    const at = laidOut([...five, 'c1', 'c2'], full([...five, 'c1', 'c2']), ['c1', 'c2']);
    expect(at('c1').x).toBeLessThan(at('S1').x * 1.4);
    expect(at('S3').x).toBeGreaterThan(0);
  });

  test('has clients beside it that know one server each', () => {
    const at = laidOut([...five, 'c1', 'c2'], [...full(five), link('c1', 'S1'), link('c2', 'S4')]);
    expect(at('c1').x).toBeLessThan(at('S2').x);
    expect(at('S4').x).toBeGreaterThan(0);
  });
});

test('three servers with known clients are a cluster as well', () => {
  const ids = ['S1', 'S2', 'S3', 'c1', 'c2'];
  const at = laidOut(ids, full(ids), ['c1', 'c2']);
  expect(ids.map((id) => Math.sign(at(id).x))).toEqual([-1, 1, 1, -1, -1]);
  expect(at('c1').x).toBeLessThan(at('S1').x);
});

test('whatever is no mesh is left to forces', () => {
  const { nodes, links } = grid(3, 3);
  expect(meshLayout(nodes, links, new Set())).toBeNull();
  expect(meshLayout(['a', 'b', 'c'].map((id) => node(id)), full(['a', 'b', 'c']), new Set())).toBeNull();
});

test('a mesh with a chain of others on it is left to forces', () => {
  const ids = [...five, 'x', 'y'];
  expect(meshLayout(ids.map((id) => node(id)), [...full(five), link('S1', 'x'), link('x', 'y')], new Set())).toBeNull();
});
