import { describe, expect, test } from 'vitest';
import { sidesOfStroke } from './stroke.ts';

const nodes = [
  { id: 'S1', at: { x: 100, y: 100 } },
  { id: 'S2', at: { x: 120, y: 400 } },
  { id: 'S3', at: { x: 600, y: 80 } },
  { id: 'S4', at: { x: 800, y: 250 } },
  { id: 'S5', at: { x: 620, y: 420 } },
];
const sides = [['S1', 'S2'], ['S3', 'S4', 'S5']];

describe('the sides of a stroke', () => {
  test('are told before it has crossed everything', () => {
    expect(sidesOfStroke([{ x: 350, y: 0 }, { x: 340, y: 100 }, { x: 345, y: 180 }], nodes)).toEqual(sides);
  });

  test('are the same whichever way the pen goes', () => {
    expect(sidesOfStroke([{ x: 345, y: 480 }, { x: 340, y: 300 }], nodes)).toEqual(sides);
  });

  test('are none before the stroke has a direction', () => {
    expect(sidesOfStroke([{ x: 350, y: 0 }, { x: 350, y: 20 }], nodes)).toBeNull();
  });

  test('are none beside all nodes', () => {
    expect(sidesOfStroke([{ x: 20, y: 0 }, { x: 20, y: 300 }], nodes)).toBeNull();
  });
});
