import type { ZoomTransform } from 'd3-zoom';
import type { LinkId, LinkSpec, NodeId, NodeSpec } from '../../workers/model/topology.ts';
import type { View } from '../../workers/model/view.ts';
import { glyphRadius, type Detail } from './detail.ts';
import { bowedCurve, loopCurve, rimPoint, straightCurve, textWidth, type Box, type Curve, type Point } from './geometry.ts';

export type Glyph = View['glyph'];

/** A node as it is drawn. */
export type NodeMark = {
  readonly spec: NodeSpec;
  readonly links: LinkMark[];
  glyph: Glyph;
  /** In units of the layout. */
  home: Point;
  /** Its outline in px of the stage; a disc's has room for the ring around it. */
  box: Box;
  round: boolean;
  /** Radius of the disc inside its ring, and whether its label is written in it. */
  disc: number;
  inside: boolean;
};

/** A link as it is drawn. Fractions along its curve are fractions of the link, from rim to rim. */
export type LinkMark = {
  readonly spec: LinkSpec;
  readonly ends: readonly [NodeMark, NodeMark];
  /** Which of the links between the same two nodes it is, from the middle one: 0 lies straight. */
  readonly lane: number;
  curve: Curve;
  /** What waits at one of its ends, and takes up the end of its curve; null where nothing does. */
  line: LineOnLink | null;
};

/** A line of requests at the end of a link: what comes to it stops at `until`, a fraction from the link's first end; what leaves passes above it. */
export type LineOnLink = {
  /** The node at which they wait. */
  readonly at: NodeId;
  readonly until: number;
  /** How far above the link it is passed (px). */
  readonly above: number;
};

/** How large a node is drawn (px). */
export type MarkSize = { readonly halfWidth: number; readonly halfHeight: number; readonly round: boolean; readonly disc: number; readonly inside: boolean };

/** Marks that stand in lanes have sizes and ways of their own. */
export type Lanes = {
  /** Takes the camera's scale. @returns the detail that there is room for. */
  scaled(scale: number): Detail;
  /** Null for a mark that is no part of them. */
  sizeOf(node: NodeMark): MarkSize | null;
  curveOf(link: LinkMark): Curve | null;
  /** Radius of a message's glyph (px). */
  readonly radius: number;
};

/** Distance between parallel links (px). */
const LANE = 18;

/** Where everything is: the marks of the drawing, in layout units and in px. */
export class Scene {
  readonly nodes: readonly NodeMark[];
  readonly links: readonly LinkMark[];
  private readonly nodesById: ReadonlyMap<NodeId, NodeMark>;
  private readonly linksById: ReadonlyMap<LinkId, LinkMark>;
  detail: Detail = 'full';
  lanes: Lanes | null = null;
  private crowd = 0;

  constructor(nodes: readonly NodeSpec[], links: readonly LinkSpec[], positions: ReadonlyMap<NodeId, Point>) {
    this.nodes = nodes.map((spec) => ({
      spec,
      links: [],
      glyph: 'plain',
      home: positions.get(spec.id) ?? { x: 0, y: 0 },
      box: { x: 0, y: 0, halfWidth: 0, halfHeight: 0 },
      round: false,
      disc: 0,
      inside: false,
    }));
    this.nodesById = new Map(this.nodes.map((node) => [node.spec.id, node]));
    this.links = marksOf(links, this.nodesById);
    this.linksById = new Map(this.links.map((link) => [link.spec.id, link]));
  }

  node(id: NodeId): NodeMark | undefined {
    return this.nodesById.get(id);
  }

  link(id: LinkId): LinkMark | undefined {
    return this.linksById.get(id);
  }

  /** Radius of a message's glyph (px). */
  get glyphRadius(): number {
    return this.lanes?.radius ?? glyphRadius(this.detail);
  }

  /** Puts everything where the camera shows it. */
  place(camera: ZoomTransform): void {
    // Among routers, which are small, a disc is no larger than it must be.
    this.crowd = this.nodes.some(({ glyph }) => glyph === 'router') ? Infinity : this.nodes.length;
    for (const node of this.nodes) this.placeNode(node, camera);
    for (const link of this.links) link.curve = this.curveOf(link);
  }

