/** Arrows on the canvas: what is drawn alike is drawn at once, because canvases are fast with few, long paths. */
import type { AxisKind } from '../timeline/axis.ts';
import { clipped, lineOf } from './arrows.ts';
import type { SpacetimeColours } from './colours.ts';
import type { ArrowKind, LineStyle } from './kinds.ts';
import type { Pen } from './pen.ts';
import type { Arrow } from './piece.ts';
import type { Crack } from './story.ts';

const dashes: { readonly [line in LineStyle]: readonly number[] } = { solid: [], dashed: [6, 3], dotted: [1.5, 3], 'dash-dot': [7, 3, 1.5, 3], reply: [3, 2.5] };

/** Strength of what says little: replies, and what carries nothing. */
const REPLY_ALPHA = 0.62;
const SMALL_ALPHA = 0.8;

/** Lines are drawn a little beyond what is seen (px). */
const MARGIN = 60;

type Point = readonly [number, number];
type Batch = { readonly kind: ArrowKind; readonly segments: (readonly [Point, Point])[]; readonly heads: { readonly tip: Point; readonly angle: number; readonly size: number }[] };

export type ArrowOptions = {
  readonly kind: AxisKind;
  readonly cracks: readonly Crack[];
  readonly colours: SpacetimeColours;
  /** Drawn heavier: what somebody looks at. */
  readonly heavy?: boolean;
};

export function paintArrows(pen: Pen, arrows: readonly Arrow[], options: ArrowOptions): void {
  const { plan } = pen;
  const batches = new Map<ArrowKind, Batch>();
  const held: (readonly [Point, Point])[] = [];
  const losses: Point[] = [];
  const [low, high] = [plan.along.start - MARGIN, plan.edge + MARGIN];
  for (const arrow of arrows) {
    const line = lineOf(arrow, options.kind, plan, options.cracks);
    if (!line) continue;
    const batch = batchOf(batches, arrow.kind);
    const { points } = line;
    for (let at = 1; at < points.length; at++) {
      const segment = clipped(points[at - 1]!, points[at]!, low, high);
      if (segment) (line.held === at - 1 ? held : batch.segments).push(segment);
    }
    const tip = points[points.length - 1]!;
    if (tip[0] < low || tip[0] > high || points.length < 2) continue;
    if (arrow.lost !== null) losses.push(tip);
    else if (arrow.ended !== Infinity || options.kind === 'time') batch.heads.push(headOf(tip, points[points.length - 2]!));
  }
  for (const batch of batches.values()) paintBatch(pen, batch, options);
  paintHeld(pen, held, options.colours);
  paintCrosses(pen, losses, options.colours);
}

function batchOf(batches: Map<ArrowKind, Batch>, kind: ArrowKind): Batch {
  const before = batches.get(kind);
  if (before) return before;
  const batch = { kind, segments: [], heads: [] };
  batches.set(kind, batch);
  return batch;
}

function headOf(tip: Point, from: Point): Batch['heads'][number] {
  const [along, across] = [tip[0] - from[0], tip[1] - from[1]];
  // A head longer than its arrow would tell nothing.
  return { tip, angle: Math.atan2(across, along), size: Math.min(1, Math.hypot(along, across) / 10) };
}

function paintBatch({ context }: Pen, { kind, segments, heads }: Batch, { colours, heavy = false }: ArrowOptions): void {
  const colour = colours[kind.glyph.hue];
  const reply = kind.line === 'reply';
  const before = context.globalAlpha;
  context.globalAlpha = before * (heavy ? 1 : reply ? REPLY_ALPHA : kind.small ? SMALL_ALPHA : 1);
  context.strokeStyle = colour;
  context.lineWidth = heavy ? 2.4 : reply ? 1 : 1.35;
  context.lineCap = 'butt';
  context.setLineDash([...dashes[kind.line]]);
  context.beginPath();
  for (const [a, b] of segments) {
    context.moveTo(a[0], a[1]);
    context.lineTo(b[0], b[1]);
  }
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = before;
  context.beginPath();
  for (const head of heads) traceHead(context, head, reply || kind.glyph.hollow === true);
  context.fillStyle = kind.glyph.hollow === true ? colours.sheet : colour;
  context.fill();
  if (kind.glyph.hollow !== true) return;
  context.lineWidth = 1.1;
  context.stroke();
}

function traceHead(context: CanvasRenderingContext2D, { tip, angle, size }: Batch['heads'][number], hollow: boolean): void {
  const [cos, sin] = [Math.cos(angle) * size, Math.sin(angle) * size];
  const corner = (along: number, across: number): Point => [tip[0] + along * cos - across * sin, tip[1] + along * sin + across * cos];
  const half = hollow ? 3.2 : 3.4;
  const [a, b, c] = [corner(-0.5, 0), corner(-8, half), corner(-8, -half)];
  context.moveTo(a[0], a[1]);
  context.lineTo(b[0], b[1]);
  context.lineTo(c[0], c[1]);
  context.closePath();
}

function paintHeld({ context }: Pen, segments: readonly (readonly [Point, Point])[], colours: SpacetimeColours): void {
  if (segments.length === 0) return;
  context.strokeStyle = colours.cut;
  context.lineWidth = 1.75;
  context.beginPath();
  for (const [a, b] of segments) {
    context.moveTo(a[0], a[1]);
    context.lineTo(b[0], b[1]);
  }
  context.stroke();
}

/** Lost there. */
export function paintCrosses({ context }: Pen, places: readonly Point[], colours: SpacetimeColours): void {
  context.strokeStyle = colours.cut;
  context.lineWidth = 1.6;
  context.lineCap = 'round';
  context.beginPath();
  for (const [along, across] of places) {
    context.moveTo(along - 3, across - 3);
    context.lineTo(along + 3, across + 3);
    context.moveTo(along + 3, across - 3);
    context.lineTo(along - 3, across + 3);
  }
  context.stroke();
  context.lineCap = 'butt';
}
