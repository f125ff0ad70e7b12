import type { NodeAt } from '../simulation/types.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import type { Version, View } from '../../workers/model/view.ts';

/** A view lists at most so many versions; a full list says nothing about what is not on it. */
export const KNOWN_MAX = 64;

/** How many nodes hold which version of one item. */
type Tally = { readonly holders: Map<number, number>; readonly tellingHolders: Map<number, number>; newest: number; isNews: boolean };

/** What one node says of one process. A `telling` node's list is whole: what is not on it, it does not have. */
type Told = { readonly knows: readonly Version[]; readonly telling: boolean };

/**
 * Who has the news. An item (an LSA, a rumour) is news as long as some node that is up demonstrably lacks its newest
 * version: it lists an older one, or its list has room and does not name the item.
 * It is kept up by what changed between two pictures, because 754 routers × 64 versions are too many to read each frame.
 */
export class News {
  private readonly spreads = new Map<string, Spread>();
  private readonly seen = new Map<NodeId, NodeAt>();
  private nodes: readonly NodeAt[] = [];

  /** @returns whether anything that spreads has changed. */
  update(nodes: readonly NodeAt[]): boolean {
    if (nodes === this.nodes) return false;
    let changed = false;
    for (const node of nodes) {
      if (this.seen.get(node.spec.id) === node) continue;
      this.seen.set(node.spec.id, node);
      for (const { process } of node.processes) this.spread(process);
      for (const [process, spread] of this.spreads) {
        // A machine that is down runs nothing, and knows nothing.
        const view = node.up ? node.processes.find((each) => each.process === process)?.view : undefined;
        if (spread.tell(node.spec.id, view)) changed = true;
      }
    }
    if (this.seen.size !== nodes.length && this.forgetRemoved(nodes)) changed = true;
    this.nodes = nodes;
    if (changed) for (const spread of this.spreads.values()) spread.judge();
    return changed;
  }

  private forgetRemoved(nodes: readonly NodeAt[]): boolean {
    const present = new Set(nodes.map((node) => node.spec.id));
    const removed = [...this.seen.keys()].filter((id) => !present.has(id));
    for (const id of removed) {
      this.seen.delete(id);
      for (const spread of this.spreads.values()) spread.tell(id, undefined);
    }
    return removed.length > 0;
  }

  private spread(process: string): Spread {
    const before = this.spreads.get(process);
    if (before) return before;
    const spread = new Spread();
    this.spreads.set(process, spread);
    return spread;
  }

  /** Whether the node has the newest version of something that others do not have yet. */
  isFresh(node: NodeId): boolean {
    for (const spread of this.spreads.values()) if (spread.isFresh(node)) return true;
    return false;
  }

  /** Whether anything spreads at all. */
  get spreading(): boolean {
    for (const spread of this.spreads.values()) if (spread.size > 0) return true;
    return false;
  }

  /** How many of the nodes that keep databases have the newest version of everything; null where nothing spreads, or nobody has anything yet. */
  agreement(): { readonly agree: number; readonly of: number } | null {
    let of = 0;
    let agree = 0;
    for (const spread of this.spreads.values()) {
      // Where nobody has anything yet there is nothing to agree on.
      if (!spread.holdsAnything) continue;
      of += spread.size;
      agree += spread.agreeing();
    }
    return of === 0 ? null : { agree, of };
  }
}

/** What spreads by one process. */
class Spread {
  private readonly told = new Map<NodeId, Told>();
  private readonly tallies = new Map<string, Tally>();
  private telling = 0;
  private someNews = false;

  get size(): number {
    return this.told.size;
  }

  get holdsAnything(): boolean {
    for (const tally of this.tallies.values()) if (tally.holders.size > 0) return true;
    return false;
  }

