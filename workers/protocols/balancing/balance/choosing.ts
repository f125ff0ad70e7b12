/** Which server a request goes to: the one that its key is held to, or the one that the policy chooses. */
import type { Self } from '../../../model/protocol.ts';
import { tableGet } from '../../../model/table.ts';
import type { Candidate, Choice, PolicyId } from '../policies/policy.ts';
import { policyOf } from '../policies/policies.ts';
import type { Again, BalancerState, Config, Message, Timer } from './state.ts';

type Process = Self<Config, Message, Timer>;

/** A choice, and whose memory its state is. */
type Chosen = Choice<BalancerState['memory']> & { readonly policy: PolicyId };

/** @returns null where nobody can be chosen */
export function chosenFrom(self: Process, state: BalancerState, asked: Again, candidates: readonly Candidate[]): Chosen | null {
  if (candidates.length === 0) return null;
  return heldTo(self, state, asked.key, candidates) ?? chosenBy(self, state, asked, candidates);
}

/** A sticky session: the server that the key was given before, while that may be chosen. */
function heldTo({ config }: Process, { held, memory, policy }: BalancerState, key: string, candidates: readonly { readonly index: number }[]): Chosen | null {
  const server = config.sticky ? tableGet(held, key) : undefined;
  if (server === undefined || !candidates.some(({ index }) => index === server)) return null;
  return { server, policy, state: memory, why: { formula: `${key} → ${config.servers[server]!}`, each: [] } };
}

function chosenBy(self: Process, state: BalancerState, { client, request, attempt, key }: Again, candidates: readonly Candidate[]): Chosen {
  const { policy: id } = self.config;
  const policy = policyOf(self.bug('hash-modulo-n') && (id === 'ring-hash' || id === 'maglev') ? 'source-hash' : id);
  const memory = state.policy === policy.id ? state.memory : policy.initial(state.servers.length);
  let draws = 0;
  const random = (below: number): number => self.draw(['pick', client, request, attempt, draws++], below);
  return { policy: policy.id, ...policy.pick(memory, candidates, { client, request, attempt, key, now: self.now }, random, self.config) };
}
