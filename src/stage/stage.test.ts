import { describe, expect, test } from 'vitest';
import { detailFor, labelsAll } from './detail.ts';
import { cutGroups, cutPosition, healDeed, linksBetween, newLink, newNode, strokeDeed } from './deeds.ts';
import { overlap } from './geometry.ts';
import { placeBeside } from './labels.ts';
import { costText } from './looks.ts';
import { cutOf } from './states.ts';
import { isCopy, nearestPlace } from './packets.ts';
import { Scene } from './scene.ts';
import { frameOf, grid, link, linkAt, node, nodeKnowing } from './testing/network.ts';
import { readingOrder, walkFrom } from './walk.ts';
import type { BranchInfo } from '../../workers/contract.ts';

describe('detail (visual specification, section 1)', () => {
  test.each([
    [24, 1000, 'full'],
    [24, 390, 'compact'],
    [25, 1000, 'small'],
    [80, 1000, 'small'],
    [81, 1000, 'dot'],
  ] as const)('%i nodes on %i px are drawn %s', (nodes, width, detail) => {
    expect(detailFor(nodes, width)).toBe(detail);
  });

  test('over 24 nodes, labels show only where somebody looks', () => {
    expect([detailFor(24, 1000), detailFor(25, 1000)].map(labelsAll)).toEqual([true, false]);
  });
});

describe('cuts', () => {
  const ab = link('a', 'b');
  const bc = link('b', 'c');

  test('a cut is placed from the first end, whichever direction it stops', () => {
    expect(cutOf({ cut: [0.3, 0.7], directions: ab.directions })).toEqual({ at: 0.3, oneWay: null });
    expect(cutOf({ cut: [null, 0.7], directions: ab.directions })?.at).toBeCloseTo(0.3);
    expect(cutOf({ cut: [null, 0.7], directions: ab.directions })?.oneWay).toBe(1);
    expect(cutOf({ cut: [null, null], directions: ab.directions })).toBeNull();
  });

  test('a cut keeps off the ends of its link', () => {
    expect([0, 0.5, 1].map(cutPosition)).toEqual([0.12, 0.5, 0.88]);
  });

  test('a stroke across one link is a cut, across several one partition', () => {
    expect(strokeDeed(new Map())).toBeNull();
    expect(strokeDeed(new Map([['a-b', 0.4]]))).toEqual({ kind: 'cut', link: 'a-b', position: 0.4 });
    expect(strokeDeed(new Map([['a-b', 0.4], ['b-c', 0.6]]))).toEqual({ kind: 'partition', cuts: [{ link: 'a-b', position: 0.4 }, { link: 'b-c', position: 0.6 }] });
  });

  test('links between two sides are those with one end on each, cut ones left out', () => {
    const frame = frameOf([], [linkAt(ab), linkAt(bc), linkAt(link('a', 'c'), [0.5, 0.5])]);
    expect(linksBetween(frame, new Set(['a']))).toEqual(['a-b']);
  });

  test('links that one deed has cut are healed together', () => {
    const branch: BranchInfo = {
      branch: 1, parent: 0, forkEvent: 0, forkTime: 5, edit: null,
      interventions: [{ id: 'i1', at: { time: 5, done: 0, order: 0 }, do: { kind: 'partition', cuts: [{ link: 'a-b' }, { link: 'b-c' }] } }],
    };
    const [group, ...others] = cutGroups(frameOf([], [linkAt(ab, [0.5, 0.5]), linkAt(bc, [0.5, 0.5])], 9), branch);
    expect(others).toEqual([]);
    expect(group).toEqual({ key: 'i1', time: 5, links: ['a-b', 'b-c'] });
    expect(group && healDeed(group)).toEqual({ kind: 'heal', links: ['a-b', 'b-c'] });
  });

  test('a cost is written once, or for each direction where they differ', () => {
    expect([costText([639, 639]), costText([3, 7])]).toEqual(['639', '3 / 7']);
  });
});

describe('pointing at packets', () => {
  const places = [{ packet: 'a.1', x: 0, y: 0 }, { packet: 'a.2', x: 10, y: 0 }];

  test('the nearest within reach is meant', () => {
    expect(nearestPlace(places, { x: 7, y: 3 }, 14)?.packet).toBe('a.2');
  });

  test('none is meant where none is near', () => {
    expect(nearestPlace(places, { x: 60, y: 0 }, 14)).toBeNull();
  });
});

describe('the scene', () => {
  test('parallel links lie in lanes of their own, a single one lies straight', () => {
    const scene = new Scene([node('a'), node('b'), node('c')], [link('a', 'b', 'one'), link('b', 'a', 'two'), link('b', 'c')], new Map());
    const lanes = scene.links.map(({ lane }) => lane);
    expect(new Set(lanes.slice(0, 2).map(Math.abs))).toEqual(new Set([0.5]));
    expect(lanes[2]).toBe(0);
    // Named from opposite ends, they must not bow to the same side.
    expect(lanes[0]).toBe(lanes[1]);
  });

  test('new nodes and links get names that are free', () => {
    const scene = new Scene([node('n1'), node('n3')], [link('n1', 'n3')], new Map());
    expect(newNode(scene).id).toBe('n2');
    expect(newLink(scene, 'n1', 'n3').id).toBe('n1-n3-2');
  });
});

describe('the keyboard', () => {
  const { nodes, links } = grid(2, 2);
  const positions = new Map(nodes.map(({ id }) => [id, { x: Number(id[0]) * 100, y: Number(id[2]) * 100 }]));
  const scene = new Scene(nodes, links, positions);

  test('reads an island clockwise from its left', () => {
    const frame = frameOf(nodes.map(({ id }) => nodeKnowing(id, [])), links.map((spec) => linkAt(spec)));
    expect(readingOrder(scene, frame).map(({ spec }) => spec.id)).toEqual(['0,0', '1,0', '1,1', '0,1']);
  });

  test('reads one island after the other', () => {
    const cut = new Set(['0,0-1,0', '0,1-1,1']);
    const frame = frameOf(nodes.map(({ id }) => nodeKnowing(id, [])), links.map((spec) => linkAt(spec, cut.has(spec.id) ? [0.5, 0.5] : [null, null])));
    expect(readingOrder(scene, frame).map(({ spec }) => spec.id)).toEqual(['0,0', '0,1', '1,0', '1,1']);
  });

  test('walks from a node over its links', () => {
    const frame = frameOf([], links.map((spec) => linkAt(spec)));
    expect(walkFrom('0,0', scene, frame).map(({ kind }) => kind)).toEqual(['node', 'link', 'link']);
  });
});

test('a name keeps off the links of its node', () => {
  const box = { x: 100, y: 100, halfWidth: 25, halfHeight: 13 };
  const east = [{ x: 100, y: 100 }, { x: 300, y: 100 }] as const;
  const [place] = placeBeside([{ node: box, width: 60 }], { boxes: [box], segments: [east], width: 400, height: 200 });
  expect(place?.anchor).not.toBe('start');
  expect(place && overlap(place.box, box)).toBe(0);
});

test('a copy of a packet is told by its name (workers/model/packet.ts)', () => {
  expect(['S1.12', 'S1.12.1', 'a.b.3', 'a.b.3.2'].map(isCopy)).toEqual([false, true, false, true]);
});
