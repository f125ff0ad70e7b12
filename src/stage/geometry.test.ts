import { describe, expect, test } from 'vitest';
import { bowedCurve, crossing, crossSegments, laneCurve, lengthInside, lengthOf, loopCurve, nearestOn, pathOf, piece, pointAt, rimPoint, straightCurve } from './geometry.ts';

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

  describe('a lane', () => {
    const lane = laneCurve({ x: 0, y: 0 }, { x: 300, y: 80 }, 100);

    test('is level at its beginning, and straight from where it has come to its own height', () => {
      expect(lane.first.y).toBe(0);
      expect(lane.bend?.at).toEqual({ x: 100, y: 80 });
      expect(pointAt(lane, 1)).toEqual({ x: 300, y: 80 });
      expect(pathOf(lane)).toBe('M0 0C54 0 44 80 100 80L300 80');
    });

    test('has as many of its fractions before the bend as of its length', () => {
      const share = lane.bend?.share ?? NaN;
      expect(pointAt(lane, share)).toEqual({ x: 100, y: 80 });
      expect(lengthOf(piece(lane, 0, share)) / lengthOf(lane)).toBeCloseTo(share, 3);
      expect(pointAt(lane, (1 + share) / 2).x).toBeCloseTo(200);
    });

    test.each([[0.1, 0.2], [0.1, 0.9], [0.7, 0.9]])('from %f to %f is a piece of it', (start, end) => {
      const part = piece(lane, start, end);
      for (const [at, of] of [[0, start], [1, end], [0.5, (start + end) / 2]] as const) {
        expect(pointAt(part, at).x).toBeCloseTo(pointAt(lane, of).x);
        expect(pointAt(part, at).y).toBeCloseTo(pointAt(lane, of).y);
      }
    });

    test('is crossed and pointed at as a fraction of the whole', () => {
      const fraction = crossing(lane, { x: 200, y: 60 }, { x: 200, y: 100 });
      expect(fraction !== null && pointAt(lane, fraction).x).toBeCloseTo(200);
      expect(pointAt(lane, nearestOn(lane, { x: 250, y: 90 }).fraction).x).toBeCloseTo(250);
    });

    test('ends with its bend where there is no room for more', () => {
      expect(laneCurve({ x: 0, y: 0 }, { x: 100, y: 80 }, 100).bend).toBeUndefined();
    });
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
