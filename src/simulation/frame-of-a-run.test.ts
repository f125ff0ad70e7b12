import { beforeAll, describe, expect, test } from 'vitest';
import type { BranchId, Reel, Simulator } from '../../workers/contract.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import { MILLISECOND } from '../../workers/model/time.ts';
import { defaultDirection } from '../../workers/model/topology.ts';
import { builtinScenarios, registry } from '../../workers/protocols/registry.ts';
import { createSimulator } from '../../workers/simulator.ts';
import { frameAt } from './frame.ts';

const scenario = builtinScenarios.find(({ id }) => id === 'routing-abilene')!;
const [first, second] = scenario.topology.links;
const router = scenario.topology.nodes[3]!.id;
const other = scenario.topology.nodes[7]!.id;
const direction = { ...defaultDirection, cost: 100 };

/** Everything that a hand does to a network, a moment apart, while it converges. */
const deeds: readonly Intervention[] = [
  { kind: 'cut', link: first!.id },
  { kind: 'crash', node: router },
  { kind: 'add-node', node: { id: 'new', label: 'NEW' } },
  { kind: 'add-link', link: { id: 'new-link', ends: ['new', other], directions: [direction, direction], detection: 10 * MILLISECOND } },
  { kind: 'restore', link: first!.id },
  { kind: 'restart', node: router },
  { kind: 'set-link', link: second!.id, set: { cost: 1 } },
  { kind: 'remove-link', link: second!.id },
  { kind: 'remove-node', node: 'new' },
];

const START = 100 * MILLISECOND;
const LENGTH = 3_000;

async function reelFrom(simulator: Simulator, run: string, branch: BranchId, from: number, length: number): Promise<Reel> {
  const reel = await simulator.reel({ run, branch, first: from, length, watch: router }, 'current');
  if (!reel) throw new Error(`There are no events from ${from} on`);
  return reel;
}

describe('the picture of a run', () => {
  const simulator = createSimulator(registry, builtinScenarios);
  let run = '';
  let branch: BranchId = 0;
  let whole: Reel;

  beforeAll(async () => {
    const opened = await simulator.open({ scenario: scenario.id });
    if (!opened.ok) throw new Error(opened.problem.key);
    run = opened.value.run;
    for (const [at, deed] of deeds.entries()) {
      const made = await simulator.branch(run, branch, { kind: 'add', at: { time: START + at * 60 * MILLISECOND, done: 0, order: 0 }, do: deed });
      if (!made.ok) throw new Error(made.problem.key);
      branch = made.value.branch;
    }
    // Packets that are really on their way are dropped, held and doubled, too.
    for (const kind of ['drop', 'delay', 'duplicate'] as const) {
      const reel = await reelFrom(simulator, run, branch, 0, LENGTH);
      const sends = reel.events.flatMap((event) => event.effects.flatMap((effect) => (effect.kind === 'send' && effect.flight ? [effect] : [])));
      const { packet, flight } = sends[Math.floor(sends.length / 3)]!;
      const at = { time: flight!.transmitEnd + 1_000, done: 0, order: 0 };
      const made = await simulator.branch(run, branch, { kind: 'add', at, do: kind === 'delay' ? { kind, packet, by: 5 * MILLISECOND } : { kind, packet } });
      if (!made.ok) throw new Error(made.problem.key);
      branch = made.value.branch;
    }
    whole = await reelFrom(simulator, run, branch, 0, LENGTH);
    await simulator.close(run);
  }, 60_000);

  test('holds every kind of deed, each with an effect', () => {
    const done = whole.events.flatMap(({ input }) => (input.kind === 'intervention' ? [[input.intervention.do.kind, input.applied]] : []));
    expect(new Map(done.map(([kind, applied]) => [String(kind), applied]))).toEqual(
      new Map([...deeds.map(({ kind }) => kind), 'drop', 'delay', 'duplicate'].map((kind) => [kind, true])),
    );
  });

  test('is the same wherever a reel was opened', async () => {
    const again = await simulator.open({ scenario: { ...scenario, interventions: interventionsOf(whole) } });
    if (!again.ok) throw new Error(again.problem.key);
    for (let from = 1; from < LENGTH; from += 37) {
      const { opening } = await reelFrom(simulator, again.value.run, 0, from, 1);
      const frame = frameAt(whole, { event: from - 1, time: opening.time });
      expect(frame.nodes).toEqual(opening.nodes);
      expect(frame.links).toEqual(opening.links);
      expect(frame.flights.map(({ head: _head, tail: _tail, waiting: _waiting, ...packet }) => packet)).toEqual(opening.flights);
      expect(frame.panels).toEqual(opening.panels);
    }
    await simulator.close(again.value.run);
  }, 60_000);
});

/** What was done, as a scenario holds it. */
function interventionsOf(reel: Reel) {
  return reel.events.flatMap(({ input }) => (input.kind === 'intervention' ? [input.intervention] : []));
}
