/** Charts of the servers: who waits where, who gets how much, and who gets more than it can serve. */
import type { Chart, ChartFold, ChartLine } from '../../../model/chart.ts';
import type { NoteArgs, TapeEvent } from '../../../model/event.ts';
import type { Look } from '../../../model/invariant.ts';
import type { Json } from '../../../model/json.ts';
import { SECOND, type Nanoseconds } from '../../../model/time.ts';
import type { NodeId } from '../../../model/topology.ts';
import type { TextRef } from '../../../model/view.ts';
import { latest, slicesAt, slicesOf, type Slices, type Slicing } from './slices.ts';
import type { State } from './state.ts';

/** By index of the server: how many waited at most at once, and requests sent there. */
type Slice = { readonly waiting: readonly number[]; readonly picks: readonly number[] };

type Seen = {
  /** Of each server, by its index; empty for one that nothing was heard of. */
  readonly names: readonly NodeId[];
  readonly waiting: readonly number[];
  readonly picks: readonly number[];
  readonly slices: Slices<Slice>;
};

/** Slices, as long as not too much is kept for very many servers. */
const SLICES = 256;
const KEPT = 16_384;
const LINES = 16;
const BARS = 32;
/** Over how long it is judged whether a server gets more than it serves. */
const WINDOW = 5 * SECOND;

const nothing: Seen = { names: [], waiting: [], picks: [], slices: slicesOf<Slice>({ waiting: [], picks: [] }) };

function slicesMax(servers: number): number {
  return servers * SLICES <= KEPT ? SLICES : 2 * Math.max(4, Math.floor(KEPT / servers / 2));
}

function slicingOf({ waiting }: Seen): Slicing<Slice> {
  return {
    fresh: () => ({ waiting, picks: [] }),
    merged: (a, b) => ({ waiting: combined(a.waiting, b.waiting, Math.max), picks: combined(a.picks, b.picks, (x, y) => x + y) }),
  };
}

function combined(a: readonly number[], b: readonly number[], combine: (x: number, y: number) => number): readonly number[] {
  const [long, short] = a.length < b.length ? [b, a] : [a, b];
  return long.map((value, index) => combine(value, short[index] ?? 0));
}

/** The list with a number put in; 0 where nothing was before. */
function put(list: readonly number[], index: number, value: number): readonly number[] {
  const after = list.slice();
  while (after.length <= index) after.push(0);
  after[index] = value;
  return after;
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
      return waitingAt(called(seen, index, String(args['node'])), time, index, Number(args['waiting']));
    default:
      return seen;
  }
}

function called(seen: Seen, index: number, name: NodeId): Seen {
  if (seen.names[index] === name) return seen;
  const names = Array.from({ length: Math.max(seen.names.length, index + 1) }, (_item, at) => (at === index ? name : (seen.names[at] ?? '')));
  return { names, waiting: seen.waiting, picks: seen.picks, slices: seen.slices };
}

function picked(seen: Seen, time: Nanoseconds, index: number): Seen {
  const { names, waiting, picks } = seen;
  const { step, past, current } = slicesAt(seen.slices, time, slicesMax(names.length), slicingOf(seen));
  const after: Slice = { waiting: current.waiting, picks: put(current.picks, index, (current.picks[index] ?? 0) + 1) };
  return { names, waiting, picks: put(picks, index, (picks[index] ?? 0) + 1), slices: { step, past, current: after } };
}

function waitingAt(seen: Seen, time: Nanoseconds, index: number, count: number): Seen {
  if ((seen.waiting[index] ?? 0) === count) return seen;
  const { names, picks } = seen;
  const { step, past, current } = slicesAt(seen.slices, time, slicesMax(names.length), slicingOf(seen));
  const isHigher = count > (current.waiting[index] ?? 0);
  const after: Slice = isHigher ? { waiting: put(current.waiting, index, count), picks: current.picks } : current;
  return { names, waiting: put(seen.waiting, index, count), picks, slices: { step, past, current: after } };
}

/** Whoever is down has no line. */
function emptied(seen: Seen, time: Nanoseconds, node: NodeId): Seen {
  const index = seen.names.indexOf(node);
  return index < 0 ? seen : waitingAt(seen, time, index, 0);
}

