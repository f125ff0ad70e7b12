/** A weighted round-robin, in each of its forms, gives every server exactly its share over a cycle. */
import type { TapeEvent } from '../../../model/event.ts';
import type { Invariant } from '../../../model/invariant.ts';
import { emptyTable, tableGet, tableRemove, tableSet, type Table } from '../../../model/table.ts';
import { weightOf } from './available.ts';
import { countAt, type Counts, isSame, noCounts, withCount } from './counts.ts';
import { configAt, stateAt } from './look.ts';
import type { BalancerState, Config } from './state.ts';

/** What a balancer has chosen in the cycle that it is in; `cycle` 0: it cannot be said where one begins, until another policy begins. */
type Cycle = {
  readonly policy: string;
  readonly open: readonly number[];
  readonly weights: readonly number[];
  /** Choices in a whole cycle, and those made in this one: in all, and by index of the server. */
  readonly cycle: number;
  readonly made: number;
  readonly counts: Counts;
};

const weighted = ['wrr', 'interleaved-wrr', 'smooth-wrr', 'edf'];
const CYCLE_MAX = 100_000;

export const weightedCounts: Invariant = {
  name: 'balance.weighted-counts',
  source: 'Linux IPVS, nginx and Envoy, weighted round-robin: in a cycle each server is chosen as often as its weight says',
  sense: 'always',
  on: ['start', 'balance.pick'],
  initial: emptyTable<Cycle>(),
  step(value, event, look, broken) {
    const cycles = value as Table<Cycle>;
    const node = event.node ?? '';
    // A balancer that starts remembers nothing.
    if (event.input.kind === 'start') return tableRemove(cycles, node);
    const state = stateAt(look, node);
    const config = configAt(look, node);
    if (state?.role !== 'balancer' || !config) return cycles;
    let cycle = cycleAt(tableGet(cycles, node), state, config);
    for (const server of picksOf(event)) {
      cycle = chosen(cycle, server);
      if (cycle.cycle === 0 || cycle.made < cycle.cycle) continue;
      const wrong = cycle.open.find((index) => countAt(cycle.counts, index) * sumOf(cycle) !== weightOf(cycle, index) * cycle.cycle);
      if (wrong !== undefined) broken({ node, target: config.servers[wrong] ?? null, counted: countAt(cycle.counts, wrong), picks: cycle.cycle, expected: (weightOf(cycle, wrong) * cycle.cycle) / sumOf(cycle) });
      cycle = { policy: cycle.policy, open: cycle.open, weights: cycle.weights, cycle: cycle.cycle, made: 0, counts: noCounts };
    }
    return tableSet(cycles, node, cycle);
  },
};

function picksOf({ effects }: TapeEvent): readonly number[] {
  return effects.flatMap((effect) => (effect.kind === 'note' && effect.key === 'balance.pick' ? [Number(effect.args['server'])] : []));
}

function chosen({ policy, open, weights, cycle, made, counts }: Cycle, server: number): Cycle {
  return cycle === 0 ? { policy, open, weights, cycle, made, counts } : { policy, open, weights, cycle, made: made + 1, counts: withCount(counts, server, countAt(counts, server) + 1) };
}

/** Goes on with the cycle, or begins one where the policy does; whose servers or weights have changed is somewhere in the middle of one. */
function cycleAt(before: Cycle | undefined, { policy, open, servers }: BalancerState, config: Config): Cycle {
  const { weights } = config;
  if (before?.policy !== policy) {
    const anew = { policy, open, weights, cycle: 0, made: 0, counts: noCounts };
    return mayJudge(config, servers) ? { ...anew, cycle: lengthOf(anew) } : anew;
  }
  if (before.cycle === 0 || (isSame(before.open, open) && isSame(before.weights, weights) && mayJudge(config, servers))) return before;
  return { policy, open, weights, cycle: 0, made: 0, counts: noCounts };
}

/** Not where a key stays with its server, where one that is full is passed over, or where weights grow by the moment. */
function mayJudge({ sticky, requestsMax, slowStart }: Config, servers: BalancerState['servers']): boolean {
  return !sticky && requestsMax === 0 && (slowStart === 0 || servers.every(({ since }) => since < 0));
}

function sumOf(cycle: Pick<Cycle, 'open' | 'weights'>): number {
  return cycle.open.reduce((sum, index) => sum + weightOf(cycle, index), 0);
}

/** Choices in a cycle: the sum of the weights, by their greatest common divisor unless it goes round by round; 0 where there is none. */
function lengthOf({ policy, open, weights }: Cycle): number {
  const each = open.map((index) => weightOf({ weights }, index));
  if (!weighted.includes(policy) || each.some((weight) => !Number.isInteger(weight))) return 0;
  const divisor = policy === 'interleaved-wrr' ? 1 : each.reduce(commonDivisor, 0);
  const sum = each.reduce((total, weight) => total + weight, 0);
  return divisor === 0 || sum / divisor > CYCLE_MAX ? 0 : sum / divisor;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
