import type { LinkSpec, NodeId, NodeSpec } from '../../workers/model/topology.ts';
import type { Point } from './geometry.ts';
import { neighboursOf } from './neighbours.ts';

/** Fewer nodes than these, each linked to each, are laid out by forces as well as any other network; not beside clients. */
const MESH_MIN = 4;
const MESH_MIN_SERVED = 3;
/** Half the height of the oval on which a mesh stands, for each of its nodes (layout units), and how much wider it is. */
const HALF_HEIGHT = 17;
const WIDER = 1.95;
/** It leans a little, so that no link stands quite upright and what lies on it is told apart from what lies beside it. */
const LEAN = 0.16;

/**
 * A cluster in which everybody is linked to everybody stands on an oval: its first half on the left, the others on the
 * right, each from top to bottom, so that a line between the halves is easily drawn and words fit outside. Whoever hangs on
 * it only (its clients) stands in a column on the far left.
 * @param clients nodes that are known to be no members.
 * @returns null where the network is no such cluster.
 */
export function meshLayout(nodes: readonly NodeSpec[], links: readonly LinkSpec[], clients: ReadonlySet<NodeId>): Map<NodeId, Point> | null {
  const neighbours = new Map([...neighboursOf(links)].map(([node, list]) => [node, new Set(list)]));
  const cluster = clusterOf(nodes.map(({ id }) => id).filter((id) => !clients.has(id)), neighbours);
  if (cluster.length < (clients.size > 0 ? MESH_MIN_SERVED : MESH_MIN)) return null;
  const members = new Set(cluster);
  const others = nodes.filter(({ id }) => !members.has(id)).map(({ id }) => id);
  const strays = (id: NodeId): boolean => [...(neighbours.get(id) ?? [])].some((neighbour) => !members.has(neighbour) && !clients.has(neighbour));
  if (others.some(strays)) return null;
  const halfHeight = HALF_HEIGHT * cluster.length;
  const left = Math.floor(cluster.length / 2);
  const turn = (2 * Math.PI) / cluster.length;
  const onOval = (angle: number): Point => ({ x: halfHeight * WIDER * Math.cos(angle), y: halfHeight * Math.sin(angle) });
  const places = cluster.map((id, at): [NodeId, Point] => {
    const place = at < left ? onOval(Math.PI - (at - (left - 1) / 2) * turn) : onOval((at - left - (cluster.length - left - 1) / 2) * turn);
    return [id, place];
  });
  const column = others.map((id, at): [NodeId, Point] => [id, { x: -halfHeight * WIDER * 1.6, y: (at - (others.length - 1) / 2) * halfHeight * 0.72 }]);
  return new Map([...places, ...column].map(([id, { x, y }]) => [id, { x: x + LEAN * y, y }]));
}

/** The first nodes that are all linked to each other, without those that somebody outside equals in their links: these are clients. */
function clusterOf(nodes: readonly NodeId[], neighbours: ReadonlyMap<NodeId, ReadonlySet<NodeId>>): readonly NodeId[] {
  const none: ReadonlySet<NodeId> = new Set();
  const of = (id: NodeId): ReadonlySet<NodeId> => neighbours.get(id) ?? none;
  const cluster: NodeId[] = [];
  for (const node of nodes) if (cluster.every((other) => of(node).has(other))) cluster.push(node);
  const outside = nodes.filter((node) => !cluster.includes(node));
  const alike = (a: NodeId, b: NodeId): boolean => of(a).size === of(b).size && [...of(a)].every((id) => of(b).has(id));
  return cluster.filter((node) => !outside.some((other) => alike(node, other)));
}
