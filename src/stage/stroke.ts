import type { NodeId } from '../../workers/model/topology.ts';
import { between, distance, type Point } from './geometry.ts';

/** A stroke is thought on in its direction this far (px): it tells the sides before it has crossed everything. */
const ONWARD = 4000;
/** The direction of a stroke's end is that of its last so many px; a shorter stroke has no sides yet. */
const TREND = 40;

/** The nodes on either side of a stroke of the pen, thought on at both ends; null where they are all on one side. */
export function sidesOfStroke(stroke: readonly Point[], nodes: readonly { readonly id: NodeId; readonly at: Point }[]): readonly [readonly NodeId[], readonly NodeId[]] | null {
  const start = onward(stroke.toReversed());
  const end = onward(stroke);
  if (!start || !end) return null;
  const line = [start, ...stroke, end];
  const left: NodeId[] = [];
  const right: NodeId[] = [];
  for (const { id, at } of nodes) (isLeft(line, at) ? left : right).push(id);
  if (left.length === 0 || right.length === 0) return null;
  // The side of the first node is told first, wherever the pen began.
  return left[0] === nodes[0]?.id ? [left, right] : [right, left];
}

/** Where a stroke would lead if it went on. */
function onward(stroke: readonly Point[]): Point | null {
  const last = stroke.at(-1);
  const before = last && stroke.findLast((point) => distance(point, last) >= TREND);
  if (!last || !before) return null;
  const far = 1 + ONWARD / distance(before, last);
  return between(before, last, far);
}

/** Whether a point lies to the left of the piece of line that is nearest to it. */
function isLeft(line: readonly Point[], point: Point): boolean {
  let least = Infinity;
  let left = false;
  line.slice(1).forEach((to, at) => {
    const from = line[at] ?? to;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const square = dx * dx + dy * dy;
    if (square === 0) return;
    const along = Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / square));
    const away = distance(between(from, to, along), point);
    if (away >= least) return;
    least = away;
    left = dx * (point.y - from.y) - dy * (point.x - from.x) < 0;
  });
  return left;
}
