import type { ReactNode } from 'react';
import type { NodeId } from '../../workers/model/topology.ts';
import type { PlacedKey } from '../../workers/model/view.ts';

/** How a server is told apart: by lightness among six (`hash.css`), and alone while it is pointed at. */
export type Look = { readonly shade: (node: NodeId) => string; readonly lit: NodeId | null };

export function shadeOf({ shade, lit }: Look, node: NodeId): string {
  return lit === null || lit === node ? shade(node) : 'shade-none';
}

/** A key that lies elsewhere than before the set of servers changed last. */
export function hasMoved({ node, was }: PlacedKey): boolean {
  return was !== undefined && was !== node;
}

type Props = { readonly placed: PlacedKey; readonly look: Look; readonly x: number; readonly y: number; readonly radius: number };

/** A key at its place: filled where it has moved. */
export function KeyMark({ placed, look: { lit }, x, y, radius }: Props): ReactNode {
  const { key, node, was } = placed;
  const moved = hasMoved(placed);
  const dim = lit !== null && lit !== node && lit !== was;
  return (
    <circle className={`keymark ${moved ? 'moved' : ''} ${dim ? 'dim' : ''}`} cx={x} cy={y} r={moved ? radius + 1 : radius}>
      <title>{moved ? `${key}: ${was!} → ${node}` : `${key}: ${node}`}</title>
    </circle>
  );
}
