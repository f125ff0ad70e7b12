import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHUNK_MAX, emptyTable, tableForEach, tableFrom, tableGet, tableKeys, tableRemove, tableSet, tableValues, type Table } from './table.ts';

/** Few enough that they meet, with some that sort differently by number, by language and by code unit. */
const key = fc.oneof(fc.nat(120).map(String), fc.constantFrom('', 'Z', 'a', 'ä', 'é', '中', '😀', '\uffff', '__proto__'));
const acts = fc.array(fc.record({ key, value: fc.option(fc.nat(3)) }), { maxLength: 400 });
const byUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function assertSame(table: Table<number>, oracle: ReadonlyMap<string, number>): void {
  const keys = [...oracle.keys()].sort(byUnits);
  expect(tableKeys(table)).toEqual(keys);
  expect(tableValues(table)).toEqual(keys.map((name) => oracle.get(name)));
  expect(table.size).toBe(oracle.size);
  for (const chunk of table.chunks) {
    expect(chunk.keys.length).toBeGreaterThan(0);
    expect(chunk.keys.length).toBeLessThanOrEqual(CHUNK_MAX);
    expect(chunk.values.length).toBe(chunk.keys.length);
  }
}

/** Sets where there is a value, removes where there is none. */
function played(list: readonly { readonly key: string; readonly value: number | null }[]): { table: Table<number>; oracle: Map<string, number> } {
  let table = emptyTable<number>();
  const oracle = new Map<string, number>();
  for (const { key: name, value } of list) {
    table = value === null ? tableRemove(table, name) : tableSet(table, name, value);
    if (value === null) oracle.delete(name);
    else oracle.set(name, value);
  }
  return { table, oracle };
}

describe('a table', () => {
  test('holds what a map holds, sorted by code units', () => {
    fc.assert(
      fc.property(acts, key, (list, asked) => {
        const { table, oracle } = played(list);
        assertSame(table, oracle);
        expect(tableGet(table, asked)).toBe(oracle.get(asked));
      }),
    );
  });

  test('never changes: every version stays what it was', () => {
    fc.assert(
      fc.property(acts, acts, (before, after) => {
        const { table, oracle } = played(before);
        const text = JSON.stringify(table);
        let next = table;
        for (const { key: name, value } of after) next = value === null ? tableRemove(next, name) : tableSet(next, name, value);
        expect(JSON.stringify(table)).toBe(text);
        assertSame(table, oracle);
      }),
    );
  });

  test('is JSON', () => {
    fc.assert(
      fc.property(acts, (list) => {
        const { table } = played(list);
        expect(JSON.parse(JSON.stringify(table))).toEqual(table);
      }),
    );
  });

  test('is itself where nothing changes', () => {
    fc.assert(
      fc.property(acts, key, (list, name) => {
        const { table } = played(list);
        const value = tableGet(table, name);
        expect(value === undefined ? tableRemove(table, name) : tableSet(table, name, value)).toBe(table);
      }),
    );
  });

  test('shares all chunks but the one that changed', () => {
    const { table } = played(Array.from({ length: 1000 }, (_, index) => ({ key: String(index), value: index })));
    const after = tableSet(table, '500', -1);
    expect(after.chunks.length).toBe(table.chunks.length);
    expect(after.chunks.filter((chunk, index) => chunk !== table.chunks[index])).toHaveLength(1);
    expect(after.chunks.every((chunk, index) => chunk === table.chunks[index] || chunk.keys === table.chunks[index]!.keys)).toBe(true);
  });

  test('visits entries in order', () => {
    const seen: [string, number][] = [];
    tableForEach(played([{ key: 'b', value: 1 }, { key: 'a', value: 2 }]).table, (value, name) => seen.push([name, value]));
    expect(seen).toEqual([['a', 2], ['b', 1]]);
  });
});

describe('tableFrom', () => {
  const entries = fc.uniqueArray(fc.record({ key, value: fc.nat(3) }), { selector: (entry) => entry.key, maxLength: 200 }).map((list) => list.toSorted((a, b) => byUnits(a.key, b.key)));
  const from = (list: readonly { readonly key: string; readonly value: number }[], previous?: Table<number>) => tableFrom(list.map((entry) => entry.key), list.map((entry) => entry.value), previous);

  test('holds the entries, whatever it shares with', () => {
    fc.assert(
      fc.property(entries, acts, (list, before) => {
        const table = from(list, played(before).table);
        assertSame(table, new Map(list.map((entry) => [entry.key, entry.value])));
        expect(tableKeys(from(list))).toEqual(tableKeys(table));
      }),
    );
  });

  test('is the table before where the entries are the same', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const table = from(list);
        expect(from(list, table)).toBe(table);
      }),
    );
  });

  test('shares the chunks that are the same', () => {
    const list = Array.from({ length: 200 }, (_, index) => ({ key: String(1000 + index), value: index }));
    const table = from(list);
    const changed = from(list.map((entry) => (entry.key === '1100' ? { ...entry, value: -1 } : entry)), table);
    expect(changed.chunks.filter((chunk, index) => chunk !== table.chunks[index])).toHaveLength(1);
  });
});
