import type { LinkSpec, NodeId } from '../../workers/model/topology.ts';

/** The nodes at the other ends of each node's links, once a link. */
export function neighboursOf(links: readonly LinkSpec[]): ReadonlyMap<NodeId, readonly NodeId[]> {
  const neighbours = new Map<NodeId, NodeId[]>();
  for (const { ends } of links) {
    for (const [node, other] of [ends, [ends[1], ends[0]] as const]) {
      const list = neighbours.get(node);
      if (list) list.push(other);
      else neighbours.set(node, [other]);
    }
  }
  return neighbours;
}
