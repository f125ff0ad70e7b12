/** A hash policy moves only what it must: keys leave servers that go, or come to servers that come. */
import type { NoteArgs } from '../../../model/event.ts';
import type { Invariant } from '../../../model/invariant.ts';
import { emptyTable, tableGet, tableRemove, tableSet, type Table } from '../../../model/table.ts';
import { weightOf } from './available.ts';
import { countAt, type Counts, isSame, noCounts, withCount } from './counts.ts';
import { configAt, stateAt } from './look.ts';
import type { BalancerState, Config } from './state.ts';

/** A key's server, and the set (by its number) and the event in which it was sent there. */
type Place = { readonly server: number; readonly set: number; readonly event: number };

/** What a balancer has sent where. */
type Placed = {
  readonly open: readonly number[];
  readonly weights: readonly number[];
  /** How many sets of servers and weights there were before this one. */
  readonly set: number;
  /** By index: the last event at which it was seen to have more weight than before, or less. */
  readonly gained: Counts;
  readonly lost: Counts;
  readonly places: Table<Place>;
  /** Of the keys whose server in the set before has no less weight now: how many stayed, and how many moved to one that has no more. */
  readonly stayed: number;
  readonly moved: number;
  /** What else decides where a key lies. */
  readonly layout: number;
};

/** So many keys are followed. */
const KEYS_MAX = 4096;
/** Maglev's table is large enough to be steady (the paper, section 5.3: M > 100 N): it moves at most so much besides, and a few by chance. */
const ENTRIES_EACH = 100;
const PART_MAX = 0.05;
const CHANCE = 3;

/** How a policy is followed: what else decides where a key lies, or null where more than the key decides. */
type Follow = (config: Config) => number | null;

function follower(policy: string, follow: Follow, judge: (placed: Placed, move: Move) => NoteArgs | null): Pick<Invariant, 'on' | 'initial' | 'step'> {
  return {
    on: ['start', 'balance.pick'],
    initial: emptyTable<Placed>(),
    step(value, event, look, broken) {
      let all = value as Table<Placed>;
      const node = event.node ?? '';
      if (event.input.kind === 'start') return tableRemove(all, node);
      const state = stateAt(look, node);
      const config = configAt(look, node);
      if (state?.role !== 'balancer' || !config) return all;
      for (const effect of event.effects) {
        if (effect.kind !== 'note' || effect.key !== 'balance.pick' || effect.args['policy'] !== policy) continue;
        const layout = config.sticky || config.requestsMax > 0 ? null : follow(config);
        if (layout === null) return tableRemove(all, node);
        const placed = placedAt(tableGet(all, node), state, config, layout, event.event);
        const { after, move } = moved(placed, String(effect.args['key']), Number(effect.args['server']), event.event);
        const wrong = move ? judge(after, move) : null;
        if (wrong) broken({ ...wrong, node, target: effect.args['target'] ?? null });
        all = tableSet(all, node, after);
      }
      return all;
    },
  };
}

/** A key that moved from a server that did not go to one that did not come. */
type Move = { readonly key: string; readonly was: number; readonly server: number };

function moved(placed: Placed, key: string, server: number, event: number): { readonly after: Placed; readonly move: Move | null } {
  const { open, weights, set, gained, lost, places, layout } = placed;
  const before = tableGet(places, key);
  if (!before && places.size >= KEYS_MAX) return { after: placed, move: null };
  const isKept = before !== undefined && countAt(lost, before.server) <= before.event;
  const isMoved = isKept && before.server !== server && countAt(gained, server) <= before.event;
  const isCounted = isKept && before.set >= set - 1;
  const after: Placed = {
    open,
    weights,
    set,
    gained,
    lost,
    places: tableSet(places, key, { server, set, event }),
    stayed: placed.stayed + (isCounted && !isMoved && before.set < set ? 1 : 0),
    moved: placed.moved + (isCounted && isMoved ? 1 : 0),
    layout,
  };
  return { after, move: isMoved ? { key, was: before.server, server } : null };
}

/** With what has changed in the set of servers since it was looked at last. */
function placedAt(before: Placed | undefined, { open }: BalancerState, { weights, servers }: Config, layout: number, event: number): Placed {
  if (before === undefined || before.layout !== layout) return { open, weights, set: 0, gained: noCounts, lost: noCounts, places: emptyTable(), stayed: 0, moved: 0, layout };
  if (isSame(before.open, open) && isSame(before.weights, weights)) return before;
  let { gained, lost } = before;
  for (let index = 0; index < servers.length; index++) {
    const change = (open.includes(index) ? weightOf({ weights }, index) : 0) - (before.open.includes(index) ? weightOf(before, index) : 0);
    if (change > 0) gained = withCount(gained, index, event);
    if (change < 0) lost = withCount(lost, index, event);
  }
  return { open, weights, set: before.set + 1, gained, lost, places: before.places, stayed: 0, moved: 0, layout };
}

/** On a ring a key moves only from a server that went (or lost weight), or to one that came (or gained some). */
export const ringMonotone: Invariant = {
  name: 'balance.ring-monotone',
  source: 'Karger et al.: "Consistent Hashing and Random Trees", STOC 1997, section 4, monotonicity',
  sense: 'always',
  ...follower(
    'ring-hash',
    // With bounded loads it is also the load that decides.
    ({ loadBound, virtualNodes }) => (loadBound > 0 ? null : virtualNodes),
    (_placed, { key, was, server }) => ({ key, was, server }),
  ),
};

/** Maglev moves what it must, and little besides. */
export const maglevSteady: Invariant = {
  name: 'balance.maglev-steady',
  source: 'Eisenbud et al.: "Maglev: A Fast and Reliable Software Network Load Balancer", NSDI 2016, sections 3.4 and 5.3: minimal disruption',
  sense: 'always',
  ...follower(
    'maglev',
    ({ tableSize, servers }) => (tableSize < ENTRIES_EACH * servers.length ? null : tableSize),
    ({ stayed, moved: besides }) => (besides > CHANCE + PART_MAX * (stayed + besides) ? { moved: besides, keys: stayed + besides } : null),
  ),
};
