/** What lies below: the axis and the cracks. */
import type { AxisKind } from '../timeline/axis.ts';
import type { SpacetimeColours } from './colours.ts';
import { crackShape, type Corner } from './crack-shape.ts';
import { turn, type Pen } from './pen.ts';
import { gapPlace, toPlace } from './plan.ts';
import type { Crack } from './story.ts';
import { ticksOf } from './ticks.ts';

/** Ticks come no closer (px). */
export const TICKS_APART = 96;

function trace(context: CanvasRenderingContext2D, corners: readonly Corner[]): void {
  context.beginPath();
  corners.forEach(([along, across], at) => (at === 0 ? context.moveTo(along, across) : context.lineTo(along, across)));
}

/** Paints the axis and the cracks on an empty canvas. */
export function paintGround(pen: Pen, kind: AxisKind, cracks: readonly Crack[], colours: SpacetimeColours): void {
  const { context, plan } = pen;
  turn(pen);
  const { along, across, foot, span, vertical } = plan;
  const ticks = ticksOf(kind, span, along.end - along.start, TICKS_APART);
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const { value } of ticks) {
    const place = Math.round(toPlace(plan, value)) + 0.5;
    context.moveTo(place, across.start - (vertical ? 0 : 10));
    context.lineTo(place, vertical ? across.end : foot);
  }
  context.stroke();
  paintCracks(pen, cracks, colours);
}

function paintCracks(pen: Pen, cracks: readonly Crack[], colours: SpacetimeColours): void {
  const { context, plan } = pen;
  context.save();
  context.beginPath();
  context.rect(plan.along.start, 0, plan.edge - plan.along.start, plan.vertical ? plan.width : plan.height);
  context.clip();
  context.lineJoin = 'round';
  for (const { gap, start, end } of cracks) {
    const across = gapPlace(plan, gap);
    const [from, to] = [toPlace(plan, start), toPlace(plan, end)];
    if (from > plan.edge || to < plan.along.start || across < plan.across.start || across > plan.across.end) continue;
    const shape = crackShape(from, to, across, toPlace(plan, 0), { start: plan.along.start, end: plan.edge });
    trace(context, shape.outline);
    context.closePath();
    context.fillStyle = colours.base;
    context.fill();
    trace(context, shape.edge);
    context.setLineDash([]);
    context.strokeStyle = colours.crackEdge;
    context.lineWidth = 1;
    context.stroke();
    trace(context, shape.line);
    context.setLineDash([1, 5]);
    context.lineDashOffset = Number.isFinite(from) ? Math.max(0, shape.line[0]![0] - from) : 0;
    context.lineCap = 'round';
    context.strokeStyle = colours.cut;
    context.lineWidth = 1.5;
    context.stroke();
  }
  context.restore();
  context.setLineDash([]);
}
