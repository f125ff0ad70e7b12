/** The axis of the rail: time, or, at speed 'even', events. Values are nanoseconds or numbers of events. */
import type { TapeIndex } from '../../workers/contract.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { Playhead } from '../simulation/types.ts';

export type AxisKind = 'time' | 'events';

/** A stretch of the axis. */
export type Span = { readonly start: number; readonly end: number };

/** Room left and right of the rail, so that the thumb at an end is whole (px). */
export const MARGIN = 8;

/** What is known, and where the axis ends: where a run is still computed, at its horizon. */
export type Extent = { readonly known: number; readonly end: number };

/** An axis needs some length, even when nothing has happened yet. */
const SHORTEST = { time: 1_000_000, events: 1 } as const;

export function extentOf(kind: AxisKind, index: TapeIndex | null, horizon: Nanoseconds): Extent {
  const known = !index ? 0 : kind === 'time' ? index.time : Math.max(0, index.events - 1);
  const end = kind === 'time' && (!index || index.computing) ? Math.max(known, horizon) : known;
  return { known, end: Math.max(end, SHORTEST[kind]) };
}

export function valueOf(kind: AxisKind, { event, time }: Playhead): number {
  return kind === 'time' ? time : Math.max(0, event);
}

export function toX(span: Span, width: number, value: number): number {
  return MARGIN + ((value - span.start) / (span.end - span.start)) * (width - 2 * MARGIN);
}

export function fromX(span: Span, width: number, x: number): number {
  const part = (x - MARGIN) / Math.max(1, width - 2 * MARGIN);
  return span.start + Math.min(1, Math.max(0, part)) * (span.end - span.start);
}

/** The shortest stretch that the rail zooms to: a microsecond, or ten events. */
const CLOSEST = { time: 1_000, events: 10 } as const;

/** The stretch in view after zooming by `factor` (below 1: closer) around a value that stays where it is. */
export function zoomed(kind: AxisKind, span: Span, extent: Extent, around: number, factor: number): Span {
  const length = Math.min(extent.end, Math.max(Math.min(CLOSEST[kind], extent.end), (span.end - span.start) * factor));
  const part = (around - span.start) / (span.end - span.start);
  return within({ start: around - part * length, end: around + (1 - part) * length }, extent);
}

export function moved(span: Span, extent: Extent, by: number): Span {
  return within({ start: span.start + by, end: span.end + by }, extent);
}

/** The stretch, moved as little as needed to lie on the axis. */
function within({ start, end }: Span, extent: Extent): Span {
  const length = Math.min(extent.end, end - start);
  const from = Math.min(Math.max(0, start), extent.end - length);
  return { start: from, end: from + length };
}

/** The stretch, moved so that a value that left it is seen again, a fifth from where it came in. */
export function following(span: Span, extent: Extent, value: number): Span {
  if (value >= span.start && value <= span.end) return span;
  const length = span.end - span.start;
  return within({ start: value - length * 0.2, end: value + length * 0.8 }, extent);
}

/** The mark nearest to `x`, if it is within `reach` px. */
export function snapTo<Mark extends { readonly x: number }>(marks: readonly Mark[], x: number, reach: number): Mark | null {
  let best: Mark | null = null;
  for (const mark of marks) {
    const distance = Math.abs(mark.x - x);
    if (distance <= reach && (!best || distance < Math.abs(best.x - x))) best = mark;
  }
  return best;
}

/** Width of a column of the silhouette (px). */
const COLUMN = 5;

/**
 * The rate of messages along the rail: a path that stands on `y` and is at most `height` high. Its height grows with the
 * root of the rate, so that a quiet stretch beside a flood is still seen.
 */
export function silhouette(kind: AxisKind, index: TapeIndex, span: Span, width: number, y: number, height: number): string {
  const columns = Math.max(1, Math.floor((width - 2 * MARGIN) / COLUMN));
  const rates = Array.from({ length: columns }, () => 0);
  index.sent.forEach((sent, bucket) => {
    const [from, to] = bucketSpan(kind, index, bucket);
    if (sent === 0 || to <= span.start || from >= span.end) return;
    const first = Math.floor(((from - span.start) / (span.end - span.start)) * columns);
    const last = Math.max(first + 1, Math.ceil(((to - span.start) / (span.end - span.start)) * columns));
    for (let column = Math.max(0, first); column < Math.min(columns, last); column++) rates[column]! += sent / (last - first);
  });
  const most = Math.max(...rates);
  if (most === 0) return '';
  const points = rates.map((rate, column) => {
    const x = MARGIN + ((column + 0.5) / columns) * (width - 2 * MARGIN);
    return `L${x.toFixed(1)} ${(y - Math.sqrt(rate / most) * height).toFixed(1)}`;
  });
  return `M${MARGIN} ${y}${points.join('')}L${width - MARGIN} ${y}z`;
}

function bucketSpan(kind: AxisKind, index: TapeIndex, bucket: number): readonly [number, number] {
  if (kind === 'time') return [bucket * index.bucket, (bucket + 1) * index.bucket];
  return [index.eventsBefore[bucket] ?? 0, index.eventsBefore[bucket + 1] ?? index.events];
}
