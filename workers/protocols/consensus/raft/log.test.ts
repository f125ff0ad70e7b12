import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { append, compactTo, emptyLog, entryAt, firstDifference, slice, truncateAfter, type Log } from './log.ts';
import type { Entry } from './state.ts';

const entries = (count: number, term: number): Entry[] => Array.from({ length: count }, (_item, at) => ({ term, kind: 'command', data: `${term}.${at}` }));

/** The same answer by looking at each index. */
function slowDifference(a: Log, b: Log): number {
  let index = Math.max(a.snapshotIndex, b.snapshotIndex) + 1;
  while (index <= a.lastIndex && index <= b.lastIndex && entryAt(a, index) === entryAt(b, index)) index++;
  return index;
}

/** The entries of a log that no snapshot has replaced, and the term before them: what must be left of a plain list. */
const content = (log: Log): unknown => ({
  snapshot: [log.snapshotIndex, log.snapshotTerm],
  entries: slice(log, log.snapshotIndex + 1, log.lastIndex),
  beyond: [entryAt(log, log.snapshotIndex), entryAt(log, log.lastIndex + 1)],
});

test('after any appending, truncating and compacting, a log holds what a plain list holds', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('append' as const), count: fc.nat(80) }),
    fc.record({ kind: fc.constant('truncate' as const), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ kind: fc.constant('compact' as const), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let log = emptyLog;
      let list: Entry[] = [];
      let snapshotIndex = 0;
      let snapshotTerm = 0;
      for (const [term, done] of steps.entries()) {
        if (done.kind === 'append') {
          log = append(log, entries(done.count, term + 1));
          list = [...list, ...entries(done.count, term + 1)];
        } else if (done.kind === 'truncate') {
          const keep = Math.floor(done.part * list.length);
          log = truncateAfter(log, snapshotIndex + keep);
          list = list.slice(0, keep);
        } else {
          const gone = Math.ceil(done.part * list.length);
          log = compactTo(log, snapshotIndex + gone);
          snapshotTerm = list[gone - 1]?.term ?? snapshotTerm;
          snapshotIndex += gone;
          list = list.slice(gone);
        }
        expect(content(log)).toEqual({ snapshot: [snapshotIndex, snapshotTerm], entries: list, beyond: [undefined, undefined] });
        expect(log.lastIndex).toBe(snapshotIndex + list.length);
      }
    }),
  );
});

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
