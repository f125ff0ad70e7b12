/** Arrows in view, and the lines that they are drawn as: pure. */
import type { AxisKind, Span } from '../timeline/axis.ts';
import { lastIndexWhere } from '../simulation/search.ts';
import type { Arrow, Piece } from './piece.ts';
import { gapPlace, toPlace, type Plan } from './plan.ts';
import type { Crack } from './story.ts';

/** More arrows than this cannot be told apart: lifelines show how busy their nodes are instead. */
export const ARROWS_MAX = 2_500;

export function startOf(arrow: Arrow, kind: AxisKind): number {
  return kind === 'time' ? arrow.queuedAt : arrow.sent;
}

export function endOf(arrow: Arrow, kind: AxisKind): number {
  return kind === 'time' ? arrow.endedAt : arrow.ended;
}

/** All arrows of which some part lies in a stretch of the axis, in the order of their ends. */
export function arrowsInView(pieces: readonly Piece[], kind: AxisKind, span: Span): readonly Arrow[] {
  const found: Arrow[] = [];
  for (const piece of pieces) {
    const { arrows } = piece;
    const longest = kind === 'time' ? piece.longest.time : piece.longest.events;
    for (let at = lastIndexWhere(arrows, (arrow) => endOf(arrow, kind) < span.start) + 1; at < arrows.length; at++) {
      const arrow = arrows[at]!;
      if (endOf(arrow, kind) - longest > span.end) break;
      if (startOf(arrow, kind) <= span.end) found.push(arrow);
    }
  }
  for (const arrow of pieces.at(-1)?.open ?? []) if (startOf(arrow, kind) <= span.end && endOf(arrow, kind) >= span.start) found.push(arrow);
  return found;
}

/** The line of an arrow: its corners one after the other, along and across (px). */
export type Line = {
  readonly points: readonly (readonly [along: number, across: number])[];
  /** From which corner to the next it is held by your hand; −1: it is not. */
  readonly held: number;
};

/** A packet that a cut stops stops so far before the crack (px). */
const BEFORE_CRACK = 6.5;

/** @returns null where one of its ends has no lifeline. */
export function lineOf(arrow: Arrow, kind: AxisKind, plan: Plan, cracks: readonly Crack[]): Line | null {
  const from = plan.laneOf.get(arrow.from);
  const to = plan.laneOf.get(arrow.to);
  if (from === undefined || to === undefined) return null;
  const start = plan.places[from]!;
  const end = arrow.reached === 1 ? plan.places[to]! : acrossAt(arrow, kind, from, to, plan, cracks);
  const begin = toPlace(plan, startOf(arrow, kind));
  // What flies on has no event yet that ends it.
  const finish = kind === 'events' && arrow.ended === Infinity ? plan.edge : toPlace(plan, endOf(arrow, kind));
  const points: (readonly [number, number])[] = [[begin, start]];
  let held = -1;
  if (kind === 'time') {
    if (arrow.left > arrow.queuedAt) points.push([toPlace(plan, arrow.left), start]);
    const hold = arrow.held;
    if (hold && hold.at < arrow.endedAt) {
      const stood = start + (plan.places[to]! - start) * hold.where;
      held = points.length;
      points.push([toPlace(plan, hold.at), stood], [toPlace(plan, Math.min(arrow.endedAt, hold.at + hold.for)), stood]);
    }
  }
  if (finish !== Infinity) points.push([finish, end]);
  return { points, held };
}

/** Where across a packet ended that did not arrive: at the crack that stopped it, or as far as it came. */
function acrossAt(arrow: Arrow, kind: AxisKind, from: number, to: number, plan: Plan, cracks: readonly Crack[]): number {
  const at = endOf(arrow, kind);
  const direction = to > from ? 1 : -1;
  if (arrow.lost === 'cut') {
    for (let lane = from; lane !== to; lane += direction) {
      const gap = direction === 1 ? lane : lane - 1;
      if (cracks.some((crack) => crack.gap === gap && crack.start <= at && crack.end >= at)) return gapPlace(plan, gap) - direction * BEFORE_CRACK;
    }
  }
  return plan.places[from]! + (plan.places[to]! - plan.places[from]!) * arrow.reached;
}

/** The part of a segment that lies between two places along the axis; null where none does. Dashes beyond the picture cost time. */
export function clipped(a: readonly [number, number], b: readonly [number, number], low: number, high: number): readonly [readonly [number, number], readonly [number, number]] | null {
  if ((a[0] < low && b[0] < low) || (a[0] > high && b[0] > high)) return null;
  const at = (place: number): readonly [number, number] => [place, a[1] + ((place - a[0]) / (b[0] - a[0])) * (b[1] - a[1])];
  const cut = (point: readonly [number, number]): readonly [number, number] => (point[0] < low ? at(low) : point[0] > high ? at(high) : point);
  return [cut(a), cut(b)];
}
