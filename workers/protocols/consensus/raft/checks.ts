/** What is checked and measured of Raft, and which of its rules can be turned off. */
import type { Invariant } from '../../../model/invariant.ts';
import type { BugSwitch } from '../../../model/protocol.ts';
import { electionInvariants } from './checks-elections.ts';
import { logInvariants } from './checks-logs.ts';

export { raftMetrics } from './checks-metrics.ts';

export const raftInvariants: readonly Invariant[] = [...electionInvariants, ...logInvariants];

export const raftBugs: readonly BugSwitch[] = [
  { name: 'vote-not-persisted', rule: 'Extended Raft paper, Figure 2: votedFor is on stable storage before a vote is answered' },
  { name: 'term-not-persisted', rule: 'Extended Raft paper, Figure 2: currentTerm is on stable storage before an RPC is answered' },
  { name: 'commit-old-terms', rule: 'Extended Raft paper, 5.4.2 and Figure 8: only entries of the leader\'s own term are committed by counting replicas' },
  { name: 'truncate-on-stale-append', rule: 'Extended Raft paper, Figure 2, AppendEntries 3: entries are deleted only where an existing one conflicts with a new one' },
  { name: 'commit-unclamped', rule: 'Extended Raft paper, Figure 2, AppendEntries 5: commitIndex = min(leaderCommit, index of last new entry)' },
  { name: 'majority-floor-half', rule: 'Extended Raft paper, 5.2 and 5.3: a majority of n servers is ⌊n/2⌋ + 1' },
  { name: 'configuration-at-commit', rule: 'Extended Raft paper, section 6: a server uses the latest configuration in its log, whether it is committed or not' },
  { name: 'change-before-own-commit', rule: 'Ongaro on raft-dev, 10 July 2015: a leader changes members only after it has committed an entry of its own term' },
  { name: 'lease-ignores-drift', rule: 'Dissertation, 6.4.1: a lease is shorter than an election timeout by the bound on clock drift' },
];
