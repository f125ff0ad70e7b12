/** Where something that a person does is to happen, and in which branch. */
import type { BranchId, BranchInfo, Reel } from '../../workers/contract.ts';
import { compareAddresses, type Address } from '../../workers/model/intervention.ts';
import type { Playhead } from './types.ts';

/**
 * The place right after the playhead: at its time, after as many of that instant's events as lie before it, and after
 * the interventions among them.
 * @param before gives the reel that ends with an event: an instant can begin in an earlier reel (754 routers boot at once).
 */
export async function addressAt(reel: Reel, playhead: Playhead, before: (event: number) => Promise<Reel>): Promise<Address> {
  const { time } = playhead;
  let done = 0;
  let order = 0;
  let piece = reel;
  for (let event = playhead.event; event >= 0; event--) {
    if (event === piece.opening.event) {
      if (piece.opening.time !== time) break;
      piece = await before(event);
    }
    const passed = piece.events[event - piece.opening.event - 1];
    if (!passed || passed.time !== time) break;
    if (passed.input.kind !== 'intervention') done++;
    else if (done === 0) order = Math.max(order, passed.input.intervention.at.order + 1);
  }
  return { time, done, order };
}

export function findBranch(branches: readonly BranchInfo[], branch: BranchId): BranchInfo | undefined {
  return branches.find((candidate) => candidate.branch === branch);
}

/** A branch and those that it came from, itself first. */
function lineage(branches: readonly BranchInfo[], branch: BranchId): BranchInfo[] {
  const line: BranchInfo[] = [];
  for (let info = findBranch(branches, branch); info; info = info.parent === null ? undefined : findBranch(branches, info.parent)) line.push(info);
  return line;
}

/**
 * The branch that a deed at this address leaves from: the nearest one in which nothing was done by hand after it. What
 * was done later stays in its own branch, and is one undo away. What the scenario does itself belongs to every branch.
 */
export function trunkAt(branches: readonly BranchInfo[], branch: BranchId, at: Address): BranchId {
  const line = lineage(branches, branch);
  const root = line.at(-1);
  const own = new Set(root?.interventions.map((intervention) => intervention.id));
  const trunk = line.find((info) => info.interventions.every((intervention) => own.has(intervention.id) || compareAddresses(intervention.at, at) < 0));
  return trunk?.branch ?? root?.branch ?? branch;
}

/** The first event from which two branches may differ. */
export function divergence(branches: readonly BranchInfo[], a: BranchId, b: BranchId): number {
  const ofA = lineage(branches, a);
  const ofB = lineage(branches, b);
  const shared = ofA.find((info) => ofB.includes(info));
  const forks = [ofA, ofB].flatMap((line) => line.slice(0, shared ? line.indexOf(shared) : line.length).map((info) => info.forkEvent));
  return Math.min(Infinity, ...forks);
}
