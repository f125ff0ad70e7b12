/** Branches beside the one in view: where each leaves the rail, and how it is labelled. */
import type { BranchId, BranchInfo } from '../../workers/contract.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';

export type Lane = {
  readonly branch: BranchId;
  /** Where it parts from the branch in view. */
  readonly time: Nanoseconds;
  readonly event: number;
  /** The first thing that was done in it and not here. */
  readonly deed: Intervention;
};

/** No more are drawn; the rest are in the menu. */
export const LANES_MAX = 3;

/**
 * The branches that hold something done by hand that the branch in view does not: the newest ones, in the order of their
 * forks. A branch without anything of its own is one undo away and needs no lane.
 */
export function lanesOf(branches: readonly BranchInfo[], current: BranchId): readonly Lane[] {
  const here = new Set(branches.find((info) => info.branch === current)?.interventions.map(({ id }) => id));
  const lanes = branches.flatMap((info): Lane[] => {
    if (info.branch === current) return [];
    const other = info.interventions.find(({ id }) => !here.has(id));
    return other ? [{ branch: info.branch, time: other.at.time, event: info.forkEvent, deed: other.do }] : [];
  });
  return lanes.slice(-LANES_MAX).sort((a, b) => a.time - b.time);
}
