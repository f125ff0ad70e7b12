// A point's arc reaches from the point before it to the point: the next point clockwise is a key's server (Karger et al., 1997).
import { expect, test } from 'vitest';
import { arcsOf } from './HashRing.tsx';

/** Where each arc begins and ends, as turns from the top, and whether it is the longer way round. */
function arcs(path: string): readonly (readonly [from: number, to: number, long: boolean])[] {
  const turn = (x: string, y: string): number => ((Math.round((1000 * Math.atan2(Number(x), -Number(y))) / (2 * Math.PI)) + 1000) % 1000) / 1000;
  return [...path.matchAll(/M(\S+) (\S+)A\S+ \S+ 0 (\d) 1 (\S+) ([^M]+)/g)].map(([, x = '', y = '', long, u = '', v = '']) => [turn(x, y), turn(u, v), long === '1'] as const);
}

const points = [{ at: 0.25, node: 'A' }, { at: 0.5, node: 'B' }, { at: 0.75, node: 'A' }];

test('arcs of all servers together are the whole ring, over the top as well', () => {
  expect(arcs(arcsOf(points, 'A'))).toEqual([[0.75, 0.25, false], [0.5, 0.75, false]]);
  expect(arcs(arcsOf(points, 'B'))).toEqual([[0.25, 0.5, false]]);
  expect(arcsOf(points, 'C')).toBe('');
});

test('an arc of more than half a turn goes the long way', () => {
  expect(arcs(arcsOf([{ at: 0.1, node: 'A' }, { at: 0.9, node: 'B' }], 'B'))).toEqual([[0.1, 0.9, true]]);
});

test('a ring of one point is all its server’s', () => {
  expect(arcsOf([{ at: 0.3, node: 'A' }], 'A').match(/A/g)?.length).toBe(2);
});
