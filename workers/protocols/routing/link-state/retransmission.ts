import { tableForEach, tableGet, tableRemove, tableSet, type Table } from '../../../model/table.ts';
import type { Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import type { Neighbour } from './state.ts';

/**
 * Lists of what a neighbour has still to get or to acknowledge. They are kept in batches, as LSAs were flooded, because the batches
 * are the same for all neighbours: in a large network hundreds of LSAs are on every list of every router.
 */

/** A time as a key that sorts as the time does: sixteen digits hold 2^53 ns. */
export function timeKey(time: Nanoseconds): string {
  return String(time).padStart(16, '0');
}

/** @returns the table with these items under that time, after those that are there */
export function addAt<Item>(table: Table<readonly Item[]>, time: Nanoseconds, items: readonly Item[]): Table<readonly Item[]> {
  const key = timeKey(time);
  const there = tableGet(table, key);
  return tableSet(table, key, there ? [...there, ...items] : items);
}

/** Origins of all LSAs that wait to be sent to this neighbour. */
export function waitingOrigins({ waiting }: Neighbour): ReadonlySet<NodeId> {
  return new Set(waiting.flat());
}

/** Origins of all LSAs that were sent to this neighbour and are not acknowledged. */
export function sentOrigins({ sent }: Neighbour): ReadonlySet<NodeId> {
  const origins = new Set<NodeId>();
  tableForEach(sent, (batch) => {
    for (const origin of batch) origins.add(origin);
  });
  return origins;
}

/** Both together. */
export function listedOrigins(neighbour: Neighbour): ReadonlySet<NodeId> {
  return new Set([...waitingOrigins(neighbour), ...sentOrigins(neighbour)]);
}

/** How many LSAs the neighbour has still to get or to acknowledge. */
export function listedCount({ waiting, sent }: Neighbour): number {
  let count = waiting.reduce((sum, batch) => sum + batch.length, 0);
  tableForEach(sent, (batch) => (count += batch.length));
  return count;
}

/** @returns the neighbour without these origins on its lists; the same neighbour when none was there */
export function withoutOrigins(neighbour: Neighbour, gone: ReadonlySet<NodeId>): Neighbour {
  const waiting = neighbour.waiting.some((batch) => batch.some((origin) => gone.has(origin)))
    ? neighbour.waiting.map((batch) => batch.filter((origin) => !gone.has(origin))).filter((batch) => batch.length > 0)
    : neighbour.waiting;
  let { sent } = neighbour;
  tableForEach(neighbour.sent, (batch, key) => {
    if (!batch.some((origin) => gone.has(origin))) return;
    const left = batch.filter((origin) => !gone.has(origin));
    sent = left.length > 0 ? tableSet(sent, key, left) : tableRemove(sent, key);
  });
  return waiting === neighbour.waiting && sent === neighbour.sent ? neighbour : { ...neighbour, waiting, sent };
}
