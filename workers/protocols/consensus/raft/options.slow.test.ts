// Every optional part of the algorithm under random faults, with the store and its clients above: no check fails.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { huntSeed } from '../../../checks/hunt.ts';
import { survivableFaults } from '../../../model/fault.ts';
import type { Scenario, WorkloadRequest } from '../../../model/scenario.ts';
import { MILLISECOND } from '../../../model/time.ts';
import { registry } from '../../registry.ts';
import { chaos } from '../scenarios/chaos.ts';
import { serversOf } from '../scenarios/build.ts';
import type { Config, Request } from './state.ts';

const SEEDS = 25;
const servers = serversOf(5);
const founders = servers.slice(0, 3);

const server = fc.constantFrom(...servers);
const voters = fc.subarray([...servers], { minLength: 1 });
const single = fc.oneof(
  fc.record({ kind: fc.constantFrom('add-server', 'remove-server', 'add-learner'), server }),
  fc.record({ kind: fc.constant('transfer'), to: server }),
);
const joint = fc.oneof(fc.record({ kind: fc.constant('change-configuration'), voters }), fc.record({ kind: fc.constant('transfer'), to: server }));

/** Every 150 ms somebody asks all servers for something that only a leader can do. */
function requests(asked: fc.Arbitrary<unknown>, seed: number): WorkloadRequest[] {
  const drawn = fc.sample(asked as fc.Arbitrary<Request>, { seed, numRuns: 50 });
  return drawn.flatMap((request, at) => servers.map((node) => ({ time: (400 + at * 150) * MILLISECOND, node, process: 'raft', request })));
}

type Option = { readonly name: string; readonly raft: Partial<Config>; readonly reads: Config['reads']; readonly asked?: fc.Arbitrary<unknown> };

// Clocks are off by up to 10%, so two of them run apart by up to 20%.
const lease: Partial<Config> = { reads: 'lease', clockDriftBound: 250_000 };
const snapshots: Partial<Config> = { snapshotThreshold: 6, snapshotChunk: 60 };
const options: readonly Option[] = [
  { name: 'the slow way back, one entry a message', raft: { conflictBackup: false, entriesMax: 1, noOp: true }, reads: 'log' },
  { name: 'snapshots in small chunks', raft: snapshots, reads: 'log' },
  { name: 'ReadIndex, PreVote and CheckQuorum', raft: { preVote: true, checkQuorum: true }, reads: 'read-index' },
  { name: 'leases', raft: { ...lease, checkQuorum: true }, reads: 'lease' },
  { name: 'a slow disk, with leases and snapshots', raft: { ...lease, ...snapshots, syncDelay: 8 * MILLISECOND }, reads: 'lease' },
  { name: 'members one at a time, and leaders that hand over', raft: { voters: founders, preVote: true, checkQuorum: true }, reads: 'read-index', asked: single },
  { name: 'joint consensus, leases, snapshots and a slow disk', raft: { voters: founders, membership: 'joint', ...lease, ...snapshots, syncDelay: 3 * MILLISECOND }, reads: 'lease', asked: joint },
];

test.each(options)('$name', ({ raft, reads, asked }) => {
  const processes = chaos.processes.map((process) => ({ ...process, config: { ...process.config, ...(process.protocol === 'raft' ? raft : { reads }) } }));
  const failed = Array.from({ length: SEEDS }, (_item, at) => at + 1).filter((seed) => {
    const workload = [...chaos.workload, ...(asked ? requests(asked, seed) : [])].sort((a, b) => a.time - b.time);
    const scenario: Scenario = { ...chaos, processes, workload };
    return huntSeed({ scenario, registry, faults: survivableFaults }, seed).outcome.result !== 'fine';
  });
  expect(failed).toEqual([]);
});