  /** @returns whether this is anything new. */
  tell(node: NodeId, view: View | undefined): boolean {
    const knows = view?.knows;
    const before = this.told.get(node);
    if (before?.knows === knows) return false;
    const after = knows && { knows, telling: knows.length < KNOWN_MAX && view.knowsMore !== true };
    if (after) this.told.set(node, after);
    else this.told.delete(node);
    if (before && after && before.telling === after.telling) {
      // Another reel says the same in other words.
      if (isSame(before.knows, after.knows)) return false;
      // Forward something is learnt, back it is unlearnt.
      const forward = inBoth(before.knows, after.knows);
      const common = forward.size > 0 ? forward : inBoth(after.knows, before.knows);
      this.count(before.knows, before.telling, -1, common);
      this.count(after.knows, after.telling, 1, common);
      return true;
    }
    if (before) this.count(before.knows, before.telling, -1);
    if (before?.telling) this.telling -= 1;
    if (after) this.count(after.knows, after.telling, 1);
    if (after?.telling) this.telling += 1;
    return true;
  }

  private count(knows: readonly Version[], telling: boolean, by: 1 | -1, except?: ReadonlySet<string>): void {
    for (const [item, version] of knows) {
      if (except?.has(item)) continue;
      let tally = this.tallies.get(item);
      if (!tally) {
        tally = { holders: new Map(), tellingHolders: new Map(), newest: version, isNews: false };
        this.tallies.set(item, tally);
      }
      add(tally.holders, version, by);
      if (telling) add(tally.tellingHolders, version, by);
      if (by === 1 && version > tally.newest) tally.newest = version;
      else if (!tally.holders.has(tally.newest)) tally.newest = Math.max(...tally.holders.keys());
    }
  }

  /** Finds out which items are news now. */
  judge(): void {
    this.someNews = false;
    for (const tally of this.tallies.values()) {
      tally.isNews = tally.holders.size > 1 || (tally.holders.size > 0 && (tally.tellingHolders.get(tally.newest) ?? 0) < this.telling);
      this.someNews ||= tally.isNews;
    }
  }

  isFresh(node: NodeId): boolean {
    const knows = this.someNews ? this.told.get(node)?.knows : undefined;
    // What was learnt last is most likely news.
    return knows?.findLast(([item, version]) => {
      const tally = this.tallies.get(item);
      return tally !== undefined && tally.isNews && version === tally.newest;
    }) !== undefined;
  }

  /** How many nodes lack nothing. */
  agreeing(): number {
    let items = 0;
    for (const tally of this.tallies.values()) if (tally.holders.size > 0) items += 1;
    let agree = 0;
    for (const { knows, telling } of this.told.values()) {
      const upToDate = knows.every(([item, version]) => this.tallies.get(item)?.newest === version);
      if (upToDate && (!telling || knows.length === items)) agree += 1;
    }
    return agree;
  }
}

function isSame(before: readonly Version[], after: readonly Version[]): boolean {
  return before.length === after.length && before.every(([item, version], at) => after[at]?.[0] === item && after[at]?.[1] === version);
}

/** Items of which both lists hold the same version. A list changes at its ends: what lies between is met in the same order. */
function inBoth(before: readonly Version[], after: readonly Version[]): ReadonlySet<string> {
  const common = new Set<string>();
  let next = 0;
  for (const [item, version] of before) {
    const other = after[next];
    if (!other || other[0] !== item || other[1] !== version) continue;
    common.add(item);
    next += 1;
  }
  return common;
}

function add(counts: Map<number, number>, version: number, by: number): void {
  const count = (counts.get(version) ?? 0) + by;
  if (count === 0) counts.delete(version);
  else counts.set(version, count);
}

const versionsOf = new WeakMap<View, ReadonlyMap<string, number>>();

/** What a view knows, by item. Kept with the view, which never changes. */
function known(view: View): ReadonlyMap<string, number> {
  const before = versionsOf.get(view);
  if (before) return before;
  const versions = new Map(view.knows ?? []);
  versionsOf.set(view, versions);
  return versions;
}

/** Whether a message tells its receiver nothing: every version that it carries, or a newer one, is there already. */
export function isRedundant(carried: readonly Version[], receiver: View | undefined): boolean {
  if (carried.length === 0 || !receiver) return false;
  const has = known(receiver);
  return carried.every(([item, version]) => (has.get(item) ?? -Infinity) >= version);
}
