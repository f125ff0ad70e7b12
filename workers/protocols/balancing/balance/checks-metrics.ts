/** Numbers of a run: how much was served, how fast, by whom. */
import type { NoteArgs, TapeEvent } from '../../../model/event.ts';
import type { Metric } from '../../../model/invariant.ts';
import { emptyTable, tableGet, tableSet, type Table } from '../../../model/table.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import { latencyMetric } from './charts-latency.ts';

type Seen = {
  readonly arrived: number;
  readonly done: number;
  /** By reason: time ran out, error, no room, rate limit, forgotten by a client that crashed. */
  readonly timeouts: number;
  readonly errors: number;
  readonly overloads: number;
  readonly limited: number;
  readonly forgotten: number;
  readonly retries: number;
  readonly latencySum: number;
  /** Requests in the system × time. */
  readonly area: number;
  readonly firstAt: Nanoseconds | null;
  readonly lastAt: Nanoseconds;
  readonly waitSum: number;
  readonly served: number;
  /** By index of the server: requests sent there, and how long its workers were busy (ns). */
  readonly picks: readonly number[];
  readonly busy: readonly number[];
  readonly workers: number;
  /** Where each key was sent last; how often one was sent elsewhere than before. */
  readonly places: Table<number>;
  readonly moved: number;
};

const nothing: Seen = {
  arrived: 0,
  done: 0,
  timeouts: 0,
  errors: 0,
  overloads: 0,
  limited: 0,
  forgotten: 0,
  retries: 0,
  latencySum: 0,
  area: 0,
  firstAt: null,
  lastAt: 0,
  waitSum: 0,
  served: 0,
  picks: [],
  busy: [],
  workers: 1,
  places: emptyTable<number>(),
  moved: 0,
};

const hashing = ['source-hash', 'ring-hash', 'maglev'];

function dropped({ timeouts, errors, overloads, limited, forgotten }: Seen): number {
  return timeouts + errors + overloads + limited + forgotten;
}

function inSystem(seen: Seen): number {
  return seen.arrived - seen.done - dropped(seen);
}

function added(list: readonly number[], index: number, amount: number): readonly number[] {
  return Array.from({ length: Math.max(list.length, index + 1) }, (_item, at) => (list[at] ?? 0) + (at === index ? amount : 0));
}

function see(seen: Seen, event: TapeEvent): Seen {
  const since = seen.firstAt === null ? event.time : seen.lastAt;
  let after: Seen = { ...seen, firstAt: seen.firstAt ?? event.time, lastAt: event.time, area: seen.area + inSystem(seen) * (event.time - since) };
  for (const effect of event.effects) if (effect.kind === 'note') after = noted(after, effect.key, effect.args);
  return after;
}

const millisecondsOf = (args: NoteArgs, slot: string): Nanoseconds => Math.round(Number(args[slot]) * MILLISECOND);

function noted(seen: Seen, key: string, args: NoteArgs): Seen {
  switch (key) {
    case 'balance.arrive':
      return { ...seen, arrived: seen.arrived + 1 };
    case 'balance.done': {
      const took = millisecondsOf(args, 'took');
      return { ...seen, done: seen.done + 1, latencySum: seen.latencySum + took };
    }
    case 'balance.fail':
      return failed(seen, args['reason']);
    case 'balance.forgotten':
      return { ...seen, forgotten: seen.forgotten + Number(args['requests']) };
    case 'balance.retry':
      return { ...seen, retries: seen.retries + 1 };
    case 'balance.pick':
      return picked(seen, args);
    case 'balance.served': {
      const busy = added(seen.busy, Number(args['server']), millisecondsOf(args, 'busy'));
      return { ...seen, busy, served: seen.served + 1, waitSum: seen.waitSum + millisecondsOf(args, 'waited'), workers: Number(args['workers']) };
    }
    default:
      return seen;
  }
}

function failed(seen: Seen, reason: NoteArgs[string] | undefined): Seen {
  switch (reason) {
    case 'timeout':
      return { ...seen, timeouts: seen.timeouts + 1 };
    case 'overload':
      return { ...seen, overloads: seen.overloads + 1 };
    case 'rate-limit':
      return { ...seen, limited: seen.limited + 1 };
    default:
      return { ...seen, errors: seen.errors + 1 };
  }
}

function picked(seen: Seen, args: NoteArgs): Seen {
  const server = Number(args['server']);
  const after = { ...seen, picks: added(seen.picks, server, 1) };
  if (!hashing.includes(String(args['policy']))) return after;
  const key = String(args['key']);
  const before = tableGet(seen.places, key);
  return { ...after, places: tableSet(seen.places, key, server), moved: seen.moved + (before !== undefined && before !== server ? 1 : 0) };
}

/** Jain's index: 1 where all got the same, 1 / n where one got everything. */
function fairness(picks: readonly number[]): number | null {
  const sum = picks.reduce((total, count) => total + count, 0);
  const squares = picks.reduce((total, count) => total + count * count, 0);
  return squares === 0 ? null : (sum * sum) / (picks.length * squares);
}

const elapsed = ({ firstAt, lastAt }: Seen): Nanoseconds => (firstAt === null ? 0 : lastAt - firstAt);
const over = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const record: Pick<Metric, 'on' | 'initial' | 'step'> = {
  on: ['balance.arrive', 'balance.done', 'balance.fail', 'balance.forgotten', 'balance.retry', 'balance.pick', 'balance.served'],
  initial: nothing,
  step: (value, event) => see(value as Seen, event),
};

function metric(name: string, read: (seen: Seen) => number | null): Metric {
  return { name, ...record, read: (value) => read(value as Seen) };
}

export const balanceMetrics: readonly Metric[] = [
  metric('requestsArrived', ({ arrived }) => arrived),
  metric('requestsDone', ({ done }) => done),
  metric('requestsDropped', dropped),
  metric('requestsInSystem', inSystem),
  metric('droppedTimeout', ({ timeouts }) => timeouts),
  metric('droppedError', ({ errors }) => errors),
  metric('droppedOverload', ({ overloads }) => overloads),
  metric('droppedRateLimit', ({ limited }) => limited),
  metric('requestRetries', ({ retries }) => retries),
  metric('throughputPerS', (seen) => over(seen.done * SECOND, elapsed(seen))),
  metric('requestsInSystemMean', (seen) => over(seen.area, elapsed(seen))),
  metric('latencyMeanMs', ({ latencySum, done }) => over(latencySum / MILLISECOND, done)),
  latencyMetric('latencyP50Ms', 50),
  latencyMetric('latencyP90Ms', 90),
  latencyMetric('latencyP99Ms', 99),
  metric('waitMeanMs', ({ waitSum, served }) => over(waitSum / MILLISECOND, served)),
  metric('utilisation', (seen) => over(seen.busy.reduce((sum, busy) => sum + busy, 0), elapsed(seen) * seen.workers * seen.picks.length)),
  metric('fairnessOfRequests', ({ picks }) => fairness(picks)),
  metric('keysMoved', ({ moved }) => moved),
];
