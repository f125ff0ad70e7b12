/** What a reader of a reel makes of its events: folds them, one by one and as plainly as it can be, into the picture. */
import type { LinkFrame, NodeFrame, Opening, PacketInFlight } from '../contract.ts';
import { clockOf, isTrue, type Clock } from '../model/clock.ts';
import type { Effect, TapeEvent } from '../model/event.ts';

export type Picture = Pick<Opening, 'event' | 'time' | 'nodes' | 'links' | 'flights'>;

function withoutPacket(flights: readonly PacketInFlight[], packet: string): readonly PacketInFlight[] {
  return flights.filter((flight) => flight.packet !== packet);
}

function withClock({ spec, up, processes }: NodeFrame, clock: Clock): NodeFrame {
  return { spec, up, ...(!isTrue(clock) && { clock }), processes };
}

/** @param process whose packet it is, where the event is of a node on its way. */
function afterEffect(picture: Picture, event: TapeEvent, effect: Effect, process: string): Picture {
  const { nodes, links, flights } = picture;
  switch (effect.kind) {
    case 'send': {
      const { packet, to, bytes, message, flight } = effect;
      return flight ? { ...picture, flights: [...flights, { packet, process, to, bytes, message, flight, sent: event.event }] } : picture;
    }
    case 'flight': {
      const { kind: _kind, ...flying } = effect;
      const sent = flights.find((other) => other.packet === effect.packet)?.sent ?? event.event;
      return { ...picture, flights: [...withoutPacket(flights, effect.packet), { ...flying, sent }] };
    }
    case 'lost':
      return { ...picture, flights: withoutPacket(flights, effect.packet) };
    case 'link':
      return { ...picture, links: links.map((link): LinkFrame => (link.spec.id === effect.link ? { ...link, state: effect.state } : link)) };
    case 'node':
      return { ...picture, nodes: nodes.map((node): NodeFrame => (node.spec.id === effect.node ? { ...node, up: effect.up, processes: [] } : node)) };
    case 'clock':
      return { ...picture, nodes: nodes.map((node) => (node.spec.id === effect.node ? withClock(node, effect.clock) : node)) };
    case 'added-node':
      return { ...picture, nodes: [...nodes, withClock({ spec: effect.node, up: true, processes: [] }, clockOf(effect.node.clock, event.time))] };
    case 'removed-node':
      return { ...picture, nodes: nodes.filter((node) => node.spec.id !== effect.node) };
    case 'added-link':
      return { ...picture, links: [...links, { spec: effect.link, state: { cut: [null, null], directions: effect.link.directions } }] };
    case 'removed-link':
      return { ...picture, links: links.filter((link) => link.spec.id !== effect.link) };
    default:
      return picture;
  }
}

/** The picture after one event more. */
export function afterEvent(before: Picture, event: TapeEvent): Picture {
  const { input, view, node, process } = event;
  let picture: Picture = { ...before, event: event.event, time: event.time };
  const carried = 'packet' in input ? before.flights.find((flight) => flight.packet === input.packet) : undefined;
  if (carried) picture = { ...picture, flights: withoutPacket(picture.flights, carried.packet) };
  for (const effect of event.effects) picture = afterEffect(picture, event, effect, process ?? carried?.process ?? '');
  if (!view || process === null) return picture;
  const shown = (frame: NodeFrame): NodeFrame['processes'] => [...frame.processes.filter((other) => other.process !== process), { process, view }];
  return { ...picture, nodes: picture.nodes.map((frame) => (frame.spec.id === node ? { ...frame, processes: shown(frame) } : frame)) };
}

/** The same picture in an order that does not depend on how it came about. */
export function sorted({ event, time, nodes, links, flights }: Picture): Picture {
  const by = <Item>(name: (item: Item) => string) => (a: Item, b: Item): number => (name(a) < name(b) ? -1 : 1);
  return {
    event,
    time,
    nodes: nodes.map((node) => ({ ...node, processes: node.processes.toSorted(by((shown) => shown.process)) })).toSorted(by((node) => node.spec.id)),
    links: links.toSorted(by((link) => link.spec.id)),
    flights: flights.toSorted(by((flight) => flight.packet)),
  };
}
