/** Where something that a person does is to happen, and in which branch. */
import type { BranchId, BranchInfo, Reel } from '../../workers/contract.ts';
import { compareAddresses, type Address } from '../../workers/model/intervention.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
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
export function lineage(branches: readonly BranchInfo[], branch: BranchId): BranchInfo[] {
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

/** What a branch has of its own beside another one: itself and those it came from, up to the one they share. */
function ownLine(branches: readonly BranchInfo[], branch: BranchId, other: BranchId): readonly BranchInfo[] {
  const others = lineage(branches, other);
  const line = lineage(branches, branch);
  const shared = line.findIndex((info) => others.includes(info));
  return shared < 0 ? line : line.slice(0, shared);
}

/** Where two branches part: the first event that may differ, and its time. */
export function divergence(branches: readonly BranchInfo[], a: BranchId, b: BranchId): { readonly event: number; readonly time: Nanoseconds } {
  let first = { event: Infinity, time: Infinity };
  for (const { forkEvent, forkTime } of [...ownLine(branches, a, b), ...ownLine(branches, b, a)]) {
    if (forkEvent < first.event) first = { event: forkEvent, time: forkTime };
  }
  return first;
}

/**
 * The same moment in another branch: the same event where the two have it in common, otherwise the last one at the same
 * time (then `event` is null). At the fork itself what the other branch does there is done, or is not: of an instant with
 * many events none are passed over.
 */
export function momentIn(branches: readonly BranchInfo[], from: BranchId, to: BranchId, { event, time }: Playhead): { readonly event: number | null; readonly time: Nanoseconds } {
  const fork = divergence(branches, from, to);
  const atFork = time === fork.time && (event === fork.event || event === fork.event - 1);
  if (!atFork) return { event: event < fork.event ? event : null, time };
  const acts = ownLine(branches, to, from).some((info) => info.forkEvent === fork.event);
  return { event: acts ? fork.event : fork.event - 1, time };
}
