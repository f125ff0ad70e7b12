import type { Frame, SessionState } from '../simulation/types.ts';
import { isInHand, type PacketId } from '../../workers/model/packet.ts';
import { formatDuration } from '../i18n/format.ts';
import { translate } from '../i18n/text.ts';
import { messageName } from '../kit/views.ts';
import { pointAt } from './geometry.ts';
import type { Size } from './layers.ts';
import { cutOf } from './states.ts';
import type { Pill } from './overlay.ts';
import type { Scene } from './scene.ts';
import { pillOn, type Splits } from './split.ts';

/** So many labels of cuts are shown at once; more would hide what they are about. */
const PILLS_MAX = 3;

/** The labels of cuts that are to be seen: the newest where there is room, and always that of the selected link. */
export function pillsOf(frame: Frame, session: SessionState, scene: Scene, splits: Splits, size: Size): readonly Pill[] {
  const selected = session.selection?.kind === 'link' ? session.selection.id : null;
  return splits.list.flatMap(({ group, crack }, rank) => {
    const chosen = selected !== null && group.links.includes(selected) ? selected : null;
    // On a small stage only a crack of the whole sheet has its label, a short one.
    const small = scene.detail !== 'full';
    if (chosen === null && ((small && !crack) || rank >= PILLS_MAX)) return [];
    const id = chosen ?? group.links[Math.floor(group.links.length / 2)] ?? '';
    const link = scene.link(id);
    const state = frame.links.find(({ spec }) => spec.id === id)?.state;
    const cut = state && cutOf(state);
    if (!link || !cut) return [];
    return [{ group: small ? { ...group, time: null } : group, link, at: pointAt(link.curve, cut.at), box: crack ? pillOn(crack, size, small) : null }];
  });
}

/** What is said of a packet: what it is, who it is for, how far it has come. */
export function packetName(frame: Frame, packet: PacketId, scene: Scene): string {
  const flight = frame.flights.find((each) => each.packet === packet);
  if (!flight) return '';
  const message = messageName(flight.message, flight.process);
  const to = scene.node(flight.to)?.spec.label ?? flight.to;
  if (isInHand(flight.flight)) return translate('stage.packet.in-hand', { message, to });
  if (flight.waiting) return translate('stage.packet.waiting', { message, to });
  return translate('stage.packet', { message, to, percent: Math.round(flight.head * 100), time: formatDuration(flight.flight.arrive - frame.playhead.time) });
}
