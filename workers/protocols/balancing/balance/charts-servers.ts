/** Charts of the servers: who waits where, who gets how much, and who gets more than it can serve. */
import type { Chart, ChartFold, ChartLine } from '../../../model/chart.ts';
import type { NoteArgs, TapeEvent } from '../../../model/event.ts';
import type { Look, Metric } from '../../../model/invariant.ts';
import type { Json } from '../../../model/json.ts';
import { SECOND, type Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import type { TextRef } from '../../../model/view.ts';
import { countAt, mergedCounts, noCounts, plus, withCount, type Counts } from './counts.ts';
import { configOf, stateAt } from './look.ts';
import { latest, slicesAt, slicesOf, type Slices, type Slicing } from './slices.ts';
import type { ServerState } from './state.ts';

/** By index of the server: how many waited at most at once, and requests sent there. */
type Slice = { readonly waiting: Counts; readonly picks: Counts };

/** All lines together: how many wait, and that number × time since the first time that somebody did. */
type Total = { readonly waiting: number; readonly area: number; readonly since: Nanoseconds | null; readonly at: Nanoseconds };

type Seen = {
  /** Of each server, by its index; empty for one that nothing was heard of. */
  readonly names: readonly NodeId[];
  readonly waiting: Counts;
  readonly picks: Counts;
  readonly slices: Slices<Slice>;
  readonly total: Total;
};

/** Slices, as long as not too much is kept for very many servers. */
const SLICES = 256;
const KEPT = 16_384;
const LINES = 16;
const BARS = 32;
/** Over how long it is judged whether a server gets more than it serves: the longer one tells it better, the shorter one sooner. */
const WINDOWS = [5 * SECOND, SECOND];

const nothing: Seen = { names: [], waiting: noCounts, picks: noCounts, slices: slicesOf<Slice>({ waiting: noCounts, picks: noCounts }), total: { waiting: 0, area: 0, since: null, at: 0 } };

function slicesMax(servers: number): number {
  return servers * SLICES <= KEPT ? SLICES : 2 * Math.max(4, Math.floor(KEPT / servers / 2));
}

function slicingOf({ waiting }: Pick<Seen, 'waiting'>): Slicing<Slice> {
  return {
    fresh: () => ({ waiting, picks: noCounts }),
    merged: (a, b) => ({ waiting: mergedCounts(a.waiting, b.waiting, Math.max), picks: mergedCounts(a.picks, b.picks, plus) }),
  };
}

function slicesNow({ names, waiting, slices }: Seen, time: Nanoseconds): Slices<Slice> {
  return slicesAt(slices, time, slicesMax(names.length), slicingOf({ waiting }));
}

function see(value: Seen, event: TapeEvent): Seen {
  let seen = value;
  for (const effect of event.effects) {
    if (effect.kind === 'note') seen = noted(seen, event.time, effect.key, effect.args);
    else if (effect.kind === 'node' && !effect.up) seen = emptied(seen, event.time, effect.node);
    else if (effect.kind === 'removed-node') seen = emptied(seen, event.time, effect.node);
  }
  return seen;
}

function noted(seen: Seen, time: Nanoseconds, key: string, args: NoteArgs): Seen {
  const index = Number(args['server']);
  switch (key) {
    case 'balance.pick':
      return picked(called(seen, index, String(args['target'])), time, index);
    case 'balance.queue':
    case 'balance.serve':
    case 'balance.check':
    case 'balance.checked':
      return waitingAt(called(seen, index, String(args['node'])), time, index, Number(args['waiting']));
    default:
      return seen;
  }
}

function called(seen: Seen, index: number, name: NodeId): Seen {
  if (seen.names[index] === name) return seen;
  const names = seen.names.slice();
  while (names.length <= index) names.push('');
  names[index] = name;
  return { names, waiting: seen.waiting, picks: seen.picks, slices: seen.slices, total: seen.total };
}

function picked(seen: Seen, time: Nanoseconds, index: number): Seen {
  const { names, waiting, picks, total } = seen;
  const { step, past, current } = slicesNow(seen, time);
  const after: Slice = { waiting: current.waiting, picks: withCount(current.picks, index, countAt(current.picks, index) + 1) };
  return { names, waiting, picks: withCount(picks, index, countAt(picks, index) + 1), slices: { step, past, current: after }, total };
}

function waitingAt(seen: Seen, time: Nanoseconds, index: number, count: number): Seen {
  const last = countAt(seen.waiting, index);
  if (last === count) return seen;
  const { names, picks } = seen;
  const { step, past, current } = slicesNow(seen, time);
  const after: Slice = count > countAt(current.waiting, index) ? { waiting: withCount(current.waiting, index, count), picks: current.picks } : current;
  const total: Total = { waiting: seen.total.waiting + count - last, area: areaAt(seen.total, time), since: seen.total.since ?? time, at: time };
  return { names, waiting: withCount(seen.waiting, index, count), picks, slices: { step, past, current: after }, total };
}

function areaAt({ waiting, area, at }: Total, time: Nanoseconds): number {
  return area + waiting * (time - at);
}

/** Whoever is down has no line. */
function emptied(seen: Seen, time: Nanoseconds, node: NodeId): Seen {
  const index = seen.names.indexOf(node);
  return index < 0 ? seen : waitingAt(seen, time, index, 0);
}

function serverAt(look: Look, node: NodeId): ServerState | null {
  const state = stateAt(look, node);
  return state?.role === 'server' ? state : null;
}

/** The indices whose number is greatest, at most so many of them, in ascending order. */
function topOf(indices: readonly number[], most: number, numberOf: (index: number) => number): readonly number[] {
  const ordered = indices.toSorted((a, b) => numberOf(b) - numberOf(a) || a - b);
  return ordered.slice(0, most).sort((a, b) => a - b);
}

function waitingOf({ names, waiting, slices: { step, past, current } }: Seen, time: Nanoseconds): Chart {
  const all = [...past, current];
  const peaks = all.reduce((most, slice) => mergedCounts(most, slice.waiting, Math.max), waiting);
  const known = names.flatMap((name, index) => (name === '' ? [] : [index]));
  const lines = topOf(known, LINES, (index) => countAt(peaks, index)).map((index): ChartLine => {
    const values = all.map((slice) => countAt(slice.waiting, index));
    const points = values.flatMap((value, at) => (at > 0 && values[at - 1] === value ? [] : [[at * step, value] as const]));
    return { name: names[index]!, points: [...points, [time, countAt(waiting, index)]] };
  });
  return { kind: 'lines', id: 'waiting', title: { key: 'balance.chart.waiting' }, unit: 'count', lines };
}

/** The servers in the order of their indices, and how many of them, from the first, get requests: all, unless there is autoscaling. */
function poolOf(look: Look): { readonly servers: readonly NodeId[]; readonly ready: number } {
  const config = configOf(look);
  const states = (config?.balancers ?? []).map((node) => stateAt(look, node));
  const ready = states.flatMap((state) => (state?.role === 'balancer' ? [state.scale.ready] : []));
  return { servers: config?.servers ?? [], ready: ready.length === 0 ? Infinity : Math.max(...ready) };
}

function sharesOf({ picks }: Seen, look: Look): Chart {
  const { servers, ready } = poolOf(look);
  const rates = servers.map((node, index) => (index < ready ? (serverAt(look, node)?.rate ?? 0) : 0));
  const present = servers.flatMap((_node, index) => (index < ready || countAt(picks, index) > 0 ? [index] : []));
  const count = present.reduce((sum, index) => sum + countAt(picks, index), 0);
  const rate = rates.reduce(plus, 0);
  const bars = topOf(present, BARS, (index) => countAt(picks, index)).map((index) => {
    const bar = { node: servers[index]!, part: count === 0 ? 0 : countAt(picks, index) / count };
    return rate === 0 ? bar : { ...bar, capacity: rates[index]! / rate };
  });
  return { kind: 'shares', id: 'shares', title: { key: 'balance.chart.shares' }, count, bars };
}

type Overload = { readonly node: NodeId; readonly gets: number; readonly serves: number };

/** Servers that get more than they serve: more by twice what chance alone may do. */
function overloadedIn(window: Nanoseconds, { names, waiting, slices: all }: Seen, time: Nanoseconds, look: Look): readonly Overload[] {
  const { from, slices } = latest(all, time, window);
  const seconds = (time - from) / SECOND;
  const gets = slices.reduce((sum, { picks }) => mergedCounts(sum, picks, plus), noCounts);
  return names.flatMap((node, index) => {
    const serves = serverAt(look, node)?.rate ?? 0;
    const expected = serves * seconds;
    const count = countAt(gets, index);
    if (serves === 0 || countAt(waiting, index) === 0 || count <= expected + 2 * Math.sqrt(expected)) return [];
    return [{ node, gets: count / seconds, serves }];
  });
}

/** Each of them once, the worst first. */
function warnings(seen: Seen, time: Nanoseconds, look: Look): readonly TextRef[] {
  const all = WINDOWS.flatMap((window) => overloadedIn(window, seen, time, look));
  const each = all.filter(({ node }, at) => all.findIndex((other) => other.node === node) === at);
  each.sort((a, b) => b.gets / b.serves - a.gets / a.serves);
  return each.map(({ node, gets, serves }) => ({ key: 'balance.warning.overloaded', args: { node, gets: Math.round(gets), serves: Math.round(serves) } }));
}

const record: Pick<ChartFold, 'on' | 'initial' | 'step'> = {
  on: ['balance.pick', 'balance.queue', 'balance.serve', 'balance.check', 'balance.checked', 'intervention'],
  initial: nothing,
  step: (value: Json, event) => see(value as Seen, event),
};

/** What was seen, up to now. */
function seenUntil(value: Json, time: Nanoseconds): Seen {
  const past = value as Seen;
  const { names, waiting, picks, total } = past;
  return { names, waiting, picks, slices: slicesNow(past, time), total };
}

export const waitingChart: ChartFold = {
  name: 'balance.waiting',
  ...record,
  read(value, time, look) {
    const seen = seenUntil(value, time);
    return { charts: [waitingOf(seen, time)], warnings: warnings(seen, time, look) };
  },
};

export const sharesChart: ChartFold = {
  name: 'balance.shares',
  ...record,
  read: (value, time, look) => ({ charts: [sharesOf(seenUntil(value, time), look)], warnings: [] }),
};

/** How many wait at all servers together: now, and on average since the first time that somebody did. */
export const lineMetrics: readonly Metric[] = [
  { name: 'requestsWaiting', ...record, read: (value) => (value as Seen).total.waiting },
  {
    name: 'requestsWaitingMean',
    ...record,
    read(value, { time }) {
      const { total } = value as Seen;
      return total.since === null || time === total.since ? null : areaAt(total, time) / (time - total.since);
    },
  },
];
