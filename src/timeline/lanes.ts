/** Branches beside the one in view: where each leaves the rail, and how it is labelled. */
import type { BranchId, BranchInfo } from '../../workers/contract.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';

export type Lane = {
  readonly branch: BranchId;
  /** Where it parts from the branch in view. */
  readonly time: Nanoseconds;
  readonly event: number;
  /** What was done in it and not here, in the order of the tape. */
  readonly deeds: readonly Intervention[];
};

/** No more are drawn; the rest are in the menu. */
export const LANES_MAX = 3;

/**
 * The branches that hold something done by hand that the branch in view does not: the newest ones, in the order of their
 * forks. One that another one goes on from is part of it, and a branch without anything of its own is one undo away.
 */
export function lanesOf(branches: readonly BranchInfo[], current: BranchId): readonly Lane[] {
  const idsOf = (info: BranchInfo): readonly string[] => info.interventions.map(({ id }) => id);
  const here = new Set(branches.filter((info) => info.branch === current).flatMap(idsOf));
  const isPartOf = (a: BranchInfo, b: BranchInfo): boolean => a.interventions.length < b.interventions.length && idsOf(a).every((id) => idsOf(b).includes(id));
  const lanes = branches.flatMap((info): Lane[] => {
    if (info.branch === current || branches.some((other) => isPartOf(info, other))) return [];
    const own = info.interventions.filter(({ id }) => !here.has(id));
    const first = own[0];
    return first ? [{ branch: info.branch, time: first.at.time, event: info.forkEvent, deeds: own.map((intervention) => intervention.do) }] : [];
  });
  return lanes.slice(-LANES_MAX).sort((a, b) => a.time - b.time);
}

/** The room of a label: about this much a letter, never more than this; Chinese letters are wider (px). */
const LETTER = 6.6;
const WIDE_LETTER = 11.5;
const WIDEST = 200;
const GAP = 10;

function roomFor(name: string): number {
  const width = Array.from(name).reduce((sum, letter) => sum + (letter > '⺀' ? WIDE_LETTER : LETTER), 0);
  return Math.min(WIDEST, width + 14);
}

export type PlacedLane = { readonly branch: BranchId; readonly name: string; readonly fork: number; readonly left: number; readonly room: number };

/** Puts each label right of its fork, further right where it would cover another. */
export function placeLanes(lanes: readonly { readonly branch: BranchId; readonly name: string; readonly fork: number }[], width: number): readonly PlacedLane[] {
  let free = 0;
  return lanes.map(({ branch, name, fork }) => {
    const room = roomFor(name);
    const left = Math.max(free, Math.min(fork + 14, width - room));
    free = left + room + GAP;
    return { branch, name, fork, left, room };
  });
}
