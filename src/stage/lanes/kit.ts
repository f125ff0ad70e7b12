/** What the stage needs where requests are balanced: loaded when the first balancer is to be seen. */
import type { NodeId } from '../../../workers/model/topology.ts';
import type { Frame, LinkAt, NodeAt } from '../../simulation/types.ts';
import type { LinkMark, Scene } from '../scene.ts';
import { saysOf } from '../says.ts';
import { cutOf } from '../states.ts';
import { choicesOf, laneKey, outText, type Choices, type LaneRole } from './choices.ts';
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
  let slots: ReadonlyMap<NodeId, Slots> = new Map();
  return {
    update(frame, scene) {
      seen = { frame, scene };
      if (nodes !== frame.nodes) choices = choicesOf(frame.nodes);
      nodes = frame.nodes;
      slots = putLines(scene, frame, (at) => outText(choices, at.spec.id) || saysOf(at));
    },
    draw() {
      if (seen) lines.draw(seen.scene, seen.frame, slots);
    },
    roleOf({ spec: { ends: [a, b] } }) {
      return choices.roles.get(laneKey(a, b)) ?? choices.roles.get(laneKey(b, a)) ?? null;
    },
    get looksAround() {
      return [...choices.roles.values()].includes('cand');
    },
    outText: (node) => outText(choices, node),
  };
}

/**
 * Ends each lane before those who wait there.
 * @param said what is said of a server
 * @returns where they wait
 */
export function putLines(scene: Scene, { nodes, links }: Pick<Frame, 'nodes' | 'links'>, said: (server: NodeAt) => string): ReadonlyMap<NodeId, Slots> {
  const slots = new Map(nodes.flatMap((at): [NodeId, Slots][] => {
    const mark = scene.node(at.spec.id);
    if (mark?.glyph !== 'server') return [];
    const line = at.up ? lineOf(at) : null;
    return [[at.spec.id, slotsOf(mark, line?.waiting.length ?? 0, line?.length ?? 0, said(at))]];
  }));
  const states = new Map(links.map((link) => [link.spec.id, link]));
  for (const link of scene.links) link.line = lineOn(link, slots, states.get(link.spec.id), scene.glyphRadius);
  return slots;
}

/** Where a lane ends before those who wait; one that is cut is seen as a whole. */
function lineOn({ curve, ends: [, server] }: LinkMark, slots: ReadonlyMap<NodeId, Slots>, at: LinkAt | undefined, radius: number): LinkMark['line'] {
  const own = slots.get(server.spec.id);
  const { bend, to } = curve;
  if (!own || !bend) return null;
  const run = to.x - bend.at.x;
  const left = Math.min(1, Math.max(0, (own.tail - bend.at.x) / (run || 1)));
  const cut = at && cutOf(at.state) !== null;
  return { at: server.spec.id, until: cut ? 1 : bend.share + (1 - bend.share) * left, above: Math.min(own.height / 2 + radius + ABOVE, server.box.halfHeight + ABOVE) };
}
