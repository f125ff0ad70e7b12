/** A hash ring or a lookup table as it is, where keys lie on it, and where they lay before the set of servers changed last. */
import type { Json } from '../../../model/json.ts';
import type { NodeId } from '../../../model/topology.ts';
import type { Panel, PlacedKey, TextRef } from '../../../model/view.ts';
import type { Members } from '../policies/members.ts';
import type { Candidate, PolicyId, PolicySettings } from '../policies/policy.ts';
import { policyOf } from '../policies/policies.ts';
import { placeOf, RING_SIZE } from '../policies/ring-hash.ts';
import { remainderOf, xxhash64 } from '../policies/xxhash64.ts';
import { isHashing, type Placing } from './placing.ts';
import type { BalancerState } from './state.ts';

/** What the three policies remember, as far as it is drawn. */
type Memory = { readonly virtualNodes?: number; readonly places?: readonly number[]; readonly owners?: readonly number[]; readonly table?: readonly number[] };

/** What a policy has made of a set of servers, and whose each key is by it. */
type Layout = { readonly memory: Memory; readonly owners: readonly number[] };

/** Points of a ring that can be told apart, and cells of a table. */
const POINTS_MAX = 1024;
const CELLS_MAX = 512;

const made = new WeakMap<Placing, { readonly memory: Json; readonly panel: Panel }>();

/** The panel of a balancer that chooses by a hash: the same object as long as nothing in it has changed. */
export function hashPanels({ policy, memory, placing }: Pick<BalancerState, 'policy' | 'memory' | 'placing'>): readonly Panel[] {
  if (!isHashing(policy) || placing.now.indices.length === 0) return [];
  const before = made.get(placing);
  if (before?.memory === memory) return [before.panel];
  const panel = hashPanel(policy, memory, placing);
  made.set(placing, { memory, panel });
  return [panel];
}

function hashPanel(policy: PolicyId, memory: Json, placing: Placing): Panel {
  const { servers, keys: names, now, before } = placing;
  const { table = [], virtualNodes = 0 } = (memory ?? {}) as Memory;
  const settings = { choices: 1, tableSize: table.length, virtualNodes, loadBound: 0, decay: 0 };
  const layout = (by: PolicyId, members: Members, from?: Json): Layout => layoutOf(by, members, placing, settings, from);
  // One is made from the other: of a ring of a thousand servers only those who came or went are hashed.
  const current = layout(policy, now, memory);
  const last = before && layout(policy, before, current.memory);
  const size = cellsIn(policy, current, now);
  const keys = names.map((key, at): PlacedKey => {
    const owner = servers[current.owners[at]!]!;
    return { key, at: placeOfKey(policy, key, size), node: owner, ...(last && { was: servers[last.owners[at]!]! }) };
  });
  const modulo = before && movedBetween(layout('source-hash', before).owners, layout('source-hash', now).owners);
  const aside = asideOf(policy, keys, modulo);
  if (policy === 'ring-hash') return { kind: 'hash-ring', id: 'hash', title: { key: 'balance.panel.ring' }, aside, points: pointsOf(current.memory, servers), keys };
  return {
    kind: 'hash-table',
    id: 'hash',
    title: { key: 'balance.panel.table' },
    aside,
    size,
    owners: cellsOf(tableOf(policy, current, now), servers),
    ownersBefore: last && before ? cellsOf(tableOf(policy, last, before), servers) : null,
    keys,
  };
}

/**
 * The policy itself is asked, as for a request, while nobody is busy.
 * @param from what it remembers at first
 */
function layoutOf(by: PolicyId, { indices, weights }: Members, { servers, keys }: Placing, settings: PolicySettings, from: Json = policyOf(by).initial(servers.length)): Layout {
  const policy = policyOf(by);
  const candidates = indices.map((index, at): Candidate => ({ index, server: servers[index]!, weight: weights[at]!, active: 0, queue: 0, latency: 0, latencyAt: 0 }));
  let memory = from;
  const owners = keys.map((key) => {
    const choice = policy.pick(memory, candidates, { client: '', request: 0, attempt: 1, key, now: 0 }, () => 0, settings);
    memory = choice.state;
    return choice.server;
  });
  return { memory: (memory ?? {}) as Memory, owners };
}

/** Whose each entry is: modulo n is a table of n entries. */
function tableOf(policy: PolicyId, { memory }: Layout, { indices }: Members): readonly number[] {
  return policy === 'source-hash' ? indices : (memory.table ?? []);
}

function cellsIn(policy: PolicyId, layout: Layout, members: Members): number {
  return policy === 'ring-hash' ? RING_SIZE : tableOf(policy, layout, members).length;
}

function placeOfKey(policy: PolicyId, key: string, size: number): number {
  return (policy === 'ring-hash' ? placeOf(key) : remainderOf(xxhash64(key), size)) / size;
}

/** The points of a ring; none where they are too many to be told apart. */
function pointsOf({ places = [], owners = [] }: Memory, servers: readonly NodeId[]): readonly { readonly at: number; readonly node: NodeId }[] {
  if (places.length > POINTS_MAX) return [];
  return places.map((place, at) => ({ at: place / RING_SIZE, node: servers[owners[at]!]! }));
}

/** A table in so many cells as can be drawn, each of them whose most of its entries are (the first of equals). */
function cellsOf(table: readonly number[], servers: readonly NodeId[]): readonly NodeId[] {
  const entries = Math.ceil(table.length / CELLS_MAX);
  if (entries <= 1) return table.map((owner) => servers[owner]!);
  return Array.from({ length: Math.ceil(table.length / entries) }, (_item, cell) => {
    const part = table.slice(cell * entries, (cell + 1) * entries);
    const counts = new Map<number, number>();
    for (const owner of part) counts.set(owner, (counts.get(owner) ?? 0) + 1);
    return servers[part.reduce((most, owner) => (counts.get(owner)! > counts.get(most)! ? owner : most))]!;
  });
}

function movedBetween(before: readonly number[], now: readonly number[]): number {
  return now.filter((owner, at) => owner !== before[at]).length;
}

/** How many keys lie elsewhere than before, and how many would if they went by the hash modulo n. */
function asideOf(policy: PolicyId, keys: readonly PlacedKey[], modulo: number | null): TextRef {
  if (modulo === null) return { key: 'balance.keys', args: { keys: keys.length } };
  const moved = keys.filter(({ node, was }) => was !== node).length;
  return policy === 'source-hash' ? { key: 'balance.keys.moved', args: { keys: keys.length, moved } } : { key: 'balance.keys.moved.modulo', args: { keys: keys.length, moved, modulo } };
}
