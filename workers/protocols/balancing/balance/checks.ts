/** What must hold in every run, and which rules can be turned off to see it fail. */
import type { NoteArgs, TapeEvent } from '../../../model/event.ts';
import type { Invariant, Look } from '../../../model/invariant.ts';
import type { BugSwitch } from '../../../model/protocol.ts';
import { emptyTable, tableForEach, tableGet, tableSet, type Table } from '../../../model/table.ts';
import type { Nanoseconds } from '../../../model/time.ts';
import { isEjected } from './available.ts';
import type { BalancerState, State } from './state.ts';

export { balanceMetrics } from './checks-metrics.ts';

export const balanceBugs: readonly BugSwitch[] = [
  { name: 'errors-ignored', rule: 'Envoy, outlier detection: consecutive errors eject a server' },
  { name: 'no-retry-budget', rule: 'Envoy, retry budget: retries under way are at most a part of the requests under way' },
  { name: 'hash-modulo-n', rule: 'Karger et al. 1997, section 4, "monotone": a key moves only to a server that is new' },
];

export function notesOf(event: TapeEvent, key: string): readonly NoteArgs[] {
  return event.effects.flatMap((effect) => (effect.kind === 'note' && effect.key === key ? [effect.args] : []));
}

function stateAt(look: Look, node: string): State | undefined {
  return look.state(node, 'balance') as State | undefined;
}

type Flow = { readonly arrived: number; readonly done: number; readonly dropped: number };
const noFlow: Flow = { arrived: 0, done: 0, dropped: 0 };

/** Requests that have arrived are done, dropped, or still waited for by their client. */
const conservation: Invariant = {
  name: 'balance.conservation',
  source: 'Flow conservation: arrived = done + dropped + in the system',
  sense: 'always',
  on: ['balance.arrive', 'balance.done', 'balance.fail', 'balance.forgotten'],
  initial: noFlow,
  step(value, event, look, broken) {
    let flow = value as Flow;
    for (const effect of event.effects) if (effect.kind === 'note') flow = counted(flow, effect.key, effect.args);
    const states = look.nodes.map((node) => stateAt(look, node));
    // What a client that is down was waiting for is counted when it has come back.
    if (states.includes(undefined)) return flow;
    const inSystem = states.reduce((sum, state) => sum + (state?.role === 'client' ? state.pending.size : 0), 0);
    if (flow.arrived !== flow.done + flow.dropped + inSystem) broken({ ...flow, inSystem });
    return flow;
  },
};

function counted(flow: Flow, key: string, args: NoteArgs): Flow {
  switch (key) {
    case 'balance.arrive':
      return { ...flow, arrived: flow.arrived + 1 };
    case 'balance.done':
      return { ...flow, done: flow.done + 1 };
    case 'balance.fail':
      return { ...flow, dropped: flow.dropped + 1 };
    case 'balance.forgotten':
      return { ...flow, dropped: flow.dropped + Number(args['requests']) };
    default:
      return flow;
  }
}

/** What a balancer counts as under way at each server is what it has sent there and not heard of. */
const activeCounts: Invariant = {
  name: 'balance.active-counts',
  source: 'nginx, ngx_http_upstream_least_conn: conns goes up with each pick and down with each free',
  sense: 'always',
  on: ['balance.pick', 'balance.reply', 'balance.timeout'],
  initial: null,
  step(value, event, look, broken) {
    const state = event.node === null ? undefined : stateAt(look, event.node);
    if (state?.role !== 'balancer') return value;
    const counts = state.servers.map(() => 0);
    tableForEach(state.underway, ({ server }) => counts[server]!++);
    const wrong = counts.findIndex((count, index) => count !== state.servers[index]!.active);
    if (wrong >= 0) broken({ node: event.node, server: wrong, active: state.servers[wrong]!.active, counted: counts[wrong]! });
    return value;
  },
};

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
  on: ['balance.bad', 'balance.reply', 'balance.eject'],
  initial: emptyTable<number>(),
  step(value, event, look, broken) {
    let streaks = value as Streaks;
    const set = ({ node, target }: NoteArgs, streak: number): void => {
      streaks = tableSet(streaks, `${String(node)} ${String(target)}`, streak);
    };
    for (const args of notesOf(event, 'balance.reply')) if (args['status'] === 200) set(args, 0);
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

/** Where a key was sent last, and when. */
type Places = Table<{ readonly server: number; readonly at: Nanoseconds }>;

/** Keys move only off servers that went, or to servers that came: for the ring, to the key. */
const ringMonotone: Invariant = {
  name: 'balance.ring-monotone',
  source: 'Karger et al.: "Consistent Hashing and Random Trees", STOC 1997, section 4, monotonicity',
  sense: 'always',
  on: ['balance.pick', 'intervention'],
  initial: emptyTable<{ readonly server: number; readonly at: Nanoseconds }>(),
  step(value, event, look, broken) {
    // What a hand changes, the weights for one, may move keys.
    if (event.input.kind === 'intervention') return emptyTable<{ readonly server: number; readonly at: Nanoseconds }>();
    let places = value as Places;
    for (const { node, key, server, policy, target } of notesOf(event, 'balance.pick')) {
      if (policy !== 'ring-hash') continue;
      const name = `${String(node)} ${String(key)}`;
      const before = tableGet(places, name);
      const state = stateAt(look, String(node));
      const now = Number(server);
      if (before && before.server !== now && state?.role === 'balancer' && isWell(state, before.server) && state.servers[now]!.since < before.at) {
        broken({ node: node ?? null, key: key ?? null, was: before.server, server: now, target: target ?? null });
      }
      places = tableSet(places, name, { server: now, at: event.time });
    }
    return places;
  },
};

function isWell({ servers, scale }: BalancerState, index: number): boolean {
  const known = servers[index]!;
  return index < scale.ready && known.healthy && !isEjected(known);
}

export const balanceInvariants: readonly Invariant[] = [conservation, activeCounts, retryBudget, outlierEjected, ringMonotone];
