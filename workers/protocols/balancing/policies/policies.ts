import { edf } from './edf.ts';
import { interleavedWrr } from './interleaved-wrr.ts';
import { leastConnections } from './least-connections.ts';
import { maglev } from './maglev.ts';
import { peakEwma } from './peak-ewma.ts';
import type { Policy, PolicyId } from './policy.ts';
import { powerOfTwo } from './power-of-two.ts';
import { random } from './random.ts';
import { ringHash } from './ring-hash.ts';
import { roundRobin } from './round-robin.ts';
import { shortestQueue } from './shortest-queue.ts';
import { smoothWrr } from './smooth-wrr.ts';
import { sourceHash } from './source-hash.ts';
import { weightedLeastConnections } from './weighted-least-connections.ts';
import { weightedRandom } from './weighted-random.ts';
import { wrr } from './wrr.ts';

/** All policies, from the simplest on. */
export const policies: readonly Policy[] = [
  roundRobin,
  random,
  weightedRandom,
  wrr,
  interleavedWrr,
  smoothWrr,
  edf,
  leastConnections,
  weightedLeastConnections,
  peakEwma,
  powerOfTwo,
  shortestQueue,
  sourceHash,
  ringHash,
  maglev,
];

/** @throws Error for a policy that does not exist */
export function policyOf(id: PolicyId): Policy {
  const found = policies.find((policy) => policy.id === id);
  if (!found) throw new Error(`There is no policy ${id}`);
  return found;
}
