/**
 * A server's log as a value: full chunks that are shared by all states that hold them, and a tail, so that appending an entry copies
 * the tail and not the log. Indices begin at 1 (paper, Figure 2); what a snapshot has replaced is gone from the front.
 */
import type { Entry } from './state.ts';

export type Log = {
  /** Index and term of the last entry that a snapshot has replaced; 0 and 0 without one. */
  readonly snapshotIndex: number;
  readonly snapshotTerm: number;
  /** Index of the first entry of `chunks[0]`: at most `snapshotIndex + 1`, because whole chunks are dropped. */
  readonly firstIndex: number;
  /** Each holds `CHUNK` entries. */
  readonly chunks: readonly (readonly Entry[])[];
  /** The entries after them, fewer than `CHUNK`. */
  readonly tail: readonly Entry[];
  readonly lastIndex: number;
};

const CHUNK = 32;

export const emptyLog: Log = { snapshotIndex: 0, snapshotTerm: 0, firstIndex: 1, chunks: [], tail: [], lastIndex: 0 };

/** The log that is left when a snapshot has replaced all of it. */
export function logAfterSnapshot(index: number, term: number): Log {
  return { snapshotIndex: index, snapshotTerm: term, firstIndex: index + 1, chunks: [], tail: [], lastIndex: index };
}

/** The entry at an index, or undefined where the log has none (any more). */
export function entryAt(log: Log, index: number): Entry | undefined {
  if (index <= log.snapshotIndex || index > log.lastIndex) return undefined;
  const place = index - log.firstIndex;
  return chunkAt(log, place)[place % CHUNK];
}

/** The chunk, or the tail, in which the entry at this place (counted from `firstIndex`) stands. */
function chunkAt(log: Log, place: number): readonly Entry[] {
  return log.chunks[Math.floor(place / CHUNK)] ?? log.tail;
}

/** The term of the entry at an index; 0 at index 0; undefined where it is not known (beyond the end, or within a snapshot). */
export function termAt(log: Log, index: number): number | undefined {
  return index === log.snapshotIndex ? log.snapshotTerm : entryAt(log, index)?.term;
}

export function lastTerm(log: Log): number {
  return termAt(log, log.lastIndex) ?? 0;
}

/** The log with entries added at its end. */
export function append(log: Log, entries: readonly Entry[]): Log {
  if (entries.length === 0) return log;
  const { snapshotIndex, snapshotTerm, firstIndex } = log;
  const added = log.tail.concat(entries);
  const whole = added.length - (added.length % CHUNK);
  const lastIndex = log.lastIndex + entries.length;
  if (whole === 0) return { snapshotIndex, snapshotTerm, firstIndex, chunks: log.chunks, tail: added, lastIndex };
  const chunks = log.chunks.slice();
  for (let at = 0; at < whole; at += CHUNK) chunks.push(added.slice(at, at + CHUNK));
  return { snapshotIndex, snapshotTerm, firstIndex, chunks, tail: added.slice(whole), lastIndex };
}

/** The log up to and with `index`; everything after it is dropped. */
export function truncateAfter(log: Log, index: number): Log {
  if (index >= log.lastIndex) return log;
  const length = index - log.firstIndex + 1;
  const whole = Math.min(Math.floor(length / CHUNK), log.chunks.length);
  const tail = chunkAt(log, whole * CHUNK).slice(0, length - whole * CHUNK);
  return { ...log, chunks: log.chunks.slice(0, whole), tail, lastIndex: index };
}

/** The log without what a snapshot up to `index` has replaced. `index` must be in the log. */
export function compactTo(log: Log, index: number): Log {
  const term = termAt(log, index);
  if (term === undefined) return log;
  const whole = Math.min(Math.floor((index + 1 - log.firstIndex) / CHUNK), log.chunks.length);
  const firstIndex = log.firstIndex + whole * CHUNK;
  if (index === log.lastIndex) return logAfterSnapshot(index, term);
  return { ...log, snapshotIndex: index, snapshotTerm: term, firstIndex, chunks: log.chunks.slice(whole) };
}

/** At most `count` entries from `from` on. */
export function slice(log: Log, from: number, count: number): readonly Entry[] {
  const entries: Entry[] = [];
  const end = Math.min(log.lastIndex, from + count - 1);
  for (let index = from; index <= end; index++) entries.push(entryAt(log, index)!);
  return entries;
}

/**
 * The first index after both snapshots at which two logs do not hold the very same entry; where one is the other's
 * beginning, the index after the shorter one. Entries are compared by identity. A chunk is made once, at the end of one log: logs that
 * share one share all before it, so a log and what was appended to it are compared by one look.
 */
export function firstDifference(a: Log, b: Log): number {
  const start = Math.max(a.snapshotIndex, b.snapshotIndex) + 1;
  const end = Math.min(a.lastIndex, b.lastIndex);
  let index = start;
  if ((a.firstIndex - b.firstIndex) % CHUNK === 0) {
    const whole = Math.min(a.firstIndex + a.chunks.length * CHUNK, b.firstIndex + b.chunks.length * CHUNK);
    if (whole - CHUNK >= start && chunkAt(a, whole - CHUNK - a.firstIndex) === chunkAt(b, whole - CHUNK - b.firstIndex)) index = whole;
  }
  while (index <= end && entryAt(a, index) === entryAt(b, index)) index++;
  return index;
}
