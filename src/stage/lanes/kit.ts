/** What the stage needs where requests are balanced: loaded when the first balancer is to be seen. */
import type { NodeId } from '../../../workers/model/topology.ts';
import type { Frame, LinkAt, NodeAt } from '../../simulation/types.ts';
import type { Line } from '../../../workers/model/view.ts';
import type { Box, Curve } from '../geometry.ts';
import type { LinkMark, NodeMark, Scene } from '../scene.ts';
import { saysOf } from '../says.ts';
import { cutOf } from '../states.ts';
import { choicesOf, laneRole, outText, type Choices, type LaneRole } from './choices.ts';
import { lineOf, mountLines } from './lines.ts';
import { slotsOf, type Slots } from './slots.ts';

export { lanesOf } from './lanes.ts';
export { planLanes } from './plan.ts';

/** What happens on the lanes of one stage. */
export type LaneView = {
  /** Takes up a picture: where the lines end, and what the balancers have chosen. */
  update(frame: Frame, scene: Scene): void;
  /** Draws the lines and the servers' work, as they were taken up. */
  draw(): void;
  roleOf(link: LinkMark): LaneRole | null;
  /** A balancer looked at servers that it did not take. */
  readonly looksAround: boolean;
  /** Why a server gets nothing; empty for one that does. */
  outText(node: NodeId): string;
};

/** Answers pass so far above those who wait (px). */
const ABOVE = 3;

export function mountLanes(svg: SVGSVGElement): LaneView {
  const lines = mountLines(svg);
  let seen: { readonly frame: Frame; readonly scene: Scene } | null = null;
  let nodes: readonly NodeAt[] = [];
  let choices: Choices = choicesOf([]);
  let waiting: Lines = new Map();
  return {
    update(frame, scene) {
      seen = { frame, scene };
      if (nodes !== frame.nodes) choices = choicesOf(frame.nodes);
      nodes = frame.nodes;
      waiting = putLines(scene, frame, (at) => outText(choices, at.spec.id) || saysOf(at), waiting);
    },
    draw() {
      if (seen) lines.draw(seen.scene, seen.frame, waiting);
    },
    roleOf: ({ spec }) => laneRole(choices, spec.ends),
    get looksAround() {
      return [...choices.roles.values()].some((lanes) => [...lanes.values()].includes('cand'));
    },
    outText: (node) => outText(choices, node),
  };
}

/**
 * Ends each lane before those who wait there.
 * @param said what is said of a server
 * @param before where they waited in the last picture: what has not changed is the same object
 * @returns where they wait
 */
export function putLines(scene: Scene, { nodes, links }: Pick<Frame, 'nodes' | 'links'>, said: (server: NodeAt) => string, before: Lines = new Map()): Lines {
  const lines = new Map(nodes.flatMap((at): [NodeId, Waiting][] => {
    const mark = scene.node(at.spec.id);
    return mark?.glyph === 'server' ? [[at.spec.id, waitingAt(mark, at, said(at), before.get(at.spec.id))]] : [];
  }));
  const states = new Map(links.map((link) => [link.spec.id, link]));
  for (const link of scene.links) link.line = lineOn(link, lines.get(link.ends[1].spec.id)?.slots, states.get(link.spec.id), scene.glyphRadius);
  return lines;
}

/** Those who wait at a server, and what their place depends on. */
type Waiting = { readonly line: Line | null; readonly said: string; readonly box: Box; readonly lane: Curve | undefined; readonly slots: Slots };
export type Lines = ReadonlyMap<NodeId, Waiting>;

function waitingAt(mark: NodeMark, at: NodeAt, said: string, before: Waiting | undefined): Waiting {
  const line = at.up ? lineOf(at) : null;
  const { box } = mark;
  const lane = mark.links[0]?.curve;
  if (before && before.line === line && before.said === said && before.box === box && before.lane === lane) return before;
  return { line, said, box, lane, slots: slotsOf(mark, line?.waiting.length ?? 0, line?.length ?? 0, said) };
}

/** Where a lane ends before those who wait; one that is cut is seen as a whole. */
function lineOn({ curve, ends: [, server] }: LinkMark, own: Slots | undefined, at: LinkAt | undefined, radius: number): LinkMark['line'] {
  const { bend, to } = curve;
  if (!own || !bend) return null;
  const run = to.x - bend.at.x;
  const left = Math.min(1, Math.max(0, (own.tail - bend.at.x) / (run || 1)));
  const cut = at && cutOf(at.state) !== null;
  return { at: server.spec.id, until: cut ? 1 : bend.share + (1 - bend.share) * left, above: Math.min(own.height / 2 + radius + ABOVE, server.box.halfHeight + ABOVE) };
}
