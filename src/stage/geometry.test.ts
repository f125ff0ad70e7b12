import { describe, expect, test } from 'vitest';
import { bowedCurve, crossing, crossSegments, lengthInside, loopCurve, nearestOn, pathOf, piece, pointAt, rimPoint, straightCurve } from './geometry.ts';

const level = straightCurve({ x: 0, y: 0 }, { x: 100, y: 0 });

describe('curves', () => {
  test('a fraction of a straight link is a fraction of its length', () => {
    expect(pointAt(level, 0.25)).toEqual({ x: 25, y: 0 });
  });

  test('a bowed link begins and ends at its nodes, and its middle lies aside by the bow', () => {
    const bowed = bowedCurve({ x: 0, y: 0 }, { x: 100, y: 0 }, 18);
    expect(pointAt(bowed, 0)).toEqual({ x: 0, y: 0 });
    expect(pointAt(bowed, 1)).toEqual({ x: 100, y: 0 });
    expect(pointAt(bowed, 0.5).x).toBeCloseTo(50);
    expect(Math.abs(pointAt(bowed, 0.5).y)).toBeCloseTo(18);
  });

  test('two links between the same nodes bow to opposite sides', () => {
    const above = pointAt(bowedCurve({ x: 0, y: 0 }, { x: 100, y: 0 }, 9), 0.5).y;
    const below = pointAt(bowedCurve({ x: 0, y: 0 }, { x: 100, y: 0 }, -9), 0.5).y;
    expect(above).toBeCloseTo(-below);
  });

  test('a piece of a curve lies on the curve', () => {
    const bowed = bowedCurve({ x: 0, y: 0 }, { x: 100, y: 40 }, 30);
    const part = piece(bowed, 0.2, 0.7);
    expect(pointAt(part, 0)).toEqual(pointAt(bowed, 0.2));
    const end = pointAt(part, 1);
    expect(end.x).toBeCloseTo(pointAt(bowed, 0.7).x);
    expect(end.y).toBeCloseTo(pointAt(bowed, 0.7).y);
    expect(pointAt(part, 0.5).x).toBeCloseTo(pointAt(bowed, 0.45).x);
  });

  test('a self-loop leaves its node and comes back to it', () => {
    const loop = loopCurve({ x: 50, y: 50 }, 13, 26);
    expect(loop.from.y).toBe(37);
    expect(loop.to.y).toBe(37);
    expect(pointAt(loop, 0.5).y).toBeLessThan(37);
  });

  test('a path has at most one decimal', () => {
    expect(pathOf(straightCurve({ x: 1.2345, y: 0 }, { x: 2, y: 3.96 }))).toBe('M1.2 0L2 4');
  });
});

describe('the pen', () => {
  test('crosses a link where the strokes meet, as a fraction of the link', () => {
    expect(crossing(level, { x: 30, y: -10 }, { x: 30, y: 10 })).toBeCloseTo(0.3);
  });

  test('does not cross a link that it stops short of, or runs along', () => {
    expect(crossing(level, { x: 30, y: -10 }, { x: 30, y: -1 })).toBeNull();
    expect(crossSegments({ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 0, y: 5 }, { x: 10, y: 5 })).toBeNull();
  });

  test('crosses a bowed link where it really is', () => {
    const bowed = bowedCurve({ x: 0, y: 0 }, { x: 100, y: 0 }, 18);
    const middle = pointAt(bowed, 0.5);
    expect(crossing(bowed, { x: 50, y: middle.y - 4 }, { x: 50, y: middle.y + 4 })).toBeCloseTo(0.5, 1);
    expect(crossing(bowed, { x: 50, y: -4 }, { x: 50, y: 4 })).toBeNull();
  });
});

describe('nearness', () => {
  test('the nearest place on a link is found, and how far away it is', () => {
    expect(nearestOn(level, { x: 70, y: 12 })).toEqual({ fraction: 0.7, distance: 12 });
  });

  test('beyond its ends, an end is the nearest', () => {
    expect(nearestOn(level, { x: -30, y: 40 })).toEqual({ fraction: 0, distance: 50 });
  });
});

describe('boxes', () => {
  test('a link leaves a box at its side, and a disc at its radius', () => {
    const box = { x: 0, y: 0, halfWidth: 25, halfHeight: 13 };
    expect(rimPoint(box, { x: 100, y: 0 }, false)).toEqual({ x: 25, y: 0 });
    expect(rimPoint(box, { x: 0, y: 52 }, false)).toEqual({ x: 0, y: 13 });
    expect(rimPoint({ ...box, halfHeight: 25 }, { x: 30, y: 40 }, true)).toEqual({ x: 15, y: 20 });
  });

  test('the length of a segment inside a box is clipped to the box', () => {
    const box = { x: 50, y: 0, halfWidth: 10, halfHeight: 5 };
    expect(lengthInside(box, { x: 0, y: 0 }, { x: 100, y: 0 })).toBeCloseTo(20);
    expect(lengthInside(box, { x: 0, y: 6 }, { x: 100, y: 6 })).toBe(0);
  });
});
