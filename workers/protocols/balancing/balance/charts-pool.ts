/** A chart of autoscaling: how many servers are wanted, and how many of them are ready. */
import type { ChartFold, ChartLine } from '../../../model/chart.ts';
import type { TapeEvent } from '../../../model/event.ts';
import type { Nanoseconds } from '../../../model/time.ts';
import { slicesAt, slicesOf, type Slices } from './slices.ts';

/** As they were when the slice ended. */
type Pool = { readonly wanted: number; readonly ready: number };
/** Null until the count changes for the first time. */
type Seen = { readonly slices: Slices<Pool> } | null;

const SLICES = 256;

function now({ slices }: NonNullable<Seen>, time: Nanoseconds): Slices<Pool> {
  return slicesAt(slices, time, SLICES, { fresh: () => slices.current, merged: (_first, second) => second });
}

function see(value: Seen, event: TapeEvent): Seen {
  let seen = value;
  for (const effect of event.effects) {
    if (effect.kind !== 'note') continue;
    const { key, args } = effect;
    if (key === 'balance.scale') {
      const from = Number(args['from']);
      const wanted = Number(args['to']);
      const slices = now(seen ?? { slices: slicesOf({ wanted: from, ready: from }) }, event.time);
      seen = { slices: { step: slices.step, past: slices.past, current: { wanted, ready: Math.min(slices.current.ready, wanted) } } };
    } else if (key === 'balance.ready' && seen) {
      const slices = now(seen, event.time);
      seen = { slices: { step: slices.step, past: slices.past, current: { wanted: slices.current.wanted, ready: Number(args['ready']) } } };
    }
  }
  return seen;
}

function lineOf(name: 'wanted' | 'ready', { step, past, current }: Slices<Pool>, time: Nanoseconds): ChartLine {
  const values = [...past, current].map((pool) => pool[name]);
  const points = values.flatMap((value, at) => (at > 0 && values[at - 1] === value ? [] : [[at * step, value] as const]));
  return { name, title: { key: `balance.line.${name}` }, points: [...points, [time, current[name]]] };
}

export const poolCharts: ChartFold = {
  name: 'balance.pool',
  on: ['balance.scale', 'balance.ready'],
  initial: null,
  step: (value, event) => see(value as Seen, event),
  read(value, time) {
    const seen = value as Seen;
    if (!seen) return { charts: [], warnings: [] };
    const slices = now(seen, time);
    return { charts: [{ kind: 'lines', id: 'pool', title: { key: 'balance.chart.pool' }, unit: 'count', lines: [lineOf('wanted', slices, time), lineOf('ready', slices, time)] }], warnings: [] };
  },
};
