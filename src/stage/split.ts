import type { Frame, SessionState } from '../simulation/types.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import { boxesAlong, sheetCrack, type SheetCrack } from './crack.ts';
import { cutGroups, type CutGroup } from './deeds.ts';
import { crossing, overlap, pointAt, type Box, type Point } from './geometry.ts';
import type { Island, Islands } from './islands.ts';
import type { Size } from './layers.ts';
import type { Looks } from './looks.ts';
import type { LinkMark, Scene } from './scene.ts';
import { cutOf } from './states.ts';

/** Cuts that one deed has made, and the crack that leads through them, where there is a single one. */
export type Split = { readonly group: CutGroup; readonly crack: SheetCrack | null; readonly links: readonly LinkMark[] };

/** All that is cut. */
export type Splits = {
  readonly list: readonly Split[];
  /** Links whose cuts are part of a crack in the sheet: they have none of their own. */
  readonly inSheet: ReadonlySet<LinkId>;
  /** What words keep clear of. */
  readonly boxes: readonly Box[];
};

const none: Splits = { list: [], inSheet: new Set(), boxes: [] };

/** Finds the cracks anew when something has been cut, healed or moved. */
export function splitter(): (frame: Frame, state: Pick<SessionState, 'branches' | 'branch'>, scene: Scene, version: number, looks: Looks, size: Size) => Splits {
  let seen: readonly unknown[] = [];
  let splits = none;
  return (frame, state, scene, version, looks, size) => {
    const branch = state.branches.find((each) => each.branch === state.branch);
    // Islands are found anew at each event, and are nearly always the same.
    const apart = looks.islands?.list.map(({ voters }) => voters.join()).join(' ') ?? '';
    const inputs = [frame.links, branch, scene, version, apart, size];
    if (inputs.every((input, at) => input === seen[at])) return splits;
    seen = inputs;
    splits = splitsOf(cutGroups(frame, branch), frame, scene, looks.islands, size);
    return splits;
  };
}

function splitsOf(groups: readonly CutGroup[], frame: Frame, scene: Scene, islands: Islands | null, size: Size): Splits {
  if (groups.length === 0) return none;
  const apart = sidesOf(frame, islands);
  const room = { ...size, nodes: scene.nodes.map(({ box }) => box) };
  const list = groups.map((group): Split => {
    const links = group.links.flatMap((id) => scene.link(id) ?? []);
    const cuts = links.flatMap((link) => cutPoint(link, frame) ?? []);
    const through = links.every(({ spec: { ends: [a, b] } }) => apart(a, b));
    const crack = cuts.length === links.length ? sheetCrack(cuts, through, room) : null;
    return { group, links, crack: crack && !crossesWhole(crack, frame, scene) ? crack : null };
  });
  return {
    list,
    inSheet: new Set(list.flatMap(({ group, crack }) => (crack ? group.links : []))),
    boxes: list.flatMap(({ crack }) => (crack ? boxesAlong(crack) : [])),
  };
}

/** Whether a crack would run through a link that is not cut. */
function crossesWhole({ line }: SheetCrack, frame: Frame, scene: Scene): boolean {
  return frame.links.some(({ spec, state }) => {
    const curve = cutOf(state)?.oneWay === null ? undefined : scene.link(spec.id)?.curve;
    return curve !== undefined && line.slice(1).some((point, at) => crossing(curve, line[at] ?? point, point) !== null);
  });
}

/** Where a link is cut in both directions. */
function cutPoint(link: LinkMark, frame: Frame): Point | null {
  const state = frame.links.find(({ spec }) => spec.id === link.spec.id)?.state;
  const cut = state ? cutOf(state) : null;
  return cut?.oneWay === null ? pointAt(link.curve, cut.at) : null;
}

