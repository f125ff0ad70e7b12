import { describe, expect, test } from 'vitest';
import { arcPath, isHot, remaining } from './roles.ts';

const ring = { from: 100, until: 300 };

describe('a timer that runs out', () => {
  test.each([[50, 1], [100, 1], [150, 0.75], [300, 0], [400, 0]])('has at %i so much left: %d', (time, left) => {
    expect(remaining(ring, time)).toBe(left);
  });

  test('is told in words when less than 15 percent of it are left', () => {
    expect([260, 270, 299].map((time) => isHot(ring, time))).toEqual([false, true, true]);
  });

  test('is an arc that ends at the top and begins further on as time goes by', () => {
    expect(arcPath(10, 0.75)).toBe('M10.00 -0.00A10 10 0 1 1 0 -10');
    expect(arcPath(10, 0.25)).toBe('M-10.00 0.00A10 10 0 0 1 0 -10');
  });

  test('is a whole circle at first, and nothing at last', () => {
    expect(arcPath(10, 1).match(/A/g)).toHaveLength(2);
    expect(arcPath(10, 0)).toBe('');
  });
});
