/** Which stretch of the axis is in view: pure. */
import type { Scenario } from '../../workers/model/scenario.ts';
import { moved, type AxisKind, type Extent, type Span } from '../timeline/axis.ts';

/** So long (px along the axis) is what a message takes on its way: a question and its answer can be told apart. */
const FLIGHT = 42;
const EVENT = 17;

/** How long a stretch is shown at first (ns, or events) on an axis of `room` px. */
export function firstLength(kind: AxisKind, { topology, horizon }: Pick<Scenario, 'topology' | 'horizon'>, room: number): number {
  if (kind === 'events') return room / EVENT;
  const latencies = topology.links.flatMap(({ directions }) => directions.map(({ latency }) => latency)).sort((a, b) => a - b);
  const median = latencies[latencies.length >> 1] ?? 0;
  return median > 0 ? Math.min(horizon, (median * room) / FLIGHT) : Math.max(1, horizon / 24);
}

/** Where the playhead stands when one has just come there, and between which places it moves by itself (parts of the picture). */
const HOME = 0.62;
const LEFT = 0.22;
const RIGHT = 0.78;

/** A stretch of this length around a value. */
export function around(value: number, length: number, extent: Extent): Span {
  return moved({ start: value - HOME * length, end: value + (1 - HOME) * length }, extent, 0);
}

/**
 * The stretch, moved so that the playhead stays in its middle part: a little where it moves by a little, and to where it
 * is at home where it comes from afar. The same object where nothing moves.
 * @param stride moves by no less than this part of the picture: each move paints it anew.
 */
export function followed(span: Span, value: number, extent: Extent, stride: number): Span {
  const length = span.end - span.start;
  const part = (value - span.start) / length;
  if (part >= LEFT && part <= RIGHT) return span;
  const far = part < LEFT - 0.5 || part > RIGHT + 0.5;
  const over = part < LEFT ? part - LEFT : part - RIGHT;
  const next = far ? around(value, length, extent) : moved(span, extent, Math.sign(over) * Math.ceil(Math.abs(over) / stride - 1e-6) * stride * length);
  return next.start === span.start && next.end === span.end ? span : next;
}
