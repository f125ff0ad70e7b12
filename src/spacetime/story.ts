/** What changes slowly along a chain of pieces: lives, cracks between sides, terms and their leaders. Pure. */
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import type { AxisKind } from '../timeline/axis.ts';
import { partsOf } from './lanes.ts';
import type { Deed, Life, LifeChange, LinkChange, Piece } from './piece.ts';

/** A stretch of the axis on which a node lived in one way. */
export type LifeSpan = { readonly start: number; readonly end: number; readonly life: Life };

/** A crack between two neighbouring lifelines: between the one numbered `gap` and the next. */
export type Crack = { readonly gap: number; readonly start: number; readonly end: number };

/** How many nodes were in which term, oldest term first, on a stretch of the axis. */
export type TermSpan = { readonly start: number; readonly end: number; readonly shares: readonly { readonly term: number; readonly count: number }[] };

export type Reign = { readonly node: NodeId; readonly term: number; readonly start: number; readonly end: number };

/** A node took on a role. */
export type RoleStart = { readonly node: NodeId; readonly event: number; readonly at: number; readonly life: Life };

export type Story = {
  readonly lives: ReadonlyMap<NodeId, readonly LifeSpan[]>;
  readonly cracks: readonly Crack[];
  readonly terms: readonly TermSpan[];
  readonly reigns: readonly Reign[];
  readonly roles: readonly RoleStart[];
  readonly deeds: readonly Deed[];
};

/** The role of whoever leads, whatever the protocol: its term is led by it. */
const LEADER = 'leader';

function placeOn(kind: AxisKind): (change: { readonly event: number; readonly time: Nanoseconds }) => number {
  return kind === 'time' ? ({ time }) => time : ({ event }) => event;
}

export function storyOf(pieces: readonly Piece[], kind: AxisKind, lanes: readonly NodeId[]): Story {
  const changes = pieces.flatMap((piece) => piece.lifeChanges);
  const place = placeOn(kind);
  const lives = livesOf(pieces[0], changes, place);
  return {
    lives,
    cracks: cracksOf(pieces, lanes, place),
    ...termsOf(pieces[0], changes, place),
    roles: rolesOf(pieces[0], changes, place),
    deeds: pieces.flatMap((piece) => piece.deeds),
  };
}

type Place = (change: { readonly event: number; readonly time: Nanoseconds }) => number;

function livesOf(first: Piece | undefined, changes: readonly LifeChange[], place: Place): ReadonlyMap<NodeId, readonly LifeSpan[]> {
  const spans = new Map<NodeId, { start: number; end: number; life: Life }[]>();
  for (const [node, life] of first?.lives ?? []) spans.set(node, [{ start: -Infinity, end: Infinity, life }]);
  for (const change of changes) {
    const list = spans.get(change.node) ?? [];
    spans.set(change.node, list);
    const at = place(change);
    const last = list.at(-1);
    if (last && last.end === Infinity) last.end = at;
    if (change.life) list.push({ start: at, end: Infinity, life: change.life });
  }
  return spans;
}

/** Where neighbouring lifelines are on different sides of what is cut. */
function cracksOf(pieces: readonly Piece[], lanes: readonly NodeId[], place: Place): readonly Crack[] {
  const [first] = pieces;
  if (!first) return [];
  const links = new Map(first.links);
  const cracks: { gap: number; start: number; end: number }[] = [];
  const open = new Map<number, { gap: number; start: number; end: number }>();
  const look = (at: number): void => {
    const parts = partsOf(lanes, joining(links));
    for (let gap = 0; gap + 1 < lanes.length; gap++) {
      const apart = parts[gap] !== parts[gap + 1];
      const before = open.get(gap);
      if (apart && !before) {
        const crack = { gap, start: at, end: Infinity };
        open.set(gap, crack);
        cracks.push(crack);
      } else if (!apart && before) {
        before.end = at;
        open.delete(gap);
      }
    }
  };
  look(-Infinity);
  for (const changes of byEvent(pieces.flatMap((piece) => piece.linkChanges))) {
    for (const { link, ends, joins } of changes) links.set(link, { ends, joins });
    look(place(changes[0]!));
  }
  return cracks.filter(({ start, end }) => end > start);
}

function* joining(links: ReadonlyMap<LinkId, { readonly ends: readonly [NodeId, NodeId]; readonly joins: boolean }>): Iterable<{ readonly ends: readonly [NodeId, NodeId] }> {
  for (const link of links.values()) if (link.joins) yield link;
}

/** A partition cuts many links in one event: it is looked at once. */
function byEvent(changes: readonly LinkChange[]): readonly (readonly LinkChange[])[] {
  const groups: LinkChange[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    if (last?.[0]?.event === change.event) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

function termsOf(first: Piece | undefined, changes: readonly LifeChange[], place: Place): Pick<Story, 'terms' | 'reigns'> {
  const terms: { start: number; end: number; shares: TermSpan['shares'] }[] = [];
  const reigns: { node: NodeId; term: number; start: number; end: number }[] = [];
  const ruling = new Map<NodeId, { node: NodeId; term: number; start: number; end: number }>();
  const now = new Map<NodeId, Life>(first?.lives ?? []);
  const reign = (node: NodeId, life: Life | null, at: number): void => {
    const before = ruling.get(node);
    const term = life?.up === true && life.role === LEADER ? life.term : null;
    if (before && before.term !== term) {
      before.end = at;
      ruling.delete(node);
    }
    if (term !== null && !ruling.has(node)) {
      const begun = { node, term, start: at, end: Infinity };
      ruling.set(node, begun);
      reigns.push(begun);
    }
  };
  const count = (at: number): void => {
    const shares = sharesOf(now.values());
    const last = terms.at(-1);
    if (last && sameShares(last.shares, shares)) return;
    if (last) last.end = at;
    terms.push({ start: at, end: Infinity, shares });
  };
  for (const [node, life] of now) reign(node, life, -Infinity);
  count(-Infinity);
  for (const change of changes) {
    const at = place(change);
    if (change.life) now.set(change.node, change.life);
    else now.delete(change.node);
    reign(change.node, change.life, at);
    count(at);
  }
  return { terms: terms.filter(({ start, end, shares }) => end > start && shares.length > 0), reigns };
}

function sharesOf(lives: Iterable<Life>): TermSpan['shares'] {
  const counts = new Map<number, number>();
  // A crashed node has forgotten what it shows; it comes back with what its disk kept.
  for (const { term } of lives) if (term !== null) counts.set(term, (counts.get(term) ?? 0) + 1);
  return [...counts].map(([term, count]) => ({ term, count })).sort((a, b) => a.term - b.term);
}

function sameShares(a: TermSpan['shares'], b: TermSpan['shares']): boolean {
  return a.length === b.length && a.every(({ term, count }, at) => term === b[at]?.term && count === b[at]?.count);
}

function rolesOf(first: Piece | undefined, changes: readonly LifeChange[], place: Place): readonly RoleStart[] {
  const roles = new Map<NodeId, string | null>();
  for (const [node, life] of first?.lives ?? []) roles.set(node, life.role);
  return changes.flatMap((change) => {
    const { node, event, life } = change;
    const before = roles.get(node);
    roles.set(node, life?.role ?? null);
    // What a node begins with is no news, and neither is that it is none of the others any more.
    return life && life.role !== null && before !== undefined && before !== null && before !== life.role ? [{ node, event, at: place(change), life }] : [];
  });
}
