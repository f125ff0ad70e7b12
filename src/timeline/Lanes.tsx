import type { ReactNode } from 'react';
import type { BranchId } from '../../workers/contract.ts';
import type { PlacedLane } from './lanes.ts';

/** How far below the rail the labels lie (px). */
export const LANE_DROP = 17;

/** The way from the rail to a label: close under the rail, then down to it. */
export function lanePath({ fork, left }: PlacedLane, y: number): string {
  const straight = left - fork - 18;
  return straight > 0 ? `M${fork} ${y}c4 0 4 5 8 5h${straight}c6 0 4 ${LANE_DROP - 5} 10 ${LANE_DROP - 5}` : `M${fork} ${y}c4 0 3 ${LANE_DROP} 10 ${LANE_DROP}h4`;
}

type Props = { readonly lanes: readonly PlacedLane[]; readonly top: number; readonly choose: (branch: BranchId) => void };

/** The other branches: each a button at the end of its way from the rail. */
export function Lanes({ lanes, top, choose }: Props): ReactNode {
  return lanes.map(({ branch, left, room, name }) => (
    <button key={branch} type="button" className="lane" style={{ left, top, maxWidth: room }} title={name} onClick={() => choose(branch)}>
      {name}
    </button>
  ));
}
