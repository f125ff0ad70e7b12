/** What lies under a pointer: pure. */
import type { AxisKind } from '../timeline/axis.ts';
import { clipped, lineOf } from './arrows.ts';
import type { Arrow, Piece } from './piece.ts';
import { toPlace, toValue, type Plan } from './plan.ts';
import type { Crack } from './story.ts';

export type EventHit = { readonly event: number; readonly lane: number; readonly along: number; readonly across: number };

/** The first of a sorted list's positions at which a value is at least `least`. */
function firstAtLeast(values: Float64Array, least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The event nearest to a place, within `reach` px of it; of several at one place the last. */
export function eventAt(pieces: readonly Piece[], kind: AxisKind, plan: Plan, along: number, across: number, reach: number): EventHit | null {
  const [low, high] = [toValue(plan, along - reach), toValue(plan, along + reach)];
  let best: EventHit | null = null;
  let least = reach;
  for (const piece of pieces) {
    const start = kind === 'time' ? firstAtLeast(piece.times, low) : Math.max(0, Math.ceil(low) - piece.first);
    for (let at = start; at < piece.count; at++) {
      const event = piece.first + at;
      const value = kind === 'time' ? piece.times[at]! : event;
      if (value > high) break;
      const lane = laneOfEvent(piece, at, plan);
      if (lane === null) continue;
      const place = toPlace(plan, value);
      const away = Math.hypot(place - along, plan.places[lane]! - across);
      if (away > least) continue;
      least = away;
      best = { event, lane, along: place, across: plan.places[lane]! };
    }
  }
  return best;
}

function laneOfEvent(piece: Piece, at: number, plan: Plan): number | null {
  const node = piece.nodes[at];
  return node === null || node === undefined ? null : (plan.laneOf.get(node) ?? null);
}

/** Where an event lies, if its piece is there and its node has a lifeline. */
export function placeOfEvent(pieces: readonly Piece[], kind: AxisKind, plan: Plan, event: number): EventHit | null {
  const piece = pieces.find(({ first, count }) => event >= first && event < first + count);
  if (!piece) return null;
  const lane = laneOfEvent(piece, event - piece.first, plan);
  if (lane === null) return null;
  return { event, lane, along: toPlace(plan, kind === 'time' ? piece.times[event - piece.first]! : event), across: plan.places[lane]! };
}

export type ArrowHit = { readonly arrow: Arrow; readonly tip: boolean };

/** The arrow nearest to a place, within `reach` px of its line; its tip is grabbed from further away. */
export function arrowAt(arrows: readonly Arrow[], kind: AxisKind, plan: Plan, cracks: readonly Crack[], along: number, across: number, reach: number): ArrowHit | null {
  let best: ArrowHit | null = null;
  let least = reach;
  for (const arrow of arrows) {
    const points = lineOf(arrow, kind, plan, cracks)?.points ?? [];
    for (let at = 1; at < points.length; at++) {
      const segment = clipped(points[at - 1]!, points[at]!, along - 2 * reach, along + 2 * reach);
      if (!segment) continue;
      const away = distanceTo(segment[0], segment[1], along, across);
      if (away > least) continue;
      least = away;
      const tip = points[points.length - 1]!;
      best = { arrow, tip: Math.hypot(tip[0] - along, tip[1] - across) <= 2 * reach };
    }
  }
  return best;
}

function distanceTo(a: readonly [number, number], b: readonly [number, number], along: number, across: number): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const square = dx * dx + dy * dy;
  const part = square === 0 ? 0 : Math.min(1, Math.max(0, ((along - a[0]) * dx + (across - a[1]) * dy) / square));
  return Math.hypot(a[0] + part * dx - along, a[1] + part * dy - across);
}
