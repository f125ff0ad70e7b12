import type { Frame } from '../simulation/types.ts';
import { isInHand, type PacketId } from '../../workers/model/packet.ts';
import { formatDuration } from '../i18n/format.ts';
import { translate } from '../i18n/text.ts';
import { messageName } from '../kit/views.ts';
import type { Scene } from './scene.ts';

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
