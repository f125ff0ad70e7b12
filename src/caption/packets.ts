import type { Reel } from '../../workers/contract.ts';
import type { Json } from '../../workers/model/json.ts';
import type { PacketId } from '../../workers/model/packet.ts';
import type { NodeId } from '../../workers/model/topology.ts';

/** What a reel knows of a packet from where it was sent, or from its opening. */
export type PacketFacts = { readonly message: Json; readonly process: string; readonly from: NodeId | null; readonly to: NodeId; readonly bytes: number };

const indexes = new WeakMap<Reel, ReadonlyMap<PacketId, PacketFacts>>();

/** Packets by id: a drop or a hop names its packet by id alone. */
export function packetsOf(reel: Reel): ReadonlyMap<PacketId, PacketFacts> {
  const before = indexes.get(reel);
  if (before) return before;
  const index = new Map<PacketId, PacketFacts>();
  for (const { packet, message, process, flight, to, bytes } of reel.opening.flights) {
    index.set(packet, { message, process, from: flight.from, to, bytes });
  }
  for (const event of reel.events) {
    for (const effect of event.effects) {
      if (effect.kind !== 'send' && effect.kind !== 'flight') continue;
      const { packet, message, to, bytes } = effect;
      if (!index.has(packet)) index.set(packet, { message, process: event.process ?? '', from: event.node, to, bytes });
    }
  }
  indexes.set(reel, index);
  return index;
}
