/** Majorities of a configuration. In a joint one (C_old,new) it takes a majority of both halves (paper, section 6). */
import type { NodeId } from '../../../model/topology.ts';
import type { Process } from './persistence.ts';
import type { Configuration, State } from './state.ts';

/** ⌊n / 2⌋ + 1 of n voters. */
export function majorityOf(self: Pick<Process, 'bug'>, voters: readonly NodeId[]): number {
  const half = voters.length >> 1;
  return self.bug('majority-floor-half') ? Math.max(1, half) : half + 1;
}

/** The groups each of which needs a majority. */
export function groupsOf({ voters, votersOld }: Configuration): readonly (readonly NodeId[])[] {
  return votersOld.length === 0 ? [voters] : [voters, votersOld];
}

/** Whether those that have it are a majority (of each half of a joint configuration). */
export function isQuorum(self: Pick<Process, 'bug'>, configuration: Configuration, has: (server: NodeId) => boolean): boolean {
  return groupsOf(configuration).every((voters) => {
    let count = 0;
    for (const server of voters) if (has(server)) count++;
    return count >= majorityOf(self, voters);
  });
}

/** The highest number that a majority (of each half of a joint configuration) has reached. */
export function reachedByMajority(self: Pick<Process, 'bug'>, configuration: Configuration, numberOf: (server: NodeId) => number): number {
  const reached = groupsOf(configuration).map((voters) => {
    const numbers = voters.map(numberOf).sort((a, b) => b - a);
    return numbers[majorityOf(self, voters) - 1] ?? 0;
  });
  return Math.min(...reached);
}

type Count = { readonly count: number; readonly majority: number; readonly servers: number };

/** How many voters have it, and how many are needed: in the half of a joint configuration where most are missing. */
export function countOf(self: Pick<Process, 'bug'>, configuration: Configuration, has: (server: NodeId) => boolean): Count {
  const counts = groupsOf(configuration).map((voters) => ({ count: voters.filter(has).length, majority: majorityOf(self, voters), servers: voters.length }));
  return counts.reduce((worst, count) => (count.majority - count.count > worst.majority - worst.count ? count : worst));
}

/** How many voters are for a candidate. */
export function votesOf(self: Pick<Process, 'bug'>, { configuration, votes }: State): { readonly votes: number; readonly majority: number; readonly servers: number } {
  const granted = new Set(votes.filter((vote) => vote.granted).map((vote) => vote.server));
  const { count, majority, servers } = countOf(self, configuration, (server) => granted.has(server));
  return { votes: count, majority, servers };
}
