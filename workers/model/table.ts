/**
 * A sorted table that shares what did not change: copy on write in chunks, so that a change of one entry of a
 * 754-router database copies one chunk and the list of chunks, never the table.
 * Plain JSON. Keys are ordered by their UTF-16 code units (`<`), which is the same everywhere.
 */
export type Chunk<Value> = { readonly keys: readonly string[]; readonly values: readonly Value[] };
export type Table<Value> = { readonly size: number; readonly chunks: readonly Chunk<Value>[] };

/** Entries a chunk holds at most; a full one is halved. */
export const CHUNK_MAX = 32;

const empty: Table<never> = { size: 0, chunks: [] };

export function emptyTable<Value>(): Table<Value> {
  return empty;
}

/** The chunk that holds, or would hold, the key. */
function chunkIndex<Value>(table: Table<Value>, key: string): number {
  let low = 0;
  let high = table.chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (table.chunks[middle]!.keys[0]! <= key) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Position of the first key that is not below `key`. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function tableGet<Value>(table: Table<Value>, key: string): Value | undefined {
  const chunk = table.chunks[chunkIndex(table, key)];
  if (!chunk) return undefined;
  const at = lowerBound(chunk.keys, key);
  return chunk.keys[at] === key ? chunk.values[at] : undefined;
}

/** Not `splice` on a copy: a list that grows takes room for more, and a table never grows in place. */
function replaced<Item>(items: readonly Item[], at: number, remove: number, ...insert: readonly Item[]): readonly Item[] {
  return items.toSpliced(at, remove, ...insert);
}

/** @returns the table with the entry set; the same table when the value is already there. */
export function tableSet<Value>(table: Table<Value>, key: string, value: Value): Table<Value> {
  if (table.chunks.length === 0) return { size: 1, chunks: [{ keys: [key], values: [value] }] };
  const index = chunkIndex(table, key);
  const chunk = table.chunks[index]!;
  const at = lowerBound(chunk.keys, key);
  if (chunk.keys[at] === key) {
    if (chunk.values[at] === value) return table;
    return { size: table.size, chunks: replaced(table.chunks, index, 1, { keys: chunk.keys, values: replaced(chunk.values, at, 1, value) }) };
  }
  const keys = replaced(chunk.keys, at, 0, key);
  const values = replaced(chunk.values, at, 0, value);
  const size = table.size + 1;
  if (keys.length <= CHUNK_MAX) return { size, chunks: replaced(table.chunks, index, 1, { keys, values }) };
  const half = keys.length >> 1;
  const left = { keys: keys.slice(0, half), values: values.slice(0, half) };
  const right = { keys: keys.slice(half), values: values.slice(half) };
  return { size, chunks: replaced(table.chunks, index, 1, left, right) };
}

/** @returns the table without the key; the same table when it was not there. */
export function tableRemove<Value>(table: Table<Value>, key: string): Table<Value> {
  const index = chunkIndex(table, key);
  const chunk = table.chunks[index];
  if (!chunk) return table;
  const at = lowerBound(chunk.keys, key);
  if (chunk.keys[at] !== key) return table;
  if (table.size === 1) return empty;
  if (chunk.keys.length === 1) return { size: table.size - 1, chunks: replaced(table.chunks, index, 1) };
  return {
    size: table.size - 1,
    chunks: replaced(table.chunks, index, 1, { keys: replaced(chunk.keys, at, 1), values: replaced(chunk.values, at, 1) }),
  };
}

export function tableForEach<Value>(table: Table<Value>, visit: (value: Value, key: string) => void): void {
  for (const chunk of table.chunks) {
    for (let at = 0; at < chunk.keys.length; at++) visit(chunk.values[at]!, chunk.keys[at]!);
  }
}

export function tableKeys<Value>(table: Table<Value>): string[] {
  return table.chunks.flatMap((chunk) => chunk.keys);
}

export function tableValues<Value>(table: Table<Value>): Value[] {
  return table.chunks.flatMap((chunk) => chunk.values);
}

/**
 * A table of these entries (keys ascending, no key twice) that shares with `previous` every chunk whose keys and values,
 * compared by identity, are the same.
 */
export function tableFrom<Value>(keys: readonly string[], values: readonly Value[], previous: Table<Value> = empty): Table<Value> {
  const half = CHUNK_MAX >> 1;
  const chunks: Chunk<Value>[] = [];
  for (let start = 0; start < keys.length; start += half) {
    const before = previous.chunks[chunks.length];
    const end = Math.min(keys.length, start + half);
    chunks.push(before && sameEntries(before, keys, values, start, end) ? before : { keys: keys.slice(start, end), values: values.slice(start, end) });
  }
  const same = chunks.length === previous.chunks.length && chunks.every((chunk, index) => chunk === previous.chunks[index]);
  return same ? previous : { size: keys.length, chunks };
}

function sameEntries<Value>(chunk: Chunk<Value>, keys: readonly string[], values: readonly Value[], start: number, end: number): boolean {
  if (chunk.keys.length !== end - start) return false;
  for (let at = start; at < end; at++) {
    if (chunk.keys[at - start] !== keys[at] || chunk.values[at - start] !== values[at]) return false;
  }
  return true;
}
