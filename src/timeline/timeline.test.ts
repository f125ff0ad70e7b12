import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BranchInfo, TapeIndex } from '../../workers/contract.ts';
import { extentOf, following, fromX, moved, silhouette, snapTo, toX, zoomed } from './axis.ts';
import { bracketsPath } from './brackets.ts';
import { lanesOf, placeLanes } from './lanes.ts';
import { parsePosition } from './position.ts';
import { texts as english } from './text.en.ts';
import { texts as chinese } from './text.zh.ts';

const index: TapeIndex = {
  branch: 0,
  events: 101,
  time: 4_000,
  computing: true,
  ended: false,
  bucket: 1_000,
  sent: [10, 0, 40, 10],
  dropped: [0, 0, 0, 0],
  eventsBefore: [0, 20, 20, 80],
  marks: [],
  violations: [],
  invariants: [],
  metrics: {},
  drops: {},
  problem: null,
};

describe('the axis', () => {
  test('goes on to the horizon while the tape is computed, and ends with it otherwise', () => {
    expect(extentOf('time', index, 2e9)).toEqual({ known: 4_000, end: 2e9 });
    expect(extentOf('time', { ...index, computing: false, time: 3e6 }, 2e9)).toEqual({ known: 3e6, end: 3e6 });
    expect(extentOf('events', index, 2e9)).toEqual({ known: 100, end: 100 });
  });

  test('places and reads back', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 100, max: 2_000 }), (part, width) => {
        const span = { start: 50, end: 150 };
        expect(fromX(span, width, toX(span, width, 50 + part * 100))).toBeCloseTo(50 + part * 100, 6);
      }),
    );
  });

  test('zooms around a value that stays where it is, and never leaves the axis', () => {
    const extent = { known: 1e9, end: 1e9 };
    const spans = fc.array(fc.record({ part: fc.double({ min: 0, max: 1, noNaN: true }), factor: fc.double({ min: 0.2, max: 4, noNaN: true }) }), { maxLength: 20 });
    fc.assert(
      fc.property(spans, (wheel) => {
        let span = { start: 0, end: 1e9 };
        for (const { part, factor } of wheel) {
          span = zoomed('time', span, extent, span.start + part * (span.end - span.start), factor);
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeLessThanOrEqual(1e9 + 1);
          expect(span.end).toBeGreaterThan(span.start);
        }
      }),
    );
    const closer = zoomed('time', { start: 0, end: 1e9 }, extent, 4e8, 0.5);
    expect(toX(closer, 1_000, 4e8)).toBeCloseTo(toX({ start: 0, end: 1e9 }, 1_000, 4e8), 6);
  });

  test('follows a playhead that leaves it', () => {
    const extent = { known: 100, end: 100 };
    expect(following({ start: 10, end: 20 }, extent, 15)).toEqual({ start: 10, end: 20 });
    expect(following({ start: 10, end: 20 }, extent, 21)).toEqual({ start: 19, end: 29 });
    expect(moved({ start: 90, end: 100 }, extent, 50)).toEqual({ start: 90, end: 100 });
  });

  test('snaps to the nearest mark within reach', () => {
    const marks = [{ x: 10 }, { x: 14 }];
    expect(snapTo(marks, 13, 6)).toEqual({ x: 14 });
    expect(snapTo(marks, 21, 6)).toBeNull();
  });

  test('draws the silhouette highest where most messages are sent', () => {
    const heights = (path: string): number[] => [...path.matchAll(/L[\d.]+ ([\d.]+)/g)].map((match) => Number(match[1]));
    const drawn = heights(silhouette('time', index, { start: 0, end: 4_000 }, 216, 30, 16));
    expect(Math.min(...drawn)).toBe(14);
    expect(drawn.indexOf(14) / drawn.length).toBeCloseTo(0.5, 1);
    expect(silhouette('time', { ...index, sent: [0, 0] }, { start: 0, end: 4_000 }, 216, 30, 16)).toBe('');
  });
});

describe('lanes', () => {
  const info = (branch: number, parent: number | null, ...deeds: readonly (readonly [id: string, time: number])[]): BranchInfo => ({
    branch,
    parent,
    forkEvent: 0,
    forkTime: 0,
    edit: null,
    interventions: deeds.map(([id, time]) => ({ id, at: { time, done: 0, order: 0 }, do: { kind: 'cut', link: id } })),
  });
  const branches = [info(0, null), info(1, 0, ['a', 10]), info(2, 0, ['b', 5]), info(3, 1, ['a', 10], ['c', 20])];

  test('are the branches that hold something that this one does not', () => {
    expect(lanesOf(branches, 3).map((lane) => lane.branch)).toEqual([2]);
    expect(lanesOf(branches, 1).map((lane) => [lane.branch, lane.deeds])).toEqual([
      [2, [{ kind: 'cut', link: 'b' }]],
      [3, [{ kind: 'cut', link: 'c' }]],
    ]);
  });

  test('leave out what another branch goes on from', () => {
    expect(lanesOf(branches, 2).map((lane) => [lane.branch, lane.deeds.length])).toEqual([[3, 2]]);
  });

  test('are labelled beside each other, right of their forks', () => {
    const placed = placeLanes([{ branch: 1, name: 'Cut A–B', fork: 100 }, { branch: 2, name: '切断甲乙', fork: 110 }, { branch: 3, name: 'x', fork: 490 }], 500);
    for (const [at, lane] of placed.entries()) {
      const next = placed[at + 1];
      expect(lane.left + lane.room <= (next?.left ?? Infinity)).toBe(true);
    }
    expect(placed[0]?.left).toBe(114);
  });

  test('are at most three, the newest', () => {
    const many = [...branches, info(4, 0, ['d', 1]), info(5, 0, ['e', 2])];
    expect(lanesOf(many, 0).map((lane) => lane.branch)).toEqual([4, 5, 3]);
    expect(lanesOf([...many, info(6, 0, ['f', 3])], 0).map((lane) => lane.branch)).toEqual([4, 5, 6]);
  });
});

test('a position is a step or a time', () => {
  expect(parsePosition('611')).toEqual({ event: 611 });
  expect(parsePosition('9,730')).toEqual({ event: 9_730 });
  expect(parsePosition('10.2')).toEqual({ time: 10_200_000_000 });
  expect(parsePosition(' 15 ms ')).toEqual({ time: 15_000_000 });
  expect(parsePosition('soon')).toBeNull();
});

describe('the brackets of the drawer', () => {
  test('stand at the ends of what it shows', () => {
    expect(bracketsPath(100, 140, 600, 31)).toBe('M100.0 24v14M140.0 24v14');
  });

  test('never lie on each other, and are left out where they are out of sight', () => {
    expect(bracketsPath(100, 101, 600, 31)).toBe('M97.5 24v14M103.5 24v14');
    expect(bracketsPath(-50, 140, 600, 31)).toBe('M140.0 24v14');
    expect(bracketsPath(700, 800, 600, 31)).toBe('');
  });
});

test('every text is written in both languages, with the same slots', () => {
  const slots = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  expect(Object.keys(chinese)).toEqual(Object.keys(english));
  for (const [key, text] of Object.entries(english)) expect([key, slots(chinese[key as keyof typeof chinese])]).toEqual([key, slots(text)]);
});
