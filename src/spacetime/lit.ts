/** What belongs to an event or an arrow: what caused it, and what it caused. Pure. */
import { causeIn, effectsAmong } from './causes.ts';
import type { Lit } from './canvas.ts';
import type { Arrow } from './piece.ts';
import type { View } from './view.ts';

/** An event, the event and the packet that caused it, and the events and packets that it caused. */
export function litByEvent({ chain, arrows }: View, event: number, dims: boolean): Lit {
  const cause = causeIn(chain.pieces, event);
  return {
    events: [...(cause === null ? [] : [cause]), event, ...effectsAmong(chain.pieces, event)],
    arrows: arrows.filter((arrow) => arrow.ended === event || arrow.sent === event),
    dims,
  };
}

/** A packet on one hop, with the events at its ends. */
export function litByArrow(arrow: Arrow): Lit {
  return { events: arrow.ended === Infinity ? [arrow.sent] : [arrow.sent, arrow.ended], arrows: [arrow], dims: true };
}
