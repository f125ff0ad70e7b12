import { CHUNK_MAX, emptyTable, type Chunk, type Table } from '../../../model/table.ts';

/**
 * Changes of many entries of a table at once: each chunk is copied once, however many of its entries change. A large network floods
 * dozens of LSAs in one packet.
 */

/** @returns the table with these entries set; `keys` ascend, none comes twice, and `values` belong to them */
export function tableSetAll<Value>(table: Table<Value>, keys: readonly string[], values: readonly Value[]): Table<Value> {
  if (keys.length === 0) return table;
  const chunks: Chunk<Value>[] = [];
  let size = 0;
  let from = 0;
  const before = table.chunks.length > 0 ? table.chunks : [{ keys: [], values: [] }];
  for (let index = 0; index < before.length; index++) {
    const chunk = before[index]!;
    const to = lowerBound(keys, before[index + 1]?.keys[0], from);
    const merged = to === from ? chunk : merge(chunk, keys, values, from, to);
    size += merged.keys.length;
    if (merged.keys.length <= CHUNK_MAX) chunks.push(merged);
    else chunks.push(...divide(merged));
    from = to;
  }
  return { size, chunks };
}

/** Position of the first key from `from` on that is not below `limit`. */
function lowerBound(keys: readonly string[], limit: string | undefined, from: number): number {
  if (limit === undefined) return keys.length;
  for (let at = from; at < keys.length; at++) if (keys[at]! >= limit) return at;
  return keys.length;
}

function merge<Value>(chunk: Chunk<Value>, keys: readonly string[], values: readonly Value[], from: number, to: number): Chunk<Value> {
  const mergedKeys = chunk.keys.slice();
  const mergedValues = chunk.values.slice();
  let at = 0;
  for (let index = from; index < to; index++) {
    const key = keys[index]!;
    while (at < mergedKeys.length && mergedKeys[at]! < key) at++;
    const known = mergedKeys[at] === key ? 1 : 0;
    mergedKeys.splice(at, known, key);
    mergedValues.splice(at, known, values[index]!);
  }
  return { keys: mergedKeys, values: mergedValues };
}

/** A chunk that has grown too long, as halves that leave room to grow. */
function divide<Value>(chunk: Chunk<Value>): Chunk<Value>[] {
  const half = CHUNK_MAX >> 1;
  const parts: Chunk<Value>[] = [];
  for (let start = 0; start < chunk.keys.length; start += half) {
    parts.push({ keys: chunk.keys.slice(start, start + half), values: chunk.values.slice(start, start + half) });
  }
  return parts;
}

/** @returns the table without these keys (ascending; unknown ones do no harm); the same table when it had none of them */
export function tableRemoveAll<Value>(table: Table<Value>, keys: readonly string[]): Table<Value> {
  const chunks: Chunk<Value>[] = [];
  let size = 0;
  let at = 0;
  for (const chunk of table.chunks) {
    const last = chunk.keys[chunk.keys.length - 1]!;
    const from = at;
    while (at < keys.length && keys[at]! <= last) at++;
    const left = at === from ? chunk : without(chunk, keys, from, at);
    size += left.keys.length;
    if (left.keys.length > 0) chunks.push(left);
  }
  if (size === table.size) return table;
  return size === 0 ? emptyTable() : { size, chunks };
}

function without<Value>(chunk: Chunk<Value>, keys: readonly string[], from: number, to: number): Chunk<Value> {
  const leftKeys = chunk.keys.slice();
  const leftValues = chunk.values.slice();
  let at = 0;
  for (let index = from; index < to; index++) {
    while (at < leftKeys.length && leftKeys[at]! < keys[index]!) at++;
    if (leftKeys[at] !== keys[index]) continue;
    leftKeys.splice(at, 1);
    leftValues.splice(at, 1);
  }
  return leftKeys.length === chunk.keys.length ? chunk : { keys: leftKeys, values: leftValues };
}

/** @returns the table with other values under the same keys; chunks in which none changes are shared */
export function tableMap<Value>(table: Table<Value>, change: (value: Value, key: string) => Value): Table<Value> {
  const chunks = table.chunks.map((chunk) => {
    let values: Value[] | null = null;
    for (let at = 0; at < chunk.keys.length; at++) {
      const before = chunk.values[at]!;
      const after = change(before, chunk.keys[at]!);
      if (after === before) continue;
      values ??= chunk.values.slice();
      values[at] = after;
    }
    return values ? { keys: chunk.keys, values } : chunk;
  });
  return { size: table.size, chunks };
}
