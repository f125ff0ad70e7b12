import { describe, expect, test } from 'vitest';
import { sheetCrack, type CrackRoom } from './crack.ts';
import type { Point } from './geometry.ts';

const room: CrackRoom = { width: 1000, height: 500, nodes: [] };
const column: readonly Point[] = [{ x: 410, y: 330 }, { x: 400, y: 120 }, { x: 396, y: 240 }];

describe('a crack in the sheet', () => {
  test('leads through every cut, from the top to the bottom of the stage', () => {
    const crack = sheetCrack(column, true, room);
    expect(column.every((cut) => crack?.line.includes(cut))).toBe(true);
    expect(crack?.line[0]?.y).toBeLessThan(0);
    expect(crack?.line.at(-1)?.y).toBeGreaterThan(500);
  });

  test('is the same every time', () => {
    expect(sheetCrack(column, true, room)).toEqual(sheetCrack(column.toReversed(), true, room));
  });

  test('goes from left to right through cuts that lie side by side', () => {
    const crack = sheetCrack([{ x: 300, y: 200 }, { x: 700, y: 210 }], true, room);
    expect([crack?.line[0]?.x, crack?.line.at(-1)?.x]).toEqual([-10, 1010]);
  });

  test('ends on the sheet where it divides nothing', () => {
    const crack = sheetCrack(column, false, room);
    expect(crack?.line[0]?.y).toBeGreaterThan(50);
    expect(crack?.line.at(-1)?.y).toBeLessThan(400);
  });

  test('turns aside from a node on its way out', () => {
    const nodes = [{ x: 412, y: 440, halfWidth: 41, halfHeight: 41 }];
    const crack = sheetCrack(column, true, { ...room, nodes });
    const end = crack?.line.at(-1);
    expect(end && Math.abs(end.x - 412)).toBeGreaterThan(41);
  });

  test('is none where a node lies between the cuts', () => {
    const nodes = [{ x: 400, y: 180, halfWidth: 20, halfHeight: 20 }];
    expect(sheetCrack(column, true, { ...room, nodes })).toBeNull();
  });

  test('is none where the cuts lie on no line, as around a node', () => {
    const around = [{ x: 400, y: 200 }, { x: 440, y: 240 }, { x: 400, y: 280 }, { x: 360, y: 240 }];
    expect(sheetCrack(around, true, room)).toBeNull();
  });

  test('is none for a single link: its own crack is enough', () => {
    expect(sheetCrack([{ x: 1, y: 1 }], true, room)).toBeNull();
  });
});
