/** Numbers of a run: how much was served, how fast, by whom. */
import type { NoteArgs, TapeEvent } from '../../../model/event.ts';
import type { Look, Metric } from '../../../model/invariant.ts';
import type { Json } from '../../../model/json.ts';
import { emptyTable, tableForEach, tableGet, tableSet, type Table } from '../../../model/table.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import { failedLatelyMetric } from './charts-flow.ts';
import { latencyMetric, recentLatencyMetric } from './charts-latency.ts';
import { lineMetrics } from './charts-servers.ts';
import { keyOf } from './client.ts';
import { countAt, noCounts, withCount, type Counts } from './counts.ts';
import { configOf, stateAt } from './look.ts';

/** By reason: time ran out, error, no room, rate limit, forgotten by a client that crashed. */
type Drops = { readonly timeouts: number; readonly errors: number; readonly overloads: number; readonly limited: number; readonly forgotten: number };

/** What became of the requests. */
type Requests = {
  readonly arrived: number;
  readonly done: number;
  readonly drops: Drops;
  readonly retries: number;
  readonly latencySum: Nanoseconds;
  /** Requests in the system × time. */
  readonly area: number;
  readonly firstAt: Nanoseconds | null;
  readonly lastAt: Nanoseconds;
};

const noRequests: Requests = { arrived: 0, done: 0, drops: { timeouts: 0, errors: 0, overloads: 0, limited: 0, forgotten: 0 }, retries: 0, latencySum: 0, area: 0, firstAt: null, lastAt: 0 };

function dropped({ drops: { timeouts, errors, overloads, limited, forgotten } }: Requests): number {
  return timeouts + errors + overloads + limited + forgotten;
}

function inSystem(requests: Requests): number {
  return requests.arrived - requests.done - dropped(requests);
}

const timeOf = (args: NoteArgs, slot: string): Nanoseconds => Math.round(Number(args[slot]) * MILLISECOND);

function followed(before: Requests, event: TapeEvent): Requests {
  let { arrived, done, drops, retries, latencySum } = before;
  for (const effect of event.effects) {
    if (effect.kind !== 'note') continue;
    switch (effect.key) {
      case 'balance.arrive':
        arrived += 1;
        break;
      case 'balance.done':
        done += 1;
        latencySum += timeOf(effect.args, 'took');
        break;
      case 'balance.fail':
        drops = failed(drops, effect.args['reason']);
        break;
      case 'balance.forgotten':
        drops = { ...drops, forgotten: drops.forgotten + Number(effect.args['requests']) };
        break;
      case 'balance.retry':
        retries += 1;
        break;
    }
  }
  const area = before.area + inSystem(before) * (event.time - (before.firstAt === null ? event.time : before.lastAt));
  return { arrived, done, drops, retries, latencySum, area, firstAt: before.firstAt ?? event.time, lastAt: event.time };
}

function failed(drops: Drops, reason: NoteArgs[string] | undefined): Drops {
  switch (reason) {
    case 'timeout':
      return { ...drops, timeouts: drops.timeouts + 1 };
    case 'overload':
      return { ...drops, overloads: drops.overloads + 1 };
    case 'rate-limit':
      return { ...drops, limited: drops.limited + 1 };
    default:
      return { ...drops, errors: drops.errors + 1 };
  }
}

/** What the servers did. */
type Work = {
  /** Requests sent to each, by its index. */
  readonly picks: Counts;
  readonly served: number;
  readonly waitSum: Nanoseconds;
  /** How long all workers together were busy. */
  readonly busySum: Nanoseconds;
  /** Where each key was sent last; how often one was sent elsewhere than before. */
  readonly places: Table<number>;
  readonly moved: number;
  readonly firstAt: Nanoseconds | null;
  readonly lastAt: Nanoseconds;
};

const noWork: Work = { picks: noCounts, served: 0, waitSum: 0, busySum: 0, places: emptyTable<number>(), moved: 0, firstAt: null, lastAt: 0 };
const hashing = ['source-hash', 'ring-hash', 'maglev'];

function worked(before: Work, event: TapeEvent): Work {
  let { picks, served, waitSum, busySum, places, moved } = before;
  for (const effect of event.effects) {
    if (effect.kind !== 'note') continue;
    const { key, args } = effect;
    if (key === 'balance.served') {
      served += 1;
      waitSum += timeOf(args, 'waited');
      busySum += timeOf(args, 'busy');
    } else if (key === 'balance.pick') {
      const server = Number(args['server']);
      picks = withCount(picks, server, countAt(picks, server) + 1);
      if (!hashing.includes(String(args['policy']))) continue;
      const place = tableGet(places, String(args['key']));
      if (place !== undefined && place !== server) moved += 1;
      places = tableSet(places, String(args['key']), server);
    }
  }
  return { picks, served, waitSum, busySum, places, moved, firstAt: before.firstAt ?? event.time, lastAt: event.time };
}

