/** What is checked and measured of Raft, and which of its rules can be turned off. */
import type { Invariant } from '../../../model/invariant.ts';
import { electionInvariants } from './checks-elections.ts';
import { logInvariants } from './checks-logs.ts';

export { raftBugs } from './bugs.ts';
export { raftMetrics } from './checks-metrics.ts';

export const raftInvariants: readonly Invariant[] = [...electionInvariants, ...logInvariants];
