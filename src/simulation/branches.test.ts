import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BranchInfo } from '../../workers/contract.ts';
import type { TapeEvent } from '../../workers/model/event.ts';
import type { AddressedIntervention } from '../../workers/model/intervention.ts';
import { addressAt, divergence, momentIn, trunkAt } from './branches.ts';
import { reelOf, type Tape, makeTape, drawsFrom } from './testing/tapes.ts';

const opening = makeTape(2, 0, drawsFrom(1)).opening;

/** A tape on which, in this order, timers (`t`) and interventions (`i`) happen at these times. */
function tapeOf(...happenings: readonly (readonly ['t' | 'i', number])[]): Tape {
  const counts = new Map<number, { done: number; order: number }>();
  const events = happenings.map(([kind, time], event): TapeEvent => {
    const count = counts.get(time) ?? { done: 0, order: 0 };
    const common = { event, time, cause: null, node: null, process: null, effects: [] };
    if (kind === 't') {
      counts.set(time, { done: count.done + 1, order: 0 });
      return { ...common, input: { kind: 'timer', timer: 'tick' } };
    }
    counts.set(time, { ...count, order: count.order + 1 });
    const intervention: AddressedIntervention = { id: `i${event}`, at: { time, ...count }, do: { kind: 'heal', links: [] } };
    return { ...common, input: { kind: 'intervention', intervention, applied: true } };
  });
  return { opening, events };
}

const tape = tapeOf(['t', 0], ['t', 0], ['t', 0], ['t', 5], ['i', 5], ['i', 5], ['t', 5], ['t', 9]);

function address(event: number, time: number, reelFirst = 0, length = 100): Promise<unknown> {
  return addressAt(reelOf(tape, reelFirst, length), { event, time }, (last) => Promise.resolve(reelOf(tape, Math.max(0, last - 1), 2)));
}

describe('the address of a deed', () => {
  test('before the first event is nothing done', async () => {
    expect(await address(-1, 0)).toEqual({ time: 0, done: 0, order: 0 });
  });

  test("counts the instant's events up to the playhead", async () => {
    expect(await address(1, 0)).toEqual({ time: 0, done: 2, order: 0 });
    expect(await address(3, 5)).toEqual({ time: 5, done: 1, order: 0 });
  });

  test('between two events is its own instant, with nothing done', async () => {
    expect(await address(3, 4)).toEqual({ time: 4, done: 0, order: 0 });
    expect(await address(6, 7)).toEqual({ time: 7, done: 0, order: 0 });
  });

  test('comes after the interventions at the same place that lie before it', async () => {
    expect(await address(4, 5)).toEqual({ time: 5, done: 1, order: 1 });
    expect(await address(5, 5)).toEqual({ time: 5, done: 1, order: 2 });
    expect(await address(6, 5)).toEqual({ time: 5, done: 2, order: 0 });
  });

  test('does not depend on where reels are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 7 }), fc.nat(7), async (event, back) => {
        const { time } = tape.events[event]!;
        const first = Math.max(0, event - back);
        expect(await address(event, time, first)).toEqual(await address(event, time));
      }),
    );
  });
});

function branch(number: number, parent: number | null, forkEvent: number, ...times: readonly number[]): BranchInfo {
  const interventions = times.map((time, at): AddressedIntervention => ({ id: `${number}.${at}`, at: { time, done: 0, order: 0 }, do: { kind: 'heal', links: [] } }));
  return { branch: number, parent, forkEvent, forkTime: forkEvent, edit: null, interventions };
}

/** 0 ─ cut at 10 → 1 ─ heal at 20 → 2; and 0 ─ cut at 5 → 3. */
const branches = [branch(0, null, 0), branch(1, 0, 100, 10), branch(2, 1, 200, 10, 20), branch(3, 0, 50, 5)];

describe('the branch that a deed leaves from', () => {
  const at = (time: number) => ({ time, done: 0, order: 0 });

  test('is the one in view where all that was done lies before', () => {
    expect(trunkAt(branches, 2, at(30))).toBe(2);
  });

  test('is without what was done later', () => {
    expect(trunkAt(branches, 2, at(15))).toBe(1);
    expect(trunkAt(branches, 2, at(8))).toBe(0);
    expect(trunkAt(branches, 1, at(8))).toBe(0);
  });

  test('keeps what the scenario does itself', () => {
    const root = branch(0, null, 0, 50);
    const child: BranchInfo = { ...branch(1, 0, 10, 20), interventions: [...branch(1, 0, 10, 20).interventions, ...root.interventions] };
    expect(trunkAt([root, child], 1, at(30))).toBe(1);
    expect(trunkAt([root, child], 1, at(5))).toBe(0);
  });
});

describe('where two branches part', () => {
  test('is the earliest fork between them', () => {
    const event = (a: number, b: number): number => divergence(branches, a, b).event;
    expect(event(0, 1)).toBe(100);
    expect(event(1, 2)).toBe(200);
    expect(event(2, 3)).toBe(50);
    expect(event(2, 0)).toBe(100);
    expect(event(1, 1)).toBe(Infinity);
  });
});

describe('the same moment in another branch', () => {
  const moment = (from: number, to: number, event: number, time: number) => momentIn(branches, from, to, { event, time });

  test('is the same event where they have it in common, otherwise the same time', () => {
    expect(moment(1, 0, 40, 4)).toEqual({ event: 40, time: 4 });
    expect(moment(1, 0, 99, 7)).toEqual({ event: 99, time: 7 });
    expect(moment(1, 0, 140, 12)).toEqual({ event: null, time: 12 });
  });

  test('at the fork is before what only the one does, and after what the other does', () => {
    expect(moment(1, 0, 100, 100)).toEqual({ event: 99, time: 100 });
    expect(moment(0, 1, 99, 100)).toEqual({ event: 100, time: 100 });
    expect(moment(0, 1, 100, 100)).toEqual({ event: 100, time: 100 });
  });

  test('does not pass over the other events of the same instant', () => {
    expect(moment(0, 1, 60, 100)).toEqual({ event: 60, time: 100 });
  });
});
