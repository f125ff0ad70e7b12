/** Which servers a ring or a table was made of, with what weights: told apart without making a text of a thousand of them. */
import type { Candidate } from './policy.ts';

/** Places and weights, in the order of the places. */
export type Members = { readonly indices: readonly number[]; readonly weights: readonly number[] };

export const nobody: Members = { indices: [], weights: [] };

export function membersOf(candidates: readonly Candidate[]): Members {
  return { indices: candidates.map(({ index }) => index), weights: candidates.map(({ weight }) => weight) };
}

/** Whether these are the very same, with the same weights. */
export function areMembers({ indices, weights }: Members, candidates: readonly Candidate[]): boolean {
  if (candidates.length !== indices.length) return false;
  for (let at = 0; at < candidates.length; at++) {
    const { index, weight } = candidates[at]!;
    if (index !== indices[at] || weight !== weights[at]) return false;
  }
  return true;
}
