/** What a pointer means at a place of the diagram: pure, given what is in view. */
import { ARROWS_MAX } from './arrows.ts';
import type { Grip, Place } from './gestures.ts';
import { arrowAt, eventAt } from './hit.ts';
import type { Arrow } from './piece.ts';
import { toPlace } from './plan.ts';
import type { View } from './view.ts';

/** How near a pointer must be (px): fingers are broad. */
const REACH = { event: 10, eventTouch: 22, arrow: 5, arrowTouch: 14, head: 7, playhead: 5, playheadTouch: 18 } as const;

/** So far (px) below the last lifeline the axis begins. */
const FOOT = 14;

/** An event or an arrow, and where it was met. */
export type Pointed = ({ readonly event: number; readonly lane: number } | { readonly arrow: Arrow }) & Place;

export function pointedAt({ chain, kind, plan, story, arrows }: View, { along, across }: Place, touch: boolean): Pointed | null {
  if (along < plan.along.start - 4) return null;
  const event = eventAt(chain.pieces, kind, plan, along, across, touch ? REACH.eventTouch : REACH.event);
  if (event) return event;
  const found = arrows.length > ARROWS_MAX ? null : arrowAt(arrows, kind, plan, story.cracks, along, across, touch ? REACH.arrowTouch : REACH.arrow);
  return found && { arrow: found.arrow, along, across };
}

/** What a press takes hold of. With a finger arrows are not pulled: there are too many under it, and there is the packet’s menu. */
export function gripAt({ plan, kind, arrows, story }: View, place: Place, touch: boolean, now: number): Grip {
  const head = touch || arrows.length > ARROWS_MAX ? null : arrowAt(arrows, kind, plan, story.cracks, place.along, place.across, REACH.head);
  if (head?.tip === true && head.arrow.lost === null) return { kind: 'arrow', arrow: head.arrow };
  const onPlayhead = Math.abs(toPlace(plan, now) - place.along) <= (touch ? REACH.playheadTouch : REACH.playhead);
  const onAxis = !plan.vertical && place.across > plan.across.end + FOOT;
  return onPlayhead || onAxis ? { kind: 'time' } : { kind: 'paper' };
}

export function cursorAt(view: View, place: Place, found: boolean, now: number): string {
  const grip = gripAt(view, place, false, now);
  if (grip.kind === 'arrow') return 'grab';
  if (found) return 'pointer';
  return grip.kind === 'time' ? 'ew-resize' : '';
}