/** Whether two nodes cannot reach each other: voters by their islands, all others by what is left of the links. */
function sidesOf(frame: Frame, islands: Islands | null): (a: NodeId, b: NodeId) => boolean {
  const parts = partsOf(frame);
  return (a, b) => {
    const [first, second] = [islands?.of.get(a), islands?.of.get(b)];
    return first && second ? first !== second : parts.get(a) !== parts.get(b);
  };
}

/** A number for each node: the same where links still lead from one to the other. */
function partsOf({ nodes, links }: Frame): ReadonlyMap<NodeId, number> {
  const neighbours = new Map<NodeId, NodeId[]>(nodes.map(({ spec }) => [spec.id, []]));
  for (const { spec: { ends: [a, b] }, state } of links) {
    if (cutOf(state)?.oneWay === null) continue;
    neighbours.get(a)?.push(b);
    neighbours.get(b)?.push(a);
  }
  const parts = new Map<NodeId, number>();
  for (const { spec } of nodes) {
    if (parts.has(spec.id)) continue;
    const part = parts.size;
    const found = [spec.id];
    parts.set(spec.id, part);
    for (const node of found) {
      for (const next of neighbours.get(node) ?? []) {
        if (parts.has(next)) continue;
        parts.set(next, part);
        found.push(next);
      }
    }
  }
  return parts;
}

/** Height of the line at the foot of the stage in which a cut's label and the islands' majorities stand (px above the edge). */
const FOOT = 37;
/** A crack that leaves at the side has its label so far from the edge (px). */
const SIDE = 120;
const PILL = { halfWidth: 75, halfHeight: 13 };
/** On a small stage it stands above the islands' majorities, and says only how to heal. */
const FOOT_SMALL = 52;
const PILL_SMALL = { halfWidth: 42, halfHeight: 13 };

/** The place of a cut's label on its crack: near the end at which it leaves the stage, below if possible. */
export function pillOn({ line, through }: SheetCrack, { width, height }: Size, small = false): Box {
  const pill = small ? PILL_SMALL : PILL;
  const foot = small ? FOOT_SMALL : FOOT;
  const end = line.at(-1) ?? { x: 0, y: 0 };
  if (!through) return { x: end.x, y: Math.min(height - 20, end.y + 20), ...pill };
  for (let at = line.length - 1; at > 0; at -= 1) {
    const [a, b] = [line[at - 1], line[at]];
    if (!a || !b) continue;
    if (end.y >= height && a.y <= height - foot) return { ...along(a, b, (height - foot - a.y) / (b.y - a.y)), ...pill };
    if (end.x >= width && a.x <= width - SIDE) return { ...along(a, b, (width - SIDE - a.x) / (b.x - a.x)), ...pill };
  }
  return { x: end.x, y: Math.min(height - foot, Math.max(foot, end.y)), ...pill };
}

function along(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}

