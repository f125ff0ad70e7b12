/** What taking an arrow by its head does to the run. */
import type { Intervention } from '../../workers/model/intervention.ts';
import type { Session } from '../simulation/types.ts';
import type { AxisKind } from '../timeline/axis.ts';
import type { Place } from './gestures.ts';
import type { Arrow } from './piece.ts';
import { toPlace, toValue, type Plan } from './plan.ts';

/** So far (px) below the last lifeline a packet is dropped. */
const BELOW = 14;
/** A head that is moved by less (px) springs back. */
const SPRING = 3;

/** What letting go here would do: later is delayed, below the lifelines is dropped; null: nothing. */
export function deedAt(arrow: Arrow, place: Place, plan: Plan, kind: AxisKind): Intervention | null {
  if (place.across > plan.across.end + BELOW) return { kind: 'drop', packet: arrow.packet };
  if (kind !== 'time' || place.along < toPlace(plan, arrow.endedAt) + SPRING) return null;
  return { kind: 'delay', packet: arrow.packet, by: Math.round(toValue(plan, place.along)) - arrow.endedAt };
}

/** Does it where the packet is on its way: at the playhead, or else right after it was sent. */
export async function doToPacket(session: Session, arrow: Arrow, deed: Intervention): Promise<void> {
  const { player } = session;
  player.pause();
  const flies = player.frame()?.flights.some(({ packet }) => packet === arrow.packet);
  if (flies !== true) await stand(session, arrow.sent);
  await session.act(deed);
}

/** Resolves when the playhead stands on an event. */
function stand({ player }: Session, event: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = player.onFrame(({ playhead }) => {
      if (playhead.event !== event) return;
      stop();
      resolve();
    });
    player.seekEvent(event);
  });
}
