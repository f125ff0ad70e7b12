/** What lies above the paper: your hand, violations, the playhead. */
import type { Violation } from '../../workers/model/invariant.ts';
import type { AxisKind } from '../timeline/axis.ts';
import { lineOf } from './arrows.ts';
import type { SpacetimeColours } from './colours.ts';
import type { Place } from './gestures.ts';
import { placeOfEvent } from './hit.ts';
import { TICKS_APART } from './paint.ts';
import { turn, write, type Pen } from './pen.ts';
import type { Arrow, Deed, Piece } from './piece.ts';
import { gapPlace, toPlace, type Plan } from './plan.ts';
import type { Story } from './story.ts';
import { ticksOf, writtenAt } from './ticks.ts';
import type { View } from './view.ts';

/** From each deed a dotted line leads to what it was done to. */
export function paintDeeds({ context, plan }: Pen, { deeds, cracks }: Story, kind: AxisKind, colours: SpacetimeColours): void {
  const top = plan.across.start - 4;
  for (const deed of deeds) {
    const along = toPlace(plan, kind === 'time' ? deed.time : deed.event);
    if (along < plan.along.start || along > plan.edge) continue;
    const target = targetOf(deed, along, plan, cracks);
    if (target !== null) {
      context.strokeStyle = colours.cut;
      context.lineWidth = 1.2;
      context.setLineDash([2, 3]);
      context.beginPath();
      context.moveTo(along, top - 2);
      context.lineTo(along, target);
      context.stroke();
      context.setLineDash([]);
    }
    context.beginPath();
    context.moveTo(along, top);
    context.lineTo(along - 4.5, top - 8);
    context.lineTo(along + 4.5, top - 8);
    context.closePath();
    context.fillStyle = colours.cut;
    context.fill();
  }
}

/** Where across something was done: at the crack that it opened or closed, at its node, or between the ends of its link. */
function targetOf(deed: Deed, along: number, plan: Plan, cracks: Story['cracks']): number | null {
  const crack = cracks.find(({ start, end }) => Math.abs(toPlace(plan, start) - along) < 0.5 || Math.abs(toPlace(plan, end) - along) < 0.5);
  if (crack) return gapPlace(plan, crack.gap);
  const lanes = deed.nodes.flatMap((node) => plan.laneOf.get(node) ?? []).map((lane) => plan.places[lane]!);
  return lanes.length === 0 ? null : lanes.reduce((sum, place) => sum + place, 0) / lanes.length;
}

export function paintViolations({ context, plan }: Pen, violations: readonly Violation[], pieces: readonly Piece[], kind: AxisKind, colours: SpacetimeColours): void {
  for (const violation of violations) {
    const place = placeOfEvent(pieces, kind, plan, violation.event);
    const along = place?.along ?? toPlace(plan, kind === 'time' ? violation.time : violation.event);
    const across = place?.across ?? plan.across.start - 8;
    if (along < plan.along.start || along > plan.edge) continue;
    context.beginPath();
    context.moveTo(along, across - 6);
    context.lineTo(along + 6, across);
    context.lineTo(along, across + 6);
    context.lineTo(along - 6, across);
    context.closePath();
    context.lineWidth = 2;
    context.strokeStyle = colours.sheet;
    context.stroke();
    context.fillStyle = colours.violation;
    context.fill();
  }
}

/** An arrow as it would be if its head were let go here: in the colour of your hand where that does something. */
export function paintPulled({ context, plan }: Pen, arrow: Arrow, place: Place, { kind, story }: View, does: boolean, colours: SpacetimeColours): void {
  const [start] = lineOf(arrow, kind, plan, story.cracks)?.points ?? [];
  if (!start) return;
  context.strokeStyle = does ? colours.cut : colours.ink3;
  context.lineWidth = 2;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(start[0], start[1]);
  context.lineTo(place.along, place.across);
  context.stroke();
  context.setLineDash([]);
}

/** The values of the axis at its foot, but for those that the playhead covers. @param now where the playhead is on the axis. */
export function paintValues(pen: Pen, now: number, kind: AxisKind, colours: SpacetimeColours): void {
  const { plan } = pen;
  if (plan.vertical) return;
  const length = plan.along.end - plan.along.start;
  for (const { value, text } of ticksOf(kind, plan.span, length, TICKS_APART)) {
    const place = toPlace(plan, value);
    if (Math.abs(place - toPlace(plan, now)) < TAG + 29 || place < BUTTONS + TAG / 2) continue;
    write(pen, text, place, plan.foot + 14, { colour: colours.ink3, align: 'center' });
  }
}

/** The buttons that zoom stand at the left of the axis, so broad (px). */
const BUTTONS = 56;

/** Half the width of what is written at the playhead, at least (px). */
const TAG = 25;

/** The playhead, with where it stands written at its foot; nothing where it is out of sight. */
export function paintPlayhead(pen: Pen, value: number, kind: AxisKind, colours: SpacetimeColours): void {
  const { context, plan, ratio, font } = pen;
  const { along, edge, vertical, foot, span } = plan;
  const place = toPlace(plan, value);
  if (place < along.start - 1 || place > edge) return;
  context.strokeStyle = colours.playhead;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(place, vertical ? 8 : 0);
  context.lineTo(place, foot + 2);
  context.stroke();
  const text = writtenAt(kind, value, span, along.end - along.start);
  const size = vertical ? 12 : 11;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.font = `640 ${size}px ${font}`;
  const half = Math.max(TAG, context.measureText(text).width / 2 + 6);
  // On a phone the buttons stand at its lower right.
  const aside = place > plan.height - BUTTONS ? 2 * BUTTONS : 8;
  const x = vertical ? plan.width - aside - half : Math.min(plan.width - half - 2, Math.max(half + BUTTONS, place));
  const y = vertical ? place : foot + 10;
  context.fillStyle = colours.ink;
  context.beginPath();
  context.roundRect(x - half, y - 8.5 - (vertical ? 1.5 : 0), 2 * half, vertical ? 20 : 17, vertical ? 5 : 4);
  context.fill();
  context.fillStyle = colours.onInk;
  context.textAlign = 'center';
  context.fillText(text, x, y + (vertical ? 4.3 : 4));
  turn(pen);
}

/** Which part of the lifelines is in view, where there are more than there is room for. */
export function paintScroll({ context, plan }: Pen, colours: SpacetimeColours): void {
  const { overflow, across, places, edge } = plan;
  if (overflow === 0) return;
  const room = across.end - across.start;
  const scrolled = across.start - (places[0] ?? across.start);
  const length = (room * room) / (room + overflow);
  const start = across.start + (scrolled / overflow) * (room - length);
  context.strokeStyle = colours.lineStrong;
  context.lineWidth = 3;
  context.lineCap = 'round';
  context.beginPath();
  context.moveTo(edge - 5, start);
  context.lineTo(edge - 5, start + length);
  context.stroke();
  context.lineCap = 'butt';
}
