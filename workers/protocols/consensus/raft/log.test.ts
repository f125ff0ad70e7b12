import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { append, compactTo, emptyLog, entryAt, firstDifference, truncateAfter, type Log } from './log.ts';
import type { Entry } from './state.ts';

const entries = (count: number, term: number): Entry[] => Array.from({ length: count }, (_item, at) => ({ term, kind: 'command', data: `${term}.${at}` }));

/** The same answer by looking at each index. */
function slowDifference(a: Log, b: Log): number {
  let index = Math.max(a.snapshotIndex, b.snapshotIndex) + 1;
  while (index <= a.lastIndex && index <= b.lastIndex && entryAt(a, index) === entryAt(b, index)) index++;
  return index;
}

describe('the first difference of two logs', () => {
  test('is found wherever they part and whatever snapshots have replaced', () => {
    const length = fc.nat(150);
    fc.assert(
      fc.property(length, length, length, length, length, (common, more, other, compactedA, compactedB) => {
        const start = append(emptyLog, entries(common, 1));
        const a = append(start, entries(more, 2));
        const b = append(start, entries(other, 3));
        const [one, two] = [compactTo(a, Math.min(compactedA, a.lastIndex)), compactTo(b, Math.min(compactedB, b.lastIndex))];
        expect(firstDifference(one, two)).toBe(slowDifference(one, two));
      }),
    );
  });
  test('is after a log that was only appended to, and at what was overwritten', () => {
    const before = append(emptyLog, entries(70, 1));
    expect(firstDifference(before, append(before, entries(3, 2)))).toBe(71);
    expect(firstDifference(before, append(truncateAfter(before, 40), entries(3, 2)))).toBe(41);
  });
});
