/** Raft's messages beside the least that any simulator does: the bare heap loop, as deep as Raft's agenda is. */
import { Kernel } from '../kernel/kernel.ts';
import type { AddressedIntervention } from '../model/intervention.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import { campaignAt, happens, meshOf, nodesOf, raftOn, raftScenario, serversOf } from '../protocols/consensus/scenarios/build.ts';
import { registry } from '../protocols/registry.ts';
import { bareLoop } from './bare-loop.ts';
import { race } from './measure.ts';
import { goal, table } from './table.ts';
import type { Cell } from './table.ts';

const SIZES = [5, 25, 51];
const MESSAGES = 20_000;
const ROUNDS = 9;
const RATIO_MIN = 0.05;
const GROWTH_MAX = 2;
const blank = { title: '', watch: '', try: '' };

/** A steady cluster: heartbeats every 50 ms, and a client that writes 200 entries a second to the leader. Peers have no checks, so it is timed with and without. */
function cluster(size: number, checked: boolean): Kernel {
  const servers = serversOf(size);
  const topology = { nodes: nodesOf(servers), links: meshOf(servers, { latency: MILLISECOND, jitter: 0 }) };
  const timing = { electionTimeoutMin: 150 * MILLISECOND, electionTimeoutMax: 300 * MILLISECOND, heartbeatInterval: 50 * MILLISECOND };
  const scenario = raftScenario({
    id: 'raft-bench',
    text: { en: blank, zh: blank },
    topology,
    processes: [raftOn(servers, timing)],
    workload: [campaignAt(0, 'S1')],
    horizon: 1000 * SECOND,
  });
  const writes = Array.from({ length: 100_000 }, (_item, index): AddressedIntervention =>
    happens(`write-${index}`, 100 * MILLISECOND + index * 5 * MILLISECOND, { kind: 'request', node: 'S1', process: 'raft', request: { kind: 'propose', data: 'x ← 1' } }),
  );
  const entries = checked ? registry : registry.map((entry) => ({ ...entry, invariants: [], metrics: [] }));
  return new Kernel({ scenario, seed: 1, registry: entries, interventions: writes });
}

/** Runs until so many messages have been delivered. */
function deliver(kernel: Kernel, messages: number): void {
  for (let delivered = 0; delivered < messages; ) {
    const event = kernel.step();
    if (!event) throw new Error('The cluster stopped');
    if (event.input.kind === 'receive') delivered++;
  }
}

/** The table of rates, a row a size of the cluster. */
export function benchRaft(): string {
  const costs: number[] = [];
  const rows = SIZES.map((size): Cell[] => {
    const kernel = cluster(size, false);
    const checked = cluster(size, true);
    deliver(kernel, MESSAGES);
    const depth = kernel.world.agenda.size;
    const bare = bareLoop(depth);
    const [bareTiming, timing, checkedTiming] = race(
      [
        { name: 'bare', units: MESSAGES, run: () => bare(MESSAGES) },
        { name: 'raft', units: MESSAGES, run: () => deliver(kernel, MESSAGES) },
        { name: 'raft with checks', units: MESSAGES, run: () => deliver(checked, MESSAGES) },
      ],
      ROUNDS,
    );
    const ratio = 1 / timing!.ratio;
    costs.push(timing!.unit);
    const growth = timing!.unit / costs[0]!;
    const goals = size === 5 ? goal(`ratio ≥ ${RATIO_MIN}`, ratio >= RATIO_MIN) : size === 51 ? goal(`cost a message ≤ ${GROWTH_MAX}× that with 5 (${growth.toFixed(2)})`, growth <= GROWTH_MAX) : undefined;
    return [`${size} servers`, depth, 1e9 / bareTiming!.unit, 1e9 / timing!.unit, ratio, 1e9 / checkedTiming!.unit, goals];
  });
  return table(['cluster', 'depth of the agenda', 'bare heap loop, events/s', 'Raft, messages/s', 'ratio', 'with checks, messages/s', 'goal'], rows);
}
