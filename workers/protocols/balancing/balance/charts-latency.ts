/** Charts of how long requests took: their percentiles in all and lately, and how they went over time. */
import type { Chart, ChartFold } from '../../../model/chart.ts';
import type { TapeEvent } from '../../../model/event.ts';
import type { Metric } from '../../../model/invariant.ts';
import { MILLISECOND, SECOND, type Nanoseconds } from '../../../model/time.ts';
import { emptyHistogram, mergedHistograms, percentile, withSample, type Histogram } from './histogram.ts';
import { latest, slicesAt, slicesOf, type Slices, type Slicing } from './slices.ts';

type Latencies = { readonly all: Histogram; readonly slices: Slices<Histogram> };

const SLICES = 64;
/** How far "lately" reaches back: so far that a 99th percentile means something, and no farther, for what is set while it runs to be seen. */
export const LATELY = 3 * SECOND;
/** Answers that a point over time is made of, at least. */
const GROUP_MIN = 30;
const percents = [50, 55, 60, 65, 70, 75, 80, 85, 90, 92.5, 95, 97.5, 99, 99.5, 99.9];
const nothing: Latencies = { all: emptyHistogram, slices: slicesOf(emptyHistogram) };
const slicing: Slicing<Histogram> = { fresh: () => emptyHistogram, merged: mergedHistograms };

function see(value: Latencies, event: TapeEvent): Latencies {
  let { all, slices } = value;
  for (const effect of event.effects) {
    if (effect.kind !== 'note' || effect.key !== 'balance.done') continue;
    const took = Math.round(Number(effect.args['took']) * MILLISECOND);
    const { step, past, current } = slicesAt(slices, event.time, SLICES, slicing);
    all = withSample(all, took);
    slices = { step, past, current: withSample(current, took) };
  }
  return { all, slices };
}

const record: Pick<Metric, 'on' | 'initial' | 'step'> = {
  on: ['balance.done'],
  initial: nothing,
  step: (value, event) => see(value as Latencies, event),
};

function percentilesOf(id: string, title: Chart['title'], histogram: Histogram): Extract<Chart, { kind: 'percentiles' }> {
  const points = percents.flatMap((percent) => {
    const value = percentile(histogram, percent);
    return value === null ? [] : [{ percent, value }];
  });
  return { kind: 'percentiles', id, title, unit: 'time', count: histogram.count, points };
}

/** A group of slices that follow one another. */
type Group = { readonly from: Nanoseconds; readonly histogram: Histogram };

/** Slices in groups of at least so many answers: the percentiles of a few would jump with each of them. */
function groupsOf({ step, past, current }: Slices<Histogram>): readonly Group[] {
  const groups: Group[] = [];
  let from = 0;
  let histogram = emptyHistogram;
  for (const [index, slice] of [...past, current].entries()) {
    if (histogram.count === 0) from = index * step;
    histogram = mergedHistograms(histogram, slice);
    if (histogram.count < GROUP_MIN) continue;
    groups.push({ from, histogram });
    histogram = emptyHistogram;
  }
  return groups;
}

function overTime(slices: Slices<Histogram>): Chart {
  const groups = groupsOf(slices);
  const line = (name: string, percent: number) => ({ name, points: groups.map(({ from, histogram }): readonly [Nanoseconds, number] => [from, percentile(histogram, percent)!]) });
  return { kind: 'lines', id: 'latency-over-time', title: { key: 'balance.chart.latency-over-time' }, unit: 'time', lines: [line('p50', 50), line('p99', 99)] };
}

/** Since the start. */
export const latencyChart: ChartFold = {
  name: 'balance.latency',
  ...record,
  read: (value) => ({ charts: [percentilesOf('latency', { key: 'balance.chart.latency' }, (value as Latencies).all)], warnings: [] }),
};

export const recentLatencyChart: ChartFold = {
  name: 'balance.latency-lately',
  ...record,
  read(value, time) {
    const seconds = LATELY / SECOND;
    const chart = percentilesOf('latency-lately', { key: 'balance.chart.latency-lately', args: { seconds } }, merged(latest((value as Latencies).slices, time, LATELY).slices));
    return { charts: [{ ...chart, seconds }], warnings: [] };
  },
};

export const latencyOverTimeChart: ChartFold = {
  name: 'balance.latency-over-time',
  ...record,
  read: (value) => ({ charts: [overTime((value as Latencies).slices)], warnings: [] }),
};

function merged(histograms: readonly Histogram[]): Histogram {
  return histograms.reduce(mergedHistograms, emptyHistogram);
}

function inMilliseconds(histogram: Histogram, percent: number): number | null {
  const latency = percentile(histogram, percent);
  return latency === null ? null : latency / MILLISECOND;
}

/** @returns the metric of this percentile (ms) of all requests that were answered */
export function latencyMetric(name: string, percent: number): Metric {
  return { name, ...record, read: (value) => inMilliseconds((value as Latencies).all, percent) };
}

/** @returns the same of those that were answered lately */
export function recentLatencyMetric(name: string, percent: number): Metric {
  return { name, ...record, read: (value, { time }) => inMilliseconds(merged(latest((value as Latencies).slices, time, LATELY).slices), percent) };
}
