/** Where clients' operations and what was done to the network lie on the time axis: pure. */
import type { ClientOperation, Mark, OperationHistory, OperationOrder } from '../../workers/contract.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { Violation } from '../../workers/model/invariant.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { NodeId } from '../../workers/model/topology.ts';

/** An operation (by its place in the history) in its client's row; those that overlap stand in lanes of the row. `next` follows it in its lane. */
export type PlacedOperation = { readonly place: number; readonly lane: number; readonly next: number | null };
export type ClientRow = { readonly client: NodeId; readonly lanes: number; readonly operations: readonly PlacedOperation[] };

/** A row for each client, C2 before C10. An operation that was given up leaves its lane: others follow it. */
export function rowsOf(operations: readonly ClientOperation[]): readonly ClientRow[] {
  const rows = new Map<NodeId, { readonly busyUntil: Nanoseconds[]; readonly placed: { readonly place: number; readonly lane: number; next: number | null }[] }>();
  for (const [place, { client, invokedAt, returnedAt }] of operations.entries()) {
    const row = rows.get(client) ?? { busyUntil: [], placed: [] };
    rows.set(client, row);
    const free = row.busyUntil.findIndex((until) => until <= invokedAt);
    const lane = free < 0 ? row.busyUntil.length : free;
    row.busyUntil[lane] = returnedAt ?? Infinity;
    const before = row.placed.findLast((other) => other.lane === lane);
    if (before) before.next = place;
    row.placed.push({ place, lane, next: null });
  }
  const byName = [...rows].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return byName.map(([client, { busyUntil, placed }]) => ({ client, lanes: busyUntil.length, operations: placed }));
}

/** So few operations are shown all at once. */
const FEW = 12;

/**
 * The stretch of time to begin with: all of a few operations; of many, as long as `count` of usual length, so that they can be read,
 * a quarter of it before `now`.
 */
export function firstView(operations: readonly ClientOperation[], now: Nanoseconds, count: number): { readonly start: Nanoseconds; readonly end: Nanoseconds } {
  const times = operations.flatMap(({ invokedAt, returnedAt }) => [invokedAt, returnedAt ?? invokedAt]);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  if (operations.length <= FEW) {
    const length = Math.max(1, last - first);
    // Behind the last one there is room for its words.
    return { start: Math.max(0, first - length / 20), end: last + length / 8 };
  }
  const lengths = operations.flatMap(({ invokedAt, returnedAt }) => (returnedAt === null ? [] : [returnedAt - invokedAt])).sort((a, b) => a - b);
  const length = count * Math.max(1, lengths[lengths.length >> 1] ?? 1);
  const start = Math.max(0, now - length / 4);
  return { start, end: start + length };
}

/**
 * A moment for each operation of an order, none before the one before it: the first at which it can take effect. As the order
 * respects real time, none lies behind its answer.
 */
export function pointsOf(order: OperationOrder, operations: readonly ClientOperation[]): ReadonlyMap<number, Nanoseconds> {
  const points = new Map<number, Nanoseconds>();
  let now = 0;
  for (const place of order.operations) {
    now = Math.max(now, operations[place]?.invokedAt ?? now);
    points.set(place, now);
  }
  return points;
}

/** Something that was done to the network, and until when it lasts: Infinity where nothing has undone it, its own time where it is over at once. */
export type Fault = { readonly event: number; readonly from: Nanoseconds; readonly until: Nanoseconds; readonly deed: Intervention; readonly lane: number };

/** What a deed breaks: names that a later deed may mend. */
function brokenBy(deed: Intervention): readonly string[] {
  switch (deed.kind) {
    case 'crash':
      return [`node ${deed.node}`];
    case 'cut':
      return [`link ${deed.link}`];
    case 'partition':
      return deed.cuts.map(({ link }) => `link ${link}`);
    default:
      return [];
  }
}

function mendedBy(deed: Intervention): readonly string[] {
  switch (deed.kind) {
    case 'restart':
      return [`node ${deed.node}`];
    case 'restore':
      return [`link ${deed.link}`];
    case 'heal':
      return deed.links.map((link) => `link ${link}`);
    default:
      return [];
  }
}

/** Deeds that harm nobody, or only mend. */
const harmless: ReadonlySet<Intervention['kind']> = new Set(['request', 'configure', 'restart', 'restore', 'heal']);

/** Faults with their ends; those that overlap lie in lanes. A fault of several links is over when the last of them is mended. */
export function faultsOf(marks: readonly Mark[]): readonly Fault[] {
  const deeds = marks.flatMap(({ kind, event, time, applied, do: deed }) => (kind === 'intervention' && applied && deed ? [{ event, time, deed }] : []));
  const busyUntil: Nanoseconds[] = [];
  return deeds.flatMap(({ event, time, deed }, at): Fault[] => {
    if (harmless.has(deed.kind)) return [];
    const ends = brokenBy(deed).map((broken) => deeds.slice(at + 1).find((later) => mendedBy(later.deed).includes(broken))?.time ?? Infinity);
    const until = Math.max(time, ...ends);
    const free = busyUntil.findIndex((busy) => busy <= time);
    const lane = free < 0 ? busyUntil.length : free;
    busyUntil[lane] = until;
    return [{ event, from: time, until, deed, lane }];
  });
}

/** Since when no order explains the answers on a key: when the live check said so, or else when the operation was answered that could not come. */
export function brokenSince({ operations, orders }: OperationHistory, key: string, violations: readonly Violation[]): Nanoseconds {
  const said = violations.find(({ invariant, args }) => invariant === 'linearizability' && args['key'] === key);
  if (said) return said.time;
  const blocked = orders.find((order) => order.key === key && order.blocked !== null)?.blocked;
  return operations[blocked ?? -1]?.returnedAt ?? 0;
}
