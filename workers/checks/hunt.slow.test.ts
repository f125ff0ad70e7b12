// Which of Raft's bug switches hunting in raft-chaos brings to light, and with which seeds. The rest is caught by stories
// written for it (raft/*.test.ts): Figure 8, an unclamped commit, changes of members and leases need more than chance.
import { describe, expect, test, vi } from 'vitest';
import { interventionsIn, readRecording } from '../formats/recording.ts';
import { applySettings } from '../formats/settings.ts';
import { Kernel } from '../kernel/kernel.ts';
import { survivableFaults } from '../model/fault.ts';
import type { Json } from '../model/json.ts';
import { chaos } from '../protocols/consensus/scenarios/chaos.ts';
import { registry } from '../protocols/registry.ts';
import { counterexample } from './counterexample.ts';
import { huntSeed, type Hunt } from './hunt.ts';

// Some hundred milliseconds a seed, and a busy machine takes its time.
vi.setConfig({ testTimeout: 600_000 });

function huntFor(bug: string): Hunt {
  return { scenario: applySettings(chaos, { bugs: [bug] }, registry), registry, faults: survivableFaults };
}

/** The bug, the invariant that breaks, and how many seeds from 1 on bring it to light: now 2, 84, 1 and 2 are the first. */
const caught: readonly (readonly [bug: string, invariant: string, last: number])[] = [
  ['term-not-persisted', 'raft.term-monotonic', 50],
  ['vote-not-persisted', 'raft.one-vote-a-term', 400],
  ['majority-floor-half', 'raft.commit-replicated', 50],
  ['truncate-on-stale-append', 'raft.commit-monotonic', 100],
];

/** The first seed up to `last` that breaks the invariant; null where there is none. */
function firstFailure(hunt: Hunt, invariant: string, last: number): number | null {
  for (let seed = 1; seed <= last; seed++) {
    const { outcome } = huntSeed(hunt, seed);
    if (outcome.result === 'violation' && outcome.invariant === invariant) return seed;
  }
  return null;
}

describe.each(caught)('raft-chaos with %s', (bug, invariant, last) => {
  test(`breaks ${invariant} with a seed up to ${last}; what is made small of it fails at its last event, and only with the bug`, () => {
    const hunt = huntFor(bug);
    const seed = firstFailure(hunt, invariant, last);
    expect(seed).not.toBeNull();
    const document = JSON.parse(JSON.stringify(counterexample(hunt, seed ?? 0, true)?.recording)) as Json;
    const recording = readRecording(document, registry);
    const violations = (bugs: readonly string[]) => {
      const kernel = new Kernel({ scenario: { ...recording.scenario, bugs }, seed: recording.seed, registry, interventions: interventionsIn(recording, recording.branch) });
      while (kernel.world.event < recording.events && kernel.step()) continue;
      return kernel.world.violations.map(({ invariant: name, event }) => ({ name, event }));
    };
    expect(violations([bug])[0]).toEqual({ name: invariant, event: recording.events - 1 });
    expect(violations([])).toEqual([]);
  });
});
