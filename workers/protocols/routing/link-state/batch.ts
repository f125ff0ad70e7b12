import { CHUNK_MAX, type Chunk, type Table } from '../../../model/table.ts';

/**
 * Sets many entries of a table at once: each chunk is copied once, however many of its entries change. A large network floods
 * dozens of LSAs in one packet.
 * @returns the table with these entries set; `keys` ascend, none comes twice, and `values` belong to them
 */
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
  const mergedKeys: string[] = [];
  const mergedValues: Value[] = [];
  let at = 0;
  const keep = (end: number): void => {
    for (; at < end; at++) {
      mergedKeys.push(chunk.keys[at]!);
      mergedValues.push(chunk.values[at]!);
    }
  };
  for (let index = from; index < to; index++) {
    const key = keys[index]!;
    keep(lowerBound(chunk.keys, key, at));
    if (chunk.keys[at] === key) at++;
    mergedKeys.push(key);
    mergedValues.push(values[index]!);
  }
  keep(chunk.keys.length);
  // A list that has grown keeps room for more; its copy does not, and there are hundreds of thousands of them.
  return { keys: mergedKeys.slice(), values: mergedValues.slice() };
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
