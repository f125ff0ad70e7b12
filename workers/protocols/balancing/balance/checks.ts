/** What must hold in every run, and which rules can be turned off to see it fail. */
import type { NoteArgs, TapeEvent } from '../../../model/event.ts';
import type { Invariant, Look } from '../../../model/invariant.ts';
import type { BugSwitch } from '../../../model/protocol.ts';
import { emptyTable, tableGet, tableKeys, tableRemove, tableSet, type Table } from '../../../model/table.ts';
import { isEjected } from './available.ts';
import { conservation, littlesLaw } from './checks-flow.ts';
import { maglevSteady, ringMonotone } from './checks-hash.ts';
import { weightedCounts } from './checks-weighted.ts';
import { stateAt } from './look.ts';

export { balanceMetrics } from './checks-metrics.ts';

export const balanceBugs: readonly BugSwitch[] = [
  { name: 'errors-ignored', rule: 'Envoy, outlier detection: consecutive errors eject a server' },
  { name: 'no-retry-budget', rule: 'Envoy, retry budget: retries under way are at most a part of the requests under way' },
  { name: 'hash-modulo-n', rule: 'Karger et al. 1997, section 4, "monotone": a key moves only to a server that is new' },
];

function notesOf(event: TapeEvent, key: string): readonly NoteArgs[] {
  return event.effects.flatMap((effect) => (effect.kind === 'note' && effect.key === key ? [effect.args] : []));
}

/** Requests sent and not heard of, by balancer and by server. */
type Underway = Table<Table<number>>;

/** What a balancer counts as under way at each server is what it has sent there and not heard of, or given up. */
const activeCounts: Invariant = {
  name: 'balance.active-counts',
  source: 'nginx, ngx_http_upstream_least_conn: conns goes up with each pick and down with each free',
  sense: 'always',
  on: ['start', 'balance.pick', 'balance.reply', 'balance.bad', 'balance.timeout'],
  initial: emptyTable<Table<number>>(),
  step(value, event, look, broken) {
    const node = String(event.node);
    if (event.input.kind === 'start') return tableRemove(value as Underway, node);
    let counts = tableGet(value as Underway, node) ?? emptyTable<number>();
    let touched: NoteArgs | null = null;
    for (const effect of event.effects) {
      if (effect.kind !== 'note') continue;
      const change = changeOf(effect.key, effect.args);
      if (change === 0) continue;
      const target = String(effect.args['target']);
      counts = tableSet(counts, target, (tableGet(counts, target) ?? 0) + change);
      if (effect.args['server'] !== undefined) touched = effect.args;
    }
    const state = stateAt(look, node);
    if (touched && state?.role === 'balancer') {
      const server = Number(touched['server']);
      const counted = tableGet(counts, String(touched['target'])) ?? 0;
      const { active } = state.servers[server]!;
      if (counted !== active) broken({ node, server, active, counted });
    }
    return tableSet(value as Underway, node, counts);
  },
};

function changeOf(key: string, args: NoteArgs): number {
  if (key === 'balance.pick') return 1;
  return key === 'balance.bad' || key === 'balance.timeout' || (key === 'balance.reply' && args['status'] === 200) ? -1 : 0;
}

const retryBudget: Invariant = {
  name: 'balance.retry-budget',
  source: 'Envoy, circuit breakers, retry_budget: 20 % of the requests under way, and 3 in any case',
  sense: 'always',
  on: ['balance.retry'],
  initial: null,
  step(value, event, _look, broken) {
    for (const { node, retries, allowed } of notesOf(event, 'balance.retry')) if (Number(retries) > Number(allowed)) broken({ node: node ?? null, retries: retries ?? 0, allowed: allowed ?? 0 });
    return value;
  },
};

/** Errors in a row, by balancer and server. */
type Streaks = Table<number>;

const outlierEjected: Invariant = {
  name: 'balance.outlier-ejected',
  source: 'Envoy, outlier detection, consecutive_5xx',
  sense: 'always',
  on: ['balance.bad', 'balance.reply', 'balance.eject', 'start'],
  initial: emptyTable<number>(),
  step(value, event, look, broken) {
    let streaks = value as Streaks;
    const set = ({ node, target }: NoteArgs, streak: number): void => {
      streaks = tableSet(streaks, `${String(node)} ${String(target)}`, streak);
    };
    // Who starts anew has counted nothing.
    if (event.input.kind === 'start') for (const name of tableKeys(streaks).filter((key) => key.startsWith(`${event.node} `))) streaks = tableRemove(streaks, name);
    if (streaks.size > 0) for (const args of notesOf(event, 'balance.reply')) if (args['status'] === 200) set(args, 0);
    for (const args of notesOf(event, 'balance.bad')) {
      const streak = (tableGet(streaks, `${String(args['node'])} ${String(args['target'])}`) ?? 0) + 1;
      set(args, streak);
      const limit = Number(args['limit']);
      if (limit > 0 && streak >= limit && !isAnyEjected(look, String(args['node']))) broken({ node: args['node'] ?? null, target: args['target'] ?? null, errors: streak, limit });
    }
    for (const args of notesOf(event, 'balance.eject')) set(args, 0);
    return streaks;
  },
};

/** While one is ejected, no other one need be. */
function isAnyEjected(look: Look, node: string): boolean {
  const state = stateAt(look, node);
  return state?.role === 'balancer' && state.servers.some(isEjected);
}

export const balanceInvariants: readonly Invariant[] = [conservation, littlesLaw, activeCounts, retryBudget, outlierEjected, weightedCounts, ringMonotone, maglevSteady];