function serverAt(look: Look, node: NodeId): Extract<State, { role: 'server' }> | null {
  const state = look.state(node, 'balance') as State | undefined;
  return state?.role === 'server' ? state : null;
}

/** The lines that were longest, in the order of their servers. */
function longest(seen: Seen): readonly number[] {
  const peaks = [...seen.slices.past, seen.slices.current].map(({ waiting }) => waiting).reduce((a, b) => combined(a, b, Math.max), seen.waiting);
  const order = seen.names.flatMap((name, index) => (name === '' ? [] : [index]));
  return order.sort((a, b) => (peaks[b] ?? 0) - (peaks[a] ?? 0) || a - b).slice(0, LINES).sort((a, b) => a - b);
}

function waitingChart(seen: Seen, time: Nanoseconds): Chart {
  const { step, past, current } = seen.slices;
  const all = [...past, current];
  const lines = longest(seen).map((index): ChartLine => {
    const values = all.map(({ waiting }) => waiting[index] ?? 0);
    const points = values.flatMap((value, at) => (at > 0 && values[at - 1] === value ? [] : [[at * step, value] as const]));
    return { name: seen.names[index]!, points: [...points, [time, seen.waiting[index] ?? 0]] };
  });
  return { kind: 'lines', id: 'waiting', title: { key: 'balance.chart.waiting' }, unit: 'count', lines };
}

/** All servers, those that nothing was sent to as well, in the order of the network. */
function serversOf({ names }: Seen, look: Look): readonly NodeId[] {
  return look.nodes.filter((node) => names.includes(node) || serverAt(look, node) !== null);
}

function sharesChart(seen: Seen, look: Look): Chart {
  const servers = serversOf(seen, look).map((node) => ({ node, picks: seen.picks[seen.names.indexOf(node)] ?? 0, rate: serverAt(look, node)?.rate ?? 0 }));
  const count = seen.picks.reduce((sum, picks) => sum + picks, 0);
  const rates = servers.reduce((sum, { rate }) => sum + rate, 0);
  const shown = servers.map(({ picks }, index) => ({ picks, index })).sort((a, b) => b.picks - a.picks || a.index - b.index).slice(0, BARS).sort((a, b) => a.index - b.index);
  const bars = shown.map(({ index }) => {
    const { node, picks, rate } = servers[index]!;
    const part = count === 0 ? 0 : picks / count;
    return rates === 0 ? { node, part } : { node, part, capacity: rate / rates };
  });
  return { kind: 'shares', id: 'shares', title: { key: 'balance.chart.shares' }, count, bars };
}

/** Servers that get more than they serve, the worst first: more by twice what chance alone may do. */
function overloaded(seen: Seen, time: Nanoseconds, look: Look): readonly TextRef[] {
  const { from, slices } = latest(seen.slices, time, WINDOW);
  const seconds = (time - from) / SECOND;
  const gets = slices.map(({ picks }) => picks).reduce((a, b) => combined(a, b, (x, y) => x + y), []);
  const found = seen.names.flatMap((node, index) => {
    const serves = serverAt(look, node)?.rate ?? 0;
    const expected = serves * seconds;
    const count = gets[index] ?? 0;
    if (serves === 0 || (seen.waiting[index] ?? 0) === 0 || count <= expected + 2 * Math.sqrt(expected)) return [];
    return [{ node, gets: count / seconds, serves }];
  });
  return found.sort((a, b) => b.gets / b.serves - a.gets / a.serves).map(({ node, gets: rate, serves }) => ({ key: 'balance.warning.overloaded', args: { node, gets: Math.round(rate), serves: Math.round(serves) } }));
}

export const serverCharts: ChartFold = {
  name: 'balance.servers',
  on: ['balance.pick', 'balance.queue', 'balance.serve', 'intervention'],
  initial: nothing,
  step: (value: Json, event) => see(value as Seen, event),
  read(value, time, look) {
    const past = value as Seen;
    const { names, waiting, picks } = past;
    const seen: Seen = { names, waiting, picks, slices: slicesAt(past.slices, time, slicesMax(names.length), slicingOf(past)) };
    return { charts: [waitingChart(seen, time), sharesChart(seen, look)], warnings: overloaded(seen, time, look) };
  },
};
