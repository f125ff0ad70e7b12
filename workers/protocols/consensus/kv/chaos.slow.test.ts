// Hundreds of seeds of raft-chaos with random faults: whatever happens to a correct cluster, its clients see one store.
import { expect, test, vi } from 'vitest';
import { huntSeed } from '../../../checks/hunt.ts';
import { applySettings } from '../../../formats/settings.ts';
import { survivableFaults, type FaultKind } from '../../../model/fault.ts';
import type { Json } from '../../../model/json.ts';
import { registry } from '../../registry.ts';
import { chaos } from '../scenarios/chaos.ts';

// Some 50 ms a seed, and a busy machine takes its time.
vi.setConfig({ testTimeout: 300_000 });

type Settings = { readonly [name: string]: Json };

/** What became of the seeds from 1 on that did not end well. */
function failures(set: Settings, seeds: number, faults: readonly FaultKind[] = survivableFaults): readonly object[] {
  const scenario = applySettings(chaos, { set }, registry);
  return Array.from({ length: seeds }, (_item, index) => huntSeed({ scenario, registry, faults }, index + 1).outcome).filter(({ result }) => result !== 'fine');
}

type Trial = { readonly name: string; readonly set: Settings; readonly seeds: number; readonly faults?: readonly FaultKind[] };

const trials: readonly Trial[] = [
  { name: 'as it is', set: {}, seeds: 150 },
  { name: 'with reads through the log', set: { reads: 'log' }, seeds: 40 },
  { name: 'with PreVote and CheckQuorum', set: { preVote: true, checkQuorum: true }, seeds: 40 },
  // A lease is only as good as the clocks (dissertation, section 6.4.1).
  { name: 'with leases, on true clocks', set: { reads: 'lease' }, seeds: 40, faults: survivableFaults.filter((kind) => kind !== 'skew') },
];

test.each(trials)('raft-chaos $name: no violation, and nothing unknown', ({ set, seeds, faults }) => {
  expect(failures(set, seeds, faults)).toEqual([]);
});

test('raft-chaos without sessions: a repeated request happens twice, and a client sees it', () => {
  expect(failures({ sessions: false }, 40)).toContainEqual(expect.objectContaining({ result: 'violation', invariant: 'linearizability' }));
});
