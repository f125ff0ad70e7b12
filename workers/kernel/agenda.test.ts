import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Agenda } from './agenda.ts';
import type { Entry } from './world.ts';

function entryOf(time: number, sequence: number): Entry {
  return { time, sequence, cause: null, by: null, background: false, work: { kind: 'carrier', link: 0, end: 0 } };
}
const inOrder = (a: Entry, b: Entry): number => a.time - b.time || a.sequence - b.sequence;

/** What can be done to it: put in at a time, take out, change every entry of a time, take every entry of a time away. */
const acts = fc.array(fc.oneof(fc.record({ do: fc.constantFrom('push', 'move', 'remove'), time: fc.nat(6) }), fc.constant({ do: 'pop', time: 0 })), { maxLength: 60 });

test('gives entries in the order of (time, sequence), whatever is put in, taken out and rewritten between', () => {
  fc.assert(
    fc.property(acts, (list) => {
      const agenda = new Agenda();
      let oracle: Entry[] = [];
      const seen: (Entry | undefined)[] = [];
      const expected: (Entry | undefined)[] = [];
      for (const [sequence, act] of list.entries()) {
        const change = (entry: Entry): Entry | null => (entry.time !== act.time ? entry : act.do === 'move' ? { ...entry, time: 9 - entry.time } : null);
        if (act.do === 'push') {
          agenda.push(entryOf(act.time, sequence));
          oracle.push(entryOf(act.time, sequence));
        } else if (act.do === 'pop') {
          oracle.sort(inOrder);
          seen.push(agenda.peek(), agenda.pop());
          expected.push(oracle[0], oracle.shift());
        } else {
          agenda.rewrite(change);
          oracle = oracle.map(change).filter((entry) => entry !== null);
        }
        expect(agenda.size).toBe(oracle.length);
      }
      expect(seen).toEqual(expected);
      const copy = agenda.copy();
      for (const entry of oracle.sort(inOrder)) expect(agenda.pop()).toEqual(entry);
      expect(agenda.pop()).toBeUndefined();
      expect(copy.size).toBe(oracle.length);
    }),
  );
});
