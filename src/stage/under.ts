import type { Selection } from '../simulation/types.ts';
import type { PacketId } from '../../workers/model/packet.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import type { StageContext } from './context.ts';
import type { Point } from './geometry.ts';

/** How near to a packet's middle one must point, with a mouse and with a finger (px). */
const PACKET_REACH = 14;
const PACKET_REACH_COARSE = 22;

/** What is under the pointer. A rim is a node's edge, from which a link is drawn. */
/** A crack through the sheet goes by the key of the cuts that it belongs to. */
export type Under = { readonly kind: 'crack'; readonly key: string } | { readonly kind: 'node' | 'rim'; readonly id: NodeId } | { readonly kind: 'link'; readonly id: LinkId } | { readonly kind: 'packet'; readonly id: PacketId } | null;

/** Whether what was pressed is a control above the drawing. */
export function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.cutpill, .chips, .tools, .mapkey, .opener, [popover], dialog') !== null;
}

/** The thing of the drawing at a place, seen with the event's own target. */
export function under(context: StageContext, target: EventTarget | null, at: Point, coarse: boolean): Under {
  const element = target instanceof Element ? target : null;
  const button = element?.closest<HTMLElement>('.packetbtn');
  if (button?.dataset['packet'] !== undefined) return { kind: 'packet', id: button.dataset['packet'] };
  const node = element?.closest<SVGGElement>('[data-node]');
  const onRim = element?.classList.contains('rim') ?? false;
  // A packet on its way wins over the link under it, but a node wins over a packet that is about to arrive.
  const packet = node && !onRim ? null : context.packets.at(at, coarse ? PACKET_REACH_COARSE : PACKET_REACH);
  if (packet) return { kind: 'packet', id: packet.packet };
  if (node) return { kind: onRim && !coarse ? 'rim' : 'node', id: node.dataset['node'] ?? '' };
  return lineUnder(element);
}

function lineUnder(element: Element | null): Under {
  const crack = element?.closest<SVGGElement>('[data-crack]')?.dataset['crack'];
  if (crack !== undefined) return { kind: 'crack', key: crack };
  const link = element?.closest<SVGGElement>('[data-link]')?.dataset['link'];
  return link === undefined ? null : { kind: 'link', id: link };
}

/** What a press on something selects. */
export function selectionOf(thing: Under): Selection | null {
  if (!thing || thing.kind === 'crack') return null;
  return { kind: thing.kind === 'rim' ? 'node' : thing.kind, id: thing.id };
}
