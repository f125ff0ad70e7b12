import type { ReactNode } from 'react';
import type { BranchId } from '../../workers/contract.ts';

type PlacedLane = { readonly branch: BranchId; readonly x: number; readonly name: string };

/** The room of a label: about this much a letter, never more than this (px). */
const LETTER = 6.6;
const WIDEST = 190;
const GAP = 8;

type Props = {
  readonly lanes: readonly PlacedLane[];
  readonly top: number;
  readonly width: number;
  readonly choose: (branch: BranchId) => void;
};

/** The other branches, each a button at its fork, moved right where they would cover each other. */
export function Lanes({ lanes, top, width, choose }: Props): ReactNode {
  let free = 0;
  return lanes.map(({ branch, x, name }) => {
    const room = Math.min(WIDEST, name.length * LETTER + 16);
    const left = Math.max(free, Math.min(x, width - room));
    free = left + room + GAP;
    return (
      <button key={branch} type="button" className="lane" style={{ left, top, maxWidth: WIDEST }} title={name} onClick={() => choose(branch)}>
        {name}
      </button>
    );
  });
}