/** How an island stands, and where that is written. */
export type IslandNote = { readonly island: Island; readonly of: number; readonly majority: number; readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' | 'middle' };

/** Room that an island's note takes (px). */
const NOTE_WIDTH = 196;
const NOTE_WIDTH_SHORT = { majority: 150, none: 96 };
/** At the lower right stands the button that opens the drawer (px). */
const CORNER = 130;
/** The key of a cluster with clients, at the lower left (px). */
const KEY_WIDTH = 280;
const KEY_HEIGHT = 128;
/** How much higher a note stands for which there is no room beside the label, and how near to the crack then (px). */
const RISE = 40;
const RISE_SHORT = 66;
const NARROW = 32;

/** Where islands are told of: two on both sides of the crack between them, more of them below their nodes. */
export function islandNotes(islands: Islands | null, splits: Splits, scene: Scene, { width, height }: Size, pill: Box | null): readonly IslandNote[] {
  if (!islands || islands.list.length < 2) return [];
  const short = scene.detail !== 'full';
  const roomOf = ({ majority }: Island): number => (short ? NOTE_WIDTH_SHORT[majority ? 'majority' : 'none'] : NOTE_WIDTH);
  const note = (island: Island, x: number, y: number, anchor: IslandNote['anchor']): IslandNote => {
    const room = roomOf(island);
    const [left, right] = anchor === 'start' ? [4, room] : anchor === 'end' ? [room, 4] : [room / 2, room / 2];
    const place = { x: Math.min(width - right - 6, Math.max(left + 6, x)), y: Math.min(height - 14, Math.max(14, y)) };
    return { island, of: islands.voters, majority: islands.majority, anchor, x: place.x, y: clearOfNodes({ x: place.x + (right - left) / 2, y: place.y, halfWidth: room / 2, halfHeight: 9 }, scene, height) };
  };
  const cracks = splits.list.flatMap(({ crack }) => (crack?.through ? [crack] : []));
  const [crack] = cracks;
  const [one, other] = islands.list;
  if (!crack || cracks.length > 1 || islands.list.length > 2 || !one || !other) {
    return islands.list.map((island) => {
      const foot = footOf(island, scene);
      return note(island, foot.x, foot.y + 40, 'middle');
    });
  }
  const upright = isUpright(crack);
  const [before, after] = middleOf(one, scene, upright) <= middleOf(other, scene, upright) ? [one, other] : [other, one];
  const place = pill ?? pillOn(crack, { width, height });
  const gap = short ? NARROW : (pill ? PILL.halfWidth : 14) + 14;
  if (!upright) return [note(before, place.x, place.y - 34, 'middle'), note(after, place.x, place.y + 34, 'middle')];
  const y = short ? height - 18 : place.y;
  const x = short ? crossingAt(crack, y) : place.x;
  // Where there is no room beside the label, it stands above, beside the crack itself.
  const clients = !short && scene.nodes.some(({ glyph }) => glyph === 'client');
  const higher = clients ? height - KEY_HEIGHT : y - (short ? RISE_SHORT : RISE);
  const beside = (by: number, anchor: 'start' | 'end', fits: boolean): readonly [number, number, 'start' | 'end'] =>
    fits ? [x + by * gap, y, anchor] : [crossingAt(crack, higher) + by * NARROW, higher, anchor];
  return [
    note(before, ...beside(-1, 'end', x - gap - roomOf(before) > (clients ? KEY_WIDTH : 6))),
    note(after, ...beside(1, 'start', x + gap + roomOf(after) < width - (short ? 6 : CORNER))),
  ];
}

/** A note keeps clear of nodes: a little higher or lower than it would stand, if that helps. */
function clearOfNodes(box: Box, scene: Scene, height: number): number {
  const free = (y: number): boolean => y > 14 && y < height - 12 && scene.nodes.every((node) => overlap({ ...box, y }, node.box) === 0);
  return [0, -34, 34, -68, 68].map((shift) => box.y + shift).find(free) ?? box.y;
}

function isUpright({ line }: SheetCrack): boolean {
  const [first, last] = [line[0], line.at(-1)];
  return !first || !last || Math.abs(last.y - first.y) >= Math.abs(last.x - first.x);
}

/** Where an upright crack is at a height of the stage. */
function crossingAt({ line }: SheetCrack, y: number): number {
  const lower = line.findIndex((point) => point.y >= y);
  const [a, b] = [line[lower - 1], line[lower]];
  if (!a || !b) return line.at(-1)?.x ?? 0;
  return a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y || 1);
}

function middleOf({ voters }: Island, scene: Scene, upright: boolean): number {
  const boxes = voters.flatMap((id) => scene.node(id)?.box ?? []);
  return boxes.reduce((sum, box) => sum + (upright ? box.x : box.y), 0) / (boxes.length || 1);
}

/** Below the lowest node of an island, in its middle. */
function footOf({ voters }: Island, scene: Scene): Point {
  const boxes = voters.flatMap((id) => scene.node(id)?.box ?? []);
  const lowest = Math.max(0, ...boxes.map((box) => box.y + box.halfHeight));
  return { x: boxes.reduce((sum, box) => sum + box.x, 0) / (boxes.length || 1), y: lowest };
}
