/** The picture at a playhead: a pure function of (reel, playhead), fast enough for every animation frame. */
import type { PacketInFlight, Reel } from '../../workers/contract.ts';
import type { TapeEvent } from '../../workers/model/event.ts';
import { indexFlights, packetsAfter, placePacket, tornAt, type FlightIndex } from './flights.ts';
import { indexNetwork, networkAfter, type NetworkIndex } from './network-index.ts';
import type { Frame, Playhead } from './types.ts';

type Still = Pick<Frame, 'topology' | 'nodes' | 'links' | 'panels' | 'current'> & {
  readonly event: number;
  readonly packets: readonly PacketInFlight[];
};

type ReelIndex = {
  readonly network: NetworkIndex;
  readonly flights: FlightIndex;
  /** What does not move between two events, at the event that was asked for last. */
  still: Still | null;
};

/** Made once a reel, gone with it. */
const indices = new WeakMap<Reel, ReelIndex>();

function indexOf(reel: Reel): ReelIndex {
  const known = indices.get(reel);
  if (known) return known;
  const index: ReelIndex = { network: indexNetwork(reel), flights: indexFlights(reel), still: null };
  indices.set(reel, index);
  return index;
}

/** Makes ready what pictures of this reel need, so that the first of them takes no longer than the others. */
export function prepare(reel: Reel): void {
  indexOf(reel);
}

/** The list that was given last time where it holds the same things: whoever compares by identity has nothing to do then. */
function reuse<Item>(previous: readonly Item[] | undefined, next: readonly Item[]): readonly Item[] {
  return previous?.length === next.length && previous.every((item, at) => item === next[at]) ? previous : next;
}

function stillAt(index: ReelIndex, reel: Reel, event: number): Still {
  const previous = index.still;
  if (previous?.event === event) return previous;
  const { topology, nodes, links, panels } = networkAfter(index.network, event);
  const still: Still = {
    event,
    topology,
    nodes: reuse(previous?.nodes, nodes),
    links: reuse(previous?.links, links),
    panels: reuse(previous?.panels, panels),
    current: eventAt(reel, event),
    packets: packetsAfter(index.flights, event),
  };
  index.still = still;
  return still;
}

/** The event of that number, if the reel holds it. */
export function eventAt(reel: Reel, event: number): TapeEvent | null {
  return reel.events[event - reel.opening.event - 1] ?? null;
}

/**
 * The picture after `playhead.event` at `playhead.time`. The event must be the reel's opening one or one of its own,
 * the time at or after it and not after the next one's.
 */
export function frameAt(reel: Reel, playhead: Playhead): Frame {
  const index = indexOf(reel);
  const { topology, nodes, links, panels, current, packets } = stillAt(index, reel, playhead.event);
  return {
    playhead: { event: playhead.event, time: playhead.time },
    topology,
    nodes,
    links,
    flights: packets.map((packet) => placePacket(packet, playhead.time)),
    torn: tornAt(index.flights, playhead.event, playhead.time),
    current,
    panels,
  };
}
