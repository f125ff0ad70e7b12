import type { NoteArgs } from '../../../model/event.ts';
import type { Invariant, Metric } from '../../../model/invariant.ts';
import type { Json } from '../../../model/json.ts';
import { MILLISECOND, type Nanoseconds } from '../../../model/time.ts';
import { advance, emptyLive, liveEvents, type Live } from './live.ts';

const initialLive: Live & Json = emptyLive;

const linearizability: Invariant = {
  name: 'linearizability',
  source: 'Herlihy, Wing: "Linearizability: A Correctness Condition for Concurrent Objects", 1990; dissertation, section 6.3',
  sense: 'always',
  on: liveEvents,
  initial: initialLive,
  step(value, event, _look, broken) {
    const after: Live & Json = advance(value as Live, event);
    if (after.broken?.event === event.event) broken(after.broken.args);
    return after;
  },
  unknown: (value) => unknownKeys(value as Live) > 0,
};

function unknownKeys({ keys }: Live): number {
  return keys.filter(({ closed }) => closed === 'unknown').length;
}

/** Operations that have ended, and latencies of those that were answered. */
type Ended = { readonly ok: number; readonly failed: number; readonly unknown: number; readonly retries: number; readonly total: Nanoseconds; readonly latencies: readonly number[] };

/** Latencies are counted in classes, 16 to each doubling, so that a percentile is right to within 5 %. */
const CLASSES = 16;

/** The class of a latency: of 1 µs at least. */
function classOf(latency: Nanoseconds): number {
  const microseconds = Math.max(1, Math.min(0x7fffffff, Math.round(latency / 1000)));
  const octave = 31 - Math.clz32(microseconds);
  return octave * CLASSES + Math.floor(((microseconds - (1 << octave)) * CLASSES) / (1 << octave));
}

/** The upper end of a class (ns). */
function endOfClass(index: number): Nanoseconds {
  const octave = Math.floor(index / CLASSES);
  return Math.round((1 << octave) * (1 + ((index % CLASSES) + 1) / CLASSES)) * 1000;
}

const ended: Pick<Metric, 'on' | 'initial' | 'step'> = {
  on: ['client.ok', 'client.fail', 'client.info', 'client.retry'],
  initial: { ok: 0, failed: 0, unknown: 0, retries: 0, total: 0, latencies: [] },
  step(value, event) {
    let count = value as Ended;
    for (const effect of event.effects) if (effect.kind === 'note') count = counted(count, effect.key, effect.args['took']);
    return count;
  },
};

function counted(count: Ended, key: string, took: NoteArgs[string] | undefined): Ended {
  switch (key) {
    case 'client.fail':
      return { ...count, failed: count.failed + 1 };
    case 'client.info':
      return { ...count, unknown: count.unknown + 1 };
    case 'client.retry':
      return { ...count, retries: count.retries + 1 };
    case 'client.ok':
      return answered(count, typeof took === 'number' ? Math.round(took * MILLISECOND) : 0);
    default:
      return count;
  }
}

function answered(count: Ended, latency: Nanoseconds): Ended {
  const place = classOf(latency);
  const latencies = count.latencies.slice();
  while (latencies.length <= place) latencies.push(0);
  latencies[place]!++;
  return { ok: count.ok + 1, failed: count.failed, unknown: count.unknown, retries: count.retries, total: count.total + latency, latencies };
}

/** The latency that so many per cent of the operations do not exceed. */
function percentile({ ok, latencies }: Ended, percent: number): Nanoseconds | null {
  let left = Math.ceil((ok * percent) / 100);
  if (left === 0) return null;
  for (const [index, count] of latencies.entries()) {
    left -= count;
    if (left <= 0) return endOfClass(index);
  }
  return null;
}

function metric(name: string, read: (count: Ended) => number | null): Metric {
  return { name, ...ended, read: (value) => read(value as Ended) };
}

export const kvInvariants: readonly Invariant[] = [linearizability];

export const kvMetrics: readonly Metric[] = [
  metric('operationsOk', ({ ok }) => ok),
  metric('operationsFailed', ({ failed }) => failed),
  metric('operationsUnknown', ({ unknown }) => unknown),
  metric('operationRetries', ({ retries }) => retries),
  metric('operationLatencyMeanMs', ({ ok, total }) => (ok === 0 ? null : total / ok / MILLISECOND)),
  metric('operationLatencyP99Ms', (count) => {
    const latency = percentile(count, 99);
    return latency === null ? null : latency / MILLISECOND;
  }),
  { name: 'linearizabilityUnknown', on: liveEvents, initial: initialLive, step: (value, event) => advance(value as Live, event), read: (value) => unknownKeys(value as Live) },
];
