import type { BugSwitch } from '../../../model/protocol.ts';

/** Rules of Raft that can be turned off, each with where it stands. */
export const raftBugs: readonly BugSwitch[] = [
  { name: 'vote-not-persisted', rule: 'Raft, Figure 2, "Persistent state": votedFor is on stable storage before a vote is answered' },
  { name: 'term-not-persisted', rule: 'Raft, Figure 2, "Persistent state": currentTerm is on stable storage before an answer' },
  { name: 'commit-old-terms', rule: 'Raft, section 5.4.2 and Figure 8: only entries of the current term are committed by counting replicas' },
  { name: 'truncate-on-stale-append', rule: 'Raft, Figure 2, "AppendEntries RPC" 3: entries are deleted only if they conflict with new ones' },
  { name: 'commit-unclamped', rule: 'Raft, Figure 2, "AppendEntries RPC" 5: commitIndex = min(leaderCommit, index of last new entry)' },
  { name: 'majority-floor-half', rule: 'Raft, section 5.2: a majority of n servers is ⌊n / 2⌋ + 1 of them' },
  { name: 'configuration-at-commit', rule: 'Raft, section 6: a server uses the latest configuration in its log, regardless of whether it is committed' },
  { name: 'change-before-own-commit', rule: 'Ongaro on raft-dev, 10 July 2015: a leader changes members only when an entry of its own term is committed' },
  { name: 'lease-ignores-drift', rule: 'Dissertation, section 6.4.1: a lease is shorter than an election timeout by the bound on clock drift' },
];
