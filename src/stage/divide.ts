import type { Cut } from '../../workers/model/intervention.ts';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import { cutPosition } from './deeds.ts';
import { crossing, type Point } from './geometry.ts';
import type { Scene } from './scene.ts';

/** Directions that are tried for a line between two sides. */
const DIRECTIONS = 36;
/** A line goes on this far beyond the nodes (px). */
const FAR = 4000;

/**
 * Where links are cut that lead from one side to the other, when the sides were chosen and no line was drawn: on the straight
 * line that keeps farthest from the nodes of both sides, so that one crack goes through all of them. Where there is no such
 * line, each in its middle.
 */
export function dividingCuts(links: readonly LinkId[], side: ReadonlySet<NodeId>, scene: Scene): readonly Cut[] {
  const line = dividingLine(
    scene.nodes.filter(({ spec }) => side.has(spec.id)).map(({ box }) => box),
    scene.nodes.filter(({ spec }) => !side.has(spec.id)).map(({ box }) => box),
  );
  return links.map((link) => {
    const curve = scene.link(link)?.curve;
    const at = line && curve ? crossing(curve, ...line) : null;
    return at === null ? { link } : { link, position: cutPosition(at) };
  });
}

/** The straight line between two sets of places that keeps farthest from both; null where none keeps them apart. */
export function dividingLine(some: readonly Point[], others: readonly Point[]): readonly [Point, Point] | null {
  if (some.length === 0 || others.length === 0) return null;
  let widest = 0;
  let line: readonly [Point, Point] | null = null;
  for (let step = 0; step < DIRECTIONS; step += 1) {
    const angle = (step * Math.PI) / DIRECTIONS;
    const across = { x: Math.cos(angle), y: Math.sin(angle) };
    const along = { x: -across.y, y: across.x };
    const on = (point: Point): number => point.x * across.x + point.y * across.y;
    const [low, high] = mean(some, on) < mean(others, on) ? [some, others] : [others, some];
    const [from, to] = [Math.max(...low.map(on)), Math.min(...high.map(on))];
    if (to - from <= widest) continue;
    widest = to - from;
    const middle = middleOf([...some, ...others]);
    const shift = (from + to) / 2 - on(middle);
    const foot = { x: middle.x + across.x * shift, y: middle.y + across.y * shift };
    line = [{ x: foot.x - along.x * FAR, y: foot.y - along.y * FAR }, { x: foot.x + along.x * FAR, y: foot.y + along.y * FAR }];
  }
  return line;
}

function mean(points: readonly Point[], of: (point: Point) => number): number {
  return points.reduce((sum, point) => sum + of(point), 0) / points.length;
}

function middleOf(points: readonly Point[]): Point {
  return { x: mean(points, ({ x }) => x), y: mean(points, ({ y }) => y) };
}
