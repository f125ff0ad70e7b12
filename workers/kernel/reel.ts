/** Records a reel: an opening picture, and the events after it with what is shown of them. */
import type { LinkFrame, NodeFrame, Opening, PacketInFlight, ProcessPanels, Reel, ReelRequest } from '../contract.ts';
import { isTrue } from '../model/clock.ts';
import type { TapeEvent } from '../model/event.ts';
import type { NodeId } from '../model/topology.ts';
import type { Kernel } from './kernel.ts';
import type { Steps, Tape } from './tape.ts';
import { viewOf } from './views.ts';
import { findNode, type World } from './world.ts';

/** Events between two pauses while recording. */
const PAUSE_EVENTS = 16;

/** Reads `request` from a tape. @returns null when the tape ends before the first of its events. */
export function* recordReel(tape: Tape, request: ReelRequest): Steps<Reel | null> {
  const kernel = yield* tape.kernelAt(request.first);
  if (!kernel) return null;
  const { watch } = request;
  const opening = openingOf(kernel, watch);
  kernel.detail = { views: true, states: false };
  const events: TapeEvent[] = [];
  const panels: { event: number; panels: ProcessPanels }[] = [];
  while (events.length < request.length) {
    const event = kernel.step();
    if (!event) break;
    events.push(event);
    if (watch !== null && event.node === watch && event.process !== null) {
      for (const shown of panelsOf(kernel.world, watch, event.process)) panels.push({ event: event.event, panels: shown });
    }
    if (events.length % PAUSE_EVENTS === 0) yield;
  }
  const nextTime = kernel.halt ? null : kernel.nextTime;
  tape.leave(kernel.world);
  return { run: request.run, branch: request.branch, opening, events, panels, watch, nextTime };
}

function openingOf(kernel: Kernel, watch: NodeId | null): Opening {
  const { world } = kernel;
  return {
    event: world.event - 1,
    time: world.time,
    nodes: world.nodes.filter((node) => !node.removed).map((node): NodeFrame => ({ spec: node.spec, up: node.up, ...(!isTrue(node.clock) && { clock: node.clock }), processes: viewsOf(world, node.processes) })),
    links: world.links.filter((link) => !link.removed).map((link): LinkFrame => ({ spec: link.origin, state: { cut: link.cut, directions: link.spec.directions } })),
    flights: flightsOf(world),
    panels: watch === null ? [] : panelsOf(world, watch),
  };
}

function viewsOf(world: World, processes: readonly number[]): NodeFrame['processes'] {
  return processes.flatMap((index) => {
    const process = world.processes[index]!;
    const view = viewOf(process);
    return view === null ? [] : [{ process: process.name, view }];
  });
}

/** Packets on links, in the order in which they left. */
function flightsOf(world: World): PacketInFlight[] {
  const flights: { readonly sequence: number; readonly packet: PacketInFlight }[] = [];
  for (const { sequence, work } of world.agenda.entries()) {
    const transit = work.kind === 'transit' || work.kind === 'drop' ? work.transit : null;
    if (!transit) continue;
    const { packet, flight, sent } = transit;
    const to = world.nodes[packet.destination]!.spec.id;
    flights.push({ sequence, packet: { packet: packet.id, process: packet.process, to, bytes: packet.bytes, message: packet.message, flight, sent } });
  }
  return flights.sort((a, b) => a.packet.sent - b.packet.sent || a.sequence - b.sequence).map(({ packet }) => packet);
}

/** What a node's processes show, lowest layer first; or one of them alone. */
function panelsOf(world: World, id: NodeId, only: string | null = null): ProcessPanels[] {
  const node = world.nodes[findNode(world, id)];
  if (!node) return [];
  return node.processes.flatMap((index) => {
    const process = world.processes[index]!;
    if (process.state === undefined || (only !== null && process.name !== only)) return [];
    return [{ node: id, process: process.name, panels: process.entry.view.panels(process.state) }];
  });
}
