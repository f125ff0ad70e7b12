/** Charts of the whole: requests that come and are answered a second, and how many are under way. */
import type { Chart, ChartFold } from '../../../model/chart.ts';
import type { NoteArgs, TapeEvent } from '../../../model/event.ts';
import type { Look, Metric } from '../../../model/invariant.ts';
import { SECOND, type Nanoseconds } from '../../../model/time.ts';
import { LATELY } from './charts-latency.ts';
import { latest, slicesAt, slicesOf, type Slices } from './slices.ts';

/** `inFlight`: at most at once. */
type Slice = { readonly arrived: number; readonly done: number; readonly dropped: number; readonly inFlight: number };
type Flow = { readonly inFlight: number; readonly slices: Slices<Slice> };

const SLICES = 256;

function empty(inFlight: number): Slice {
  return { arrived: 0, done: 0, dropped: 0, inFlight };
}

function merged(a: Slice, b: Slice): Slice {
  return { arrived: a.arrived + b.arrived, done: a.done + b.done, dropped: a.dropped + b.dropped, inFlight: Math.max(a.inFlight, b.inFlight) };
}

function see(value: Flow, event: TapeEvent): Flow {
  let flow = value;
  for (const effect of event.effects) if (effect.kind === 'note') flow = noted(flow, event.time, effect.key, effect.args);
  return flow;
}

function noted(flow: Flow, time: Nanoseconds, key: string, args: NoteArgs): Flow {
  switch (key) {
    case 'balance.arrive':
      return counted(flow, time, 1, 0, 0);
    case 'balance.done':
      return counted(flow, time, 0, 1, 0);
    case 'balance.fail':
      return counted(flow, time, 0, 0, 1);
    case 'balance.forgotten':
      return counted(flow, time, 0, 0, Number(args['requests']));
    default:
      return flow;
  }
}

function slicesTo({ inFlight, slices }: Flow, time: Nanoseconds): Slices<Slice> {
  return slicesAt(slices, time, SLICES, { fresh: () => empty(inFlight), merged });
}

function counted(flow: Flow, time: Nanoseconds, arrived: number, done: number, dropped: number): Flow {
  const inFlight = flow.inFlight + arrived - done - dropped;
  const { step, past, current } = slicesTo(flow, time);
  const after: Slice = { arrived: current.arrived + arrived, done: current.done + done, dropped: current.dropped + dropped, inFlight: Math.max(current.inFlight, inFlight) };
  return { inFlight, slices: { step, past, current: after } };
}

type Point = readonly [Nanoseconds, number];

/** So many a second, in groups of slices that are a 32nd of all time long. */
function rates({ step, past }: Slices<Slice>, count: (slice: Slice) => number): readonly Point[] {
  const group = Math.max(1, Math.ceil(past.length / 32));
  const points: Point[] = [];
  for (let first = 0; first + group <= past.length; first += group) {
    const sum = past.slice(first, first + group).reduce((total, slice) => total + count(slice), 0);
    points.push([first * step, (sum * SECOND) / (group * step)]);
  }
  return points;
}

function throughput(slices: Slices<Slice>): Chart {
  const line = (name: 'arrived' | 'done' | 'dropped') => ({ name, title: { key: `balance.line.${name}` }, points: rates(slices, (slice) => slice[name]) });
  return { kind: 'lines', id: 'throughput', title: { key: 'balance.chart.throughput' }, unit: 'rate', lines: [line('arrived'), line('done'), line('dropped')] };
}

function inFlightOver({ slices, inFlight }: Flow, time: Nanoseconds): Chart {
  const points: Point[] = [...slices.past, slices.current].map((slice, index): Point => [index * slices.step, slice.inFlight]);
  const line = { name: 'in-flight', title: { key: 'balance.line.in-flight' }, points: [...points, [time, inFlight] as const] };
  return { kind: 'lines', id: 'in-flight', title: { key: 'balance.chart.in-flight' }, unit: 'count', lines: [line] };
}

const record: Pick<Metric, 'on' | 'initial' | 'step'> = {
  on: ['balance.arrive', 'balance.done', 'balance.fail', 'balance.forgotten'],
  initial: { inFlight: 0, slices: slicesOf(empty(0)) },
  step: (value, event) => see(value as Flow, event),
};

/**
 * How many per cent of the requests that have lately come to an end were not answered; null where none has ended.
 * @param lost of those that nobody will answer, how many were sent since a time
 */
export function failedLatelyMetric(name: string, lost: (look: Look, since: Nanoseconds) => number): Metric {
  return {
    name,
    ...record,
    read(value, look) {
      const { slices } = latest(slicesTo(value as Flow, look.time), look.time, LATELY);
      const failed = slices.reduce((total, { dropped }) => total + dropped, lost(look, look.time - LATELY));
      const ended = slices.reduce((total, { done }) => total + done, failed);
      return ended === 0 ? null : (100 * failed) / ended;
    },
  };
}

export const flowCharts: ChartFold = {
  name: 'balance.flow',
  ...record,
  read(value, time) {
    const flow = value as Flow;
    const slices = slicesTo(flow, time);
    return { charts: [throughput(slices), inFlightOver({ inFlight: flow.inFlight, slices }, time)], warnings: [] };
  },
};
