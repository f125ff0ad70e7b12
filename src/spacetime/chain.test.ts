import { describe, expect, test } from 'vitest';
import type { BranchInfo } from '../../workers/contract.ts';
import { drawsFrom, makeTape, reelOf } from '../simulation/testing/tapes.ts';
import type { AxisKind, Span } from '../timeline/axis.ts';
import { chainOf, stretchOfChain } from './chain.ts';
import { pieceOf, type Piece } from './piece.ts';
import { ownerOf } from './pieces.ts';

const LENGTH = 40;
const tape = makeTape(5, 400, drawsFrom(3));
const all = Array.from({ length: 10 }, (_, number) => pieceOf(reelOf(tape, number * LENGTH, LENGTH), LENGTH));

/** Loads what is wanted until nothing is. @returns the numbers in the order in which they were asked for. */
function loadAll(window: Span, kind: AxisKind, anchor: number): { readonly asked: readonly number[]; readonly pieces: readonly Piece[] } {
  const there = new Map<number, Piece>();
  const asked: number[] = [];
  for (;;) {
    const chain = chainOf(window, kind, anchor, (number) => there.get(number), Infinity);
    if (chain.wanted === null) return { asked, pieces: chain.pieces };
    asked.push(chain.wanted);
    there.set(chain.wanted, all[chain.wanted]!);
  }
}

describe('the pieces of a window', () => {
  test('by steps: those that hold them, and no others', () => {
    const { asked, pieces } = loadAll({ start: 130, end: 250 }, 'events', 4);
    expect(pieces.map(({ number }) => number)).toEqual([3, 4, 5, 6]);
    expect(asked.toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6]);
    expect(asked[0]).toBe(4);
  });

  test('by time: they cover it without a gap', () => {
    const window = { start: tape.events[150]!.time, end: tape.events[290]!.time };
    const { pieces } = loadAll(window, 'time', 5);
    expect(pieces[0]!.from).toBeLessThanOrEqual(window.start);
    expect(pieces.at(-1)!.until).toBeGreaterThanOrEqual(window.end);
    expect(pieces.map(({ number }) => number)).toEqual(pieces.map((_, at) => pieces[0]!.number + at));
  });

  test('are found from an anchor that lies before or behind it', () => {
    const window = { start: tape.events[200]!.time + 1, end: tape.events[210]!.time };
    expect(loadAll(window, 'time', 1).pieces.map(({ number }) => number)).toContain(5);
    expect(loadAll(window, 'time', 9).pieces.map(({ number }) => number)).toContain(5);
  });

  test('end with the tape: what comes after the last event is known', () => {
    const { asked, pieces } = loadAll({ start: 390, end: 900 }, 'events', 9);
    expect(asked).toEqual([9]);
    expect(stretchOfChain({ pieces, wanted: null, crowded: false }, 'events')).toEqual({ start: 360, end: Infinity });
  });
});

test('a piece that lies before a fork is that of the branch that it was forked from', () => {
  const branch = (number: number, parent: number | null, forkEvent: number): BranchInfo => ({ branch: number, parent, forkEvent, forkTime: 0, edit: null, interventions: [] });
  const branches = [branch(0, null, 0), branch(1, 0, 100), branch(2, 1, 50)];
  expect(ownerOf(branches, 1, 99)).toBe(0);
  expect(ownerOf(branches, 1, 100)).toBe(1);
  expect(ownerOf(branches, 2, 40)).toBe(0);
  expect(ownerOf(branches, 2, 80)).toBe(2);
});
