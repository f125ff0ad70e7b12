/**
 * Where everything of the diagram lies (px): along the axis of time and across it. On a phone time runs downwards; then
 * along is down and across is right, and nothing else changes.
 */
import type { NodeId } from '../../workers/model/topology.ts';
import type { Span } from '../timeline/axis.ts';
import { placeLanes, type LaneOrder } from './lanes.ts';

export type Plan = {
  readonly vertical: boolean;
  readonly width: number;
  readonly height: number;
  /** The stretch of the axis in view, and where it lies. */
  readonly span: Span;
  readonly along: Span;
  /** To where things are drawn beyond the end of the axis. */
  readonly edge: number;
  /** Across: the bar of terms (null: none), the room of the lifelines, and the end of the lines of the axis. */
  readonly bar: Span | null;
  readonly across: Span;
  readonly foot: number;
  readonly order: LaneOrder;
  readonly places: readonly number[];
  readonly laneOf: ReadonlyMap<NodeId, number>;
  /** How far the lifelines can be scrolled (px); 0 where all are in view. */
  readonly overflow: number;
};

export type PlanInput = {
  readonly vertical: boolean;
  readonly width: number;
  readonly height: number;
  readonly span: Span;
  readonly order: LaneOrder;
  readonly terms: boolean;
  /** Room for the names of the lifelines (px). */
  readonly gutter: number;
  readonly scroll: number;
};

/** Lifelines come no closer (px): their names must be told apart. */
const CLOSEST = { across: 10, down: 40 } as const;

export function planOf(input: PlanInput): Plan {
  const { vertical, width, height, span, order, scroll } = input;
  const room = vertical ? roomDown(width, height) : roomAcross(input);
  const length = room.across.end - room.across.start;
  const { places, extent } = placeLanes(order, order.nodes.length, room.across.start, length, vertical ? CLOSEST.down : CLOSEST.across);
  const overflow = Math.max(0, Math.ceil(extent - length));
  const shift = Math.min(overflow, Math.max(0, scroll));
  return {
    vertical,
    width,
    height,
    span,
    order,
    ...room,
    places: places.map((place) => place - shift),
    laneOf: new Map(order.nodes.map((node, index) => [node, index])),
    overflow,
  };
}

type Room = Pick<Plan, 'along' | 'edge' | 'bar' | 'across' | 'foot'>;

function roomAcross({ width, height, terms, gutter }: PlanInput): Room {
  const start = terms ? 38 : 18;
  return {
    along: { start: gutter, end: Math.max(gutter + 40, width - 14) },
    edge: width,
    bar: terms ? { start: 2, end: 24 } : null,
    across: { start, end: Math.max(start + 20, height - 30) },
    foot: height - 22,
  };
}

function roomDown(width: number, height: number): Room {
  return { along: { start: 30, end: Math.max(70, height - 10) }, edge: height, bar: null, across: { start: 30, end: Math.max(60, width - 25) }, foot: width - 8 };
}

/** Where a value of the axis lies along it (px). */
export function toPlace({ span, along }: Pick<Plan, 'span' | 'along'>, value: number): number {
  return along.start + ((value - span.start) / (span.end - span.start)) * (along.end - along.start);
}

/** The value of the axis at a place along it. */
export function toValue({ span, along }: Pick<Plan, 'span' | 'along'>, place: number): number {
  return span.start + ((place - along.start) / (along.end - along.start)) * (span.end - span.start);
}

/** A point of the screen as (along, across), and back: the same exchange both ways. */
export function turned(vertical: boolean, a: number, b: number): readonly [number, number] {
  return vertical ? [b, a] : [a, b];
}

/** The middle between a lifeline and the next, where a crack runs. */
export function gapPlace({ places }: Pick<Plan, 'places'>, gap: number): number {
  return ((places[gap] ?? 0) + (places[gap + 1] ?? places[gap] ?? 0)) / 2;
}