  /** Moves one node, and its links with it. */
  move(node: NodeMark, home: Point, camera: ZoomTransform): void {
    node.home = home;
    this.placeNode(node, camera);
    for (const link of this.lanes ? this.links : node.links) link.curve = this.curveOf(link);
  }

  private curveOf(link: LinkMark): Curve {
    return this.lanes?.curveOf(link) ?? curveOf(link);
  }

  private placeNode(node: NodeMark, camera: ZoomTransform): void {
    const { halfWidth, halfHeight, round, disc, inside } = this.lanes?.sizeOf(node) ?? sizeOf(node, this.detail, this.crowd);
    node.box = { x: camera.applyX(node.home.x), y: camera.applyY(node.home.y), halfWidth, halfHeight };
    node.round = round;
    node.disc = disc;
    node.inside = inside;
  }
}

function marksOf(links: readonly LinkSpec[], nodes: ReadonlyMap<NodeId, NodeMark>): LinkMark[] {
  const pairs = new Map<string, LinkSpec[]>();
  for (const link of links) {
    const pair = link.ends.toSorted().join('\n');
    const same = pairs.get(pair);
    if (same) same.push(link);
    else pairs.set(pair, [link]);
  }
  return links.flatMap((spec) => {
    const a = nodes.get(spec.ends[0]);
    const b = nodes.get(spec.ends[1]);
    if (!a || !b) return [];
    const same = pairs.get(spec.ends.toSorted().join('\n')) ?? [spec];
    const rank = same.indexOf(spec);
    // Counted from the same side, whichever end a link names first.
    const side = spec.ends[0] <= spec.ends[1] ? 1 : -1;
    const lane = a === b ? rank : (rank - (same.length - 1) / 2) * side;
    const mark: LinkMark = { spec, ends: [a, b], lane, curve: straightCurve(a.box, b.box), line: null };
    a.links.push(mark);
    if (a !== b) b.links.push(mark);
    return [mark];
  });
}

function curveOf({ ends: [a, b], lane }: LinkMark): Curve {
  if (a === b) return loopCurve(a.box, a.box.halfHeight, 26 + lane * 12);
  const aside = lane === 0 ? null : bowedCurve(a.box, b.box, lane * LANE);
  const from = rimPoint(a.box, aside?.first ?? b.box, a.round);
  const to = rimPoint(b.box, aside?.second ?? a.box, b.round);
  const forward = (to.x - from.x) * (b.box.x - a.box.x) + (to.y - from.y) * (b.box.y - a.box.y);
  // Nodes that lie on each other: their rims have changed sides.
  if (forward <= 0) return straightCurve(a.box, b.box);
  return aside ? bowedCurve(from, to, lane * LANE) : straightCurve(from, to);
}

/** Room for the ring around a disc, with a gap to the links (px). */
export const RING = 9;
const RING_COMPACT = 7;

/** Width of the rim from which a link is drawn (px beyond the outline). */
export const RIM = 8;

/** Of so few nodes each is drawn large, even on a small stage. */
const FEW = 9;
const SOME = 14;

function sizeOf({ glyph, spec }: NodeMark, detail: Detail, crowd: number): MarkSize {
  const round = glyph !== 'router' && glyph !== 'server';
  const circle = (disc: number, ring: number, inside: boolean): MarkSize => ({ halfWidth: disc + ring, halfHeight: disc + ring, round: true, disc, inside });
  const small = (half: number): MarkSize => ({ halfWidth: half, halfHeight: half, round, disc: half, inside: false });
  switch (detail) {
    case 'full':
      if (glyph === 'router') return { halfWidth: Math.max(25, textWidth(spec.label, 12, true) / 2 + 9), halfHeight: 13, round, disc: 0, inside: true };
      if (glyph === 'disc') return circle(crowd <= FEW ? 32 : crowd <= SOME ? 26 : 20, RING, true);
      return circle(17, 0, true);
    case 'compact':
      if (glyph === 'disc' && crowd <= SOME) return circle(crowd <= FEW ? 22 : 16, RING_COMPACT, true);
      return glyph === 'client' && crowd <= SOME ? circle(14, 0, true) : small(8);
    case 'small':
      return small(6.5);
    case 'dot':
      return { ...small(3.5), round: true };
  }
}
