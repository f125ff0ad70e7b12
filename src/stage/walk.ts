import type { Frame, Selection } from '../simulation/types.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { cutOf } from './states.ts';
import type { Glyph, NodeMark, Scene } from './scene.ts';

/** The order in which nodes are read: island by island, each clockwise from the left around its middle; in lanes column by column. */
export function readingOrder(scene: Scene, frame: Frame): readonly NodeMark[] {
  const whole = new Set(frame.links.filter(({ state }) => cutOf(state)?.oneWay !== null).map(({ spec }) => spec.id));
  const visited = new Set<NodeMark>();
  const order: NodeMark[] = [];
  for (const start of scene.nodes) {
    if (visited.has(start)) continue;
    const island = [start];
    visited.add(start);
    for (const node of island) {
      for (const link of node.links) {
        if (!whole.has(link.spec.id)) continue;
        const other = link.ends[0] === node ? link.ends[1] : link.ends[0];
        if (visited.has(other)) continue;
        visited.add(other);
        island.push(other);
      }
    }
    order.push(...(scene.lanes ? inColumns(island) : clockwise(island)));
  }
  return order;
}

const columns: readonly Glyph[] = ['client', 'balancer', 'server'];

function inColumns(nodes: readonly NodeMark[]): readonly NodeMark[] {
  return nodes.toSorted((a, b) => columns.indexOf(a.glyph) - columns.indexOf(b.glyph) || a.home.y - b.home.y);
}

function clockwise(nodes: readonly NodeMark[]): readonly NodeMark[] {
  const x = nodes.reduce((sum, node) => sum + node.home.x, 0) / nodes.length;
  const y = nodes.reduce((sum, node) => sum + node.home.y, 0) / nodes.length;
  const turn = ({ home }: NodeMark): number => Math.atan2(home.y - y, home.x - x);
  return nodes.toSorted((a, b) => turn(a) - turn(b));
}

/** A node, then each of its links with the packets on it: what ↓ and ↑ walk. */
export function walkFrom(node: NodeId, scene: Scene, frame: Frame): readonly Selection[] {
  const links = scene.node(node)?.links ?? [];
  return [
    { kind: 'node', id: node },
    ...links.flatMap((link): Selection[] => [
      { kind: 'link', id: link.spec.id },
      ...frame.flights.filter(({ flight }) => flight.link === link.spec.id).map((flight): Selection => ({ kind: 'packet', id: flight.packet })),
    ]),
  ];
}
