/** Many small elections, each with a seed of its own. */
import { Kernel } from '../../../../kernel/kernel.ts';
import type { AddressedIntervention } from '../../../../model/intervention.ts';
import type { ProcessSpec, Scenario } from '../../../../model/scenario.ts';
import { MILLISECOND, type Nanoseconds } from '../../../../model/time.ts';
import { registry } from '../../../registry.ts';
import { campaignAt, happens, meshOf, nodesOf, raftOn, raftScenario, serversOf } from '../../scenarios/build.ts';

const servers = serversOf(5);
const blank = { title: '', watch: '', try: '' };

export type Range = { readonly min: Nanoseconds; readonly max: Nanoseconds };

function five(processes: readonly ProcessSpec[], latency: Nanoseconds): Scenario {
  const topology = { nodes: nodesOf(servers), links: meshOf(servers, { latency, jitter: 0, bandwidth: 0 }) };
  return raftScenario({ id: 'raft-trial', text: { en: blank, zh: blank }, topology, processes });
}

/** Runs until somebody leads a term above `above`. @returns when; null when nobody does before `limit` */
function nextLeader(kernel: Kernel, above: number, limit: Nanoseconds): Nanoseconds | null {
  for (;;) {
    const event = kernel.step(limit);
    if (!event) return null;
    for (const effect of event.effects) {
      if (effect.kind === 'note' && effect.key === 'raft.leader' && (effect.args['term'] as number) > above) return event.time;
    }
  }
}

/**
 * One trial of the paper's Figure 16: S1 leads and crashes at a time uniform within its heartbeat interval, which is half
 * the shortest election timeout; S4 and S5 lack an entry, so that neither can win.
 * The leader does not mend their logs because their answers do not reach it.
 * @returns how long nobody led; null when that was longer than `limit`
 */
export function downtime(range: Range, latency: Nanoseconds, seed: number, limit: Nanoseconds): Nanoseconds | null {
  const heartbeatInterval = range.min / 2;
  const timing = { electionTimeoutMin: range.min, electionTimeoutMax: range.max, heartbeatInterval, noOp: false };
  const holding = (terms: readonly number[], nodes: readonly string[]): ProcessSpec => ({
    ...raftOn(servers, { ...timing, initial: { currentTerm: 1, votedFor: null, terms } }),
    nodes,
  });
  const scenario = five([holding([1, 1], ['S1', 'S2', 'S3']), holding([1], ['S4', 'S5'])], latency);
  const elected = 2 * latency;
  // Trials are spread evenly over the interval: a uniform crash time, without a draw of its own.
  const within = Math.floor((((seed * 0.618033988749895) % 1) + 2) * heartbeatInterval);
  const crash = elected + within;
  const deaf = ['S4', 'S5'].map((node): AddressedIntervention => happens(`deaf-${node}`, 0, { kind: 'cut', link: `S1-${node}`, from: node, position: 0 }));
  const interventions = [...deaf.map((item, order) => ({ ...item, at: { ...item.at, order } })), happens('crash', crash, { kind: 'crash', node: 'S1' })];
  const kernel = new Kernel({ scenario: { ...scenario, workload: [campaignAt(0, 'S1')] }, seed, registry, interventions });
  if (nextLeader(kernel, 0, crash) !== elected) throw new Error('S1 does not lead when it should');
  const leader = nextLeader(kernel, 2, crash + limit);
  return leader === null ? null : leader - crash;
}

/** Four of five servers start at once. @returns whether the first term has no leader, and when its first timeout came. */
export function firstElection(range: Range, latency: Nanoseconds, seed: number): { readonly split: boolean; readonly firstTimeout: Nanoseconds } {
  const timing = { electionTimeoutMin: range.min, electionTimeoutMax: range.max, heartbeatInterval: range.min / 2, noOp: false };
  const kernel = new Kernel({ scenario: five([raftOn(servers, timing)], latency), seed, registry, interventions: [happens('crash', 0, { kind: 'crash', node: 'S5' })] });
  let firstTimeout: Nanoseconds | null = null;
  for (;;) {
    const event = kernel.step(range.max * 100);
    if (!event) throw new Error('Nobody was ever elected');
    if (firstTimeout === null && event.input.kind === 'timer' && event.input.timer === 'election') firstTimeout = event.time;
    for (const effect of event.effects) {
      if (effect.kind === 'note' && effect.key === 'raft.leader') return { split: (effect.args['term'] as number) > 1, firstTimeout: firstTimeout! };
    }
  }
}

/** The value below which this part of them lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
}

export const ms = (from: number, to: number): Range => ({ min: from * MILLISECOND, max: to * MILLISECOND });
