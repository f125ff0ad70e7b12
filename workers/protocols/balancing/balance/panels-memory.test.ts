// A reader checks a policy's arithmetic by what it remembers: the sequences of FIDELITY, Load balancing.
import { expect, test } from 'vitest';
import type { Candidate, PolicyId } from '../policies/policy.ts';
import { policyOf } from '../policies/policies.ts';
import { knowsNothing } from './health.ts';
import { memoryFields } from './panels-memory.ts';

const weights = [5, 1, 1];
const candidates = weights.map((weight, index): Candidate => ({ index, server: `S${index + 1}`, weight, active: 0, queue: 0, latency: 0, latencyAt: 0 }));
const settings = { choices: 2, tableSize: 7, virtualNodes: 1, loadBound: 0, decay: 0 };

/** What it remembers after so many choices, as `NAME: NODE VALUE, … VALUE`. */
function after(id: PolicyId, choices: number): readonly string[] {
  const policy = policyOf(id);
  let memory = policy.initial(candidates.length);
  for (let request = 1; request <= choices; request++) memory = policy.pick(memory, candidates, { client: 'C1', request, attempt: 1, key: 'C1', now: 0 }, () => 0, settings).state;
  const servers = candidates.map(({ index }) => knowsNothing({ servers: candidates.map(({ server }) => server), weights }, index));
  return memoryFields({ memory, servers }).map(({ name, value, nodes = [] }) => `${name}: ${[...nodes.map(({ node, value: own }) => (own === undefined ? node : `${node} ${own}`)), value].join(', ').replace(/, $/, '')}`);
}

test.each([
  ['round-robin', 2, ['balance.field.last: S2']],
  ['round-robin', 0, []],
  ['wrr', 1, ['balance.field.last: S1', 'balance.field.turn-weight: 5']],
  ['interleaved-wrr', 4, ['balance.field.last: S1', 'balance.field.round: 2']],
  ['smooth-wrr', 1, ['balance.field.current-weights: S1 -2, S2 1, S3 1']],
  ['edf', 1, ['balance.field.deadlines: S1 0.4, S2 1, S3 1']],
  ['random', 3, []],
  ['maglev', 3, []],
] as const)('%s after %i choices', (policy, choices, fields) => {
  expect(after(policy, choices)).toEqual(fields);
});