/** Jain's index: 1 where all servers got the same, 1 / n where one got everything. */
function fairness({ picks }: Work, look: Look): number | null {
  const counts = (configOf(look)?.servers ?? []).map((_server, index) => countAt(picks, index));
  const sum = counts.reduce((total, count) => total + count, 0);
  const squares = counts.reduce((total, count) => total + count * count, 0);
  return over(sum * sum, counts.length * squares);
}

/** The part of the time in which a worker was busy, on average over all of them. */
function utilisation({ busySum, firstAt, lastAt }: Work, look: Look): number | null {
  const config = configOf(look);
  const workers = (config?.servers ?? []).length * (config?.workers ?? 0);
  return over(busySum, workers * (lastAt - (firstAt ?? lastAt)));
}

/**
 * Requests that their clients still wait for though nobody works at them any more: they were at a server, or on their way
 * to it, when it was down. Read off the states as they are.
 * @param since only those that were sent there then or later
 */
function lostWithServer(look: Look, since: Nanoseconds = 0): number {
  let lost = 0;
  for (const balancer of configOf(look)?.balancers ?? []) {
    const state = stateAt(look, balancer);
    if (state?.role !== 'balancer') continue;
    const boots = state.servers.map(({ server }) => bootOf(look, server));
    tableForEach(state.underway, ({ client, server, at, asked }) => {
      if (at < since || at >= boots[server]!) return;
      const waits = stateAt(look, client);
      if (waits?.role === 'client' && tableGet(waits.pending, keyOf(asked)) !== undefined) lost += 1;
    });
  }
  return lost;
}

/** Those of them that will never be answered: no timeout ends them or has them sent again, and no connection is closed. */
function lostForGood(look: Look, since: Nanoseconds): number {
  const { timeout = 0, attemptTimeout = 0, closeOnDown = false, healthInterval = 0 } = configOf(look) ?? {};
  return timeout > 0 || attemptTimeout > 0 || (closeOnDown && healthInterval > 0) ? 0 : lostWithServer(look, since);
}

/** Since when a server is there; whoever is down has yet to come. */
function bootOf(look: Look, server: NodeId): Nanoseconds {
  const state = stateAt(look, server);
  return state?.role === 'server' ? state.bootedAt : Infinity;
}

const elapsed = ({ firstAt, lastAt }: Requests): Nanoseconds => (firstAt === null ? 0 : lastAt - firstAt);
const over = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const requestsRecord: Pick<Metric, 'on' | 'initial' | 'step'> = {
  on: ['balance.arrive', 'balance.done', 'balance.fail', 'balance.forgotten', 'balance.retry'],
  initial: noRequests,
  step: (value: Json, event) => followed(value as Requests, event),
};

const workRecord: Pick<Metric, 'on' | 'initial' | 'step'> = {
  on: ['balance.pick', 'balance.served'],
  initial: noWork,
  step: (value: Json, event) => worked(value as Work, event),
};

function ofRequests(name: string, read: (requests: Requests) => number | null): Metric {
  return { name, ...requestsRecord, read: (value) => read(value as Requests) };
}

function ofWork(name: string, read: (work: Work, look: Look) => number | null): Metric {
  return { name, ...workRecord, read: (value, look) => read(value as Work, look) };
}

export const balanceMetrics: readonly Metric[] = [
  ofRequests('requestsArrived', ({ arrived }) => arrived),
  ofRequests('requestsDone', ({ done }) => done),
  ofRequests('requestsDropped', dropped),
  ofRequests('requestsInSystem', inSystem),
  { name: 'requestsLostWithServer', on: [], initial: null, step: (value) => value, read: (_value, look) => lostWithServer(look) },
  ofRequests('droppedTimeout', ({ drops }) => drops.timeouts),
  ofRequests('droppedError', ({ drops }) => drops.errors),
  ofRequests('droppedOverload', ({ drops }) => drops.overloads),
  ofRequests('droppedRateLimit', ({ drops }) => drops.limited),
  ofRequests('requestRetries', ({ retries }) => retries),
  ofRequests('throughputPerS', (requests) => over(requests.done * SECOND, elapsed(requests))),
  ofRequests('requestsInSystemMean', (requests) => over(requests.area, elapsed(requests))),
  ofRequests('latencyMeanMs', ({ latencySum, done }) => over(latencySum / MILLISECOND, done)),
  latencyMetric('latencyP50Ms', 50),
  latencyMetric('latencyP90Ms', 90),
  latencyMetric('latencyP99Ms', 99),
  recentLatencyMetric('latencyLatelyP50Ms', 50),
  recentLatencyMetric('latencyLatelyP99Ms', 99),
  failedLatelyMetric('failedLatelyPercent', lostForGood),
  ...lineMetrics,
  ofWork('waitMeanMs', ({ waitSum, served }) => over(waitSum / MILLISECOND, served)),
  ofWork('utilisation', utilisation),
  ofWork('fairnessOfRequests', fairness),
  ofWork('keysMoved', ({ moved }) => moved),
];
