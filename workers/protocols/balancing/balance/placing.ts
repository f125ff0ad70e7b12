/** Where keys lie, for a balancer that chooses by a hash: who could be chosen at its last choice, and before that set changed last. */
import type { Self } from '../../../model/protocol.ts';
import type { NodeId } from '../../../model/topology.ts';
import { areMembers, membersOf, nobody, type Members } from '../policies/members.ts';
import type { Candidate, PolicyId } from '../policies/policy.ts';
import { clientsOf } from './client.ts';
import type { Config, Message, Timer } from './state.ts';

type Process = Self<Config, Message, Timer>;

/** Keys that are followed: as many as a person can look over. */
const KEYS_MAX = 40;

export type Placing = {
  readonly servers: readonly NodeId[];
  readonly keys: readonly string[];
  readonly now: Members;
  /** Null where the set has not changed. */
  readonly before: Members | null;
};

/** The keys of the clients' requests; where each client's only key is its name, the clients. */
function keysOf(self: Process): readonly string[] {
  const { keys } = self.config;
  return keys > 0 ? Array.from({ length: Math.min(keys, KEYS_MAX) }, (_item, number) => `user-${number + 1}`) : clientsOf(self).slice(0, KEYS_MAX);
}

export function startPlacing(self: Process): Placing {
  return { servers: self.config.servers, keys: keysOf(self), now: nobody, before: null };
}

export function reconfigurePlacing(self: Process, placing: Placing): Placing {
  return { ...placing, servers: self.config.servers, keys: keysOf(self) };
}

export function isHashing(policy: PolicyId): boolean {
  return policy === 'ring-hash' || policy === 'maglev' || policy === 'source-hash';
}

/** After a choice among these: another set than at the last one is what it was before from now on. Another policy sees the same change. */
export function placingAfter(placing: Placing, policy: PolicyId, candidates: readonly Candidate[]): Placing {
  if (!isHashing(policy) || areMembers(placing.now, candidates)) return placing;
  return { ...placing, now: membersOf(candidates), before: placing.now.indices.length === 0 ? null : placing.now };
}
