import type { TapeEvent } from '../../../model/event.ts';
import type { Metric } from '../../../model/invariant.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';

/** What has been seen of the stream. Times in ns, over all hops. */
type Seen = {
  readonly sent: number;
  readonly received: number;
  readonly duplicated: number;
  readonly lost: number;
  /** Ids of packets that are on their way. */
  readonly outstanding: readonly string[];
  readonly delaySum: number;
  readonly delayMax: number;
  readonly bytes: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
};

const nothing: Seen = { sent: 0, received: 0, duplicated: 0, lost: 0, outstanding: [], delaySum: 0, delayMax: 0, bytes: 0, firstAt: null, lastAt: null };

/** Packets whose fate is remembered: far more than any path here holds. */
const OUTSTANDING_MAX = 4096;

function see(seen: Seen, event: TapeEvent): Seen {
  const { input } = event;
  if (input.kind === 'drop') return lose(seen, input.packet);
  if (input.kind === 'intervention') {
    const taken = event.effects.find((effect) => effect.kind === 'lost');
    return taken ? lose(seen, taken.packet) : seen;
  }
  if (event.process !== 'probe') return seen;
  if (input.kind === 'receive') return arrive(seen, event, input);
  const sent = event.effects.find((effect) => effect.kind === 'send');
  return sent ? { ...seen, sent: seen.sent + 1, outstanding: [...seen.outstanding, sent.packet].slice(-OUTSTANDING_MAX) } : seen;
}

/** A copy that is lost is no packet lost: only what was sent as such counts. */
function lose(seen: Seen, packet: string): Seen {
  if (!seen.outstanding.includes(packet)) return seen;
  return { ...seen, lost: seen.lost + 1, outstanding: seen.outstanding.filter((id) => id !== packet) };
}

function arrive(seen: Seen, event: TapeEvent, input: Extract<TapeEvent['input'], { kind: 'receive' }>): Seen {
  const duplicate = event.effects.some((effect) => effect.kind === 'note' && effect.key === 'probe.duplicate');
  const outstanding = seen.outstanding.filter((id) => id !== input.packet);
  if (duplicate) return { ...seen, duplicated: seen.duplicated + 1, outstanding };
  const delay = input.queueing + input.transmission + input.propagation;
  return {
    ...seen,
    received: seen.received + 1,
    outstanding,
    delaySum: seen.delaySum + delay,
    delayMax: Math.max(seen.delayMax, delay),
    bytes: seen.bytes + input.bytes,
    firstAt: seen.firstAt ?? event.time,
    lastAt: event.time,
  };
}

/** All metrics read the same record, which is folded once. */
const record: Pick<Metric, 'on' | 'initial' | 'step'> = {
  on: ['receive', 'drop', 'intervention', 'probe.sent'],
  initial: nothing,
  step: (value, event) => see(value as Seen, event),
};

function metric(name: string, read: (seen: Seen) => number | null): Metric {
  return { name, ...record, read: (value) => read(value as Seen) };
}

export const probeMetrics: readonly Metric[] = [
  metric('probesSent', (seen) => seen.sent),
  metric('probesReceived', (seen) => seen.received),
  metric('probesLost', (seen) => seen.lost),
  metric('probesDuplicated', (seen) => seen.duplicated),
  metric('probeDelayMeanMs', (seen) => (seen.received === 0 ? null : seen.delaySum / seen.received / MILLISECOND)),
  metric('probeDelayMaxMs', (seen) => (seen.received === 0 ? null : seen.delayMax / MILLISECOND)),
  // Between the first arrival and the last: what of the first one's bytes arrived before does not count.
  metric('probeThroughputKbps', ({ bytes, received, firstAt, lastAt }) =>
    firstAt === null || lastAt === null || lastAt === firstAt ? null : ((bytes - bytes / received) * 8) / 1000 / ((lastAt - firstAt) / SECOND),
  ),
];
