import { distance, lengthInside, type Box, type Point } from './geometry.ts';

/** A crack in the sheet: its middle line, from where it comes in to where it goes out, and how it is drawn. */
export type SheetCrack = {
  readonly line: readonly Point[];
  /** The gap through which the desk shows, its two edges, and the dotted line of your hand. */
  readonly gap: string;
  readonly edges: readonly [string, string];
  readonly middle: string;
  /** Whether it goes from edge to edge of the stage. */
  readonly through: boolean;
};

export type CrackRoom = { readonly width: number; readonly height: number; readonly nodes: readonly Box[] };

/** Half the width of the gap (px). */
const HALF_WIDTH = 7.25;
/** How far a crack that divides nothing goes on beyond its last link (px). */
const BEYOND = 34;
/** A crack breaks off to one side and the other about every so many px, by so many. */
const TOOTH = 72;
const TOOTH_DEPTH = 11;
/** How far beyond the stage a crack goes that divides it (px). */
const OUTSIDE = 10;
/** A crack keeps this far from nodes (px). */
const CLEAR = 6;
/** A way that is so much longer than straight on is not one crack. */
const DETOUR = 1.6;

/**
 * One crack through the places where links are cut.
 * @param through whether it divides the sheet: then it goes from edge to edge.
 * @returns null where no single crack leads through all of them without touching a node.
 */
export function sheetCrack(cuts: readonly Point[], through: boolean, room: CrackRoom): SheetCrack | null {
  if (cuts.length < 2) return null;
  const axis = axisOf(cuts);
  const along = (point: Point): number => point.x * axis.x + point.y * axis.y;
  const inner = cuts.toSorted((a, b) => along(a) - along(b));
  const first = inner[0];
  const last = inner.at(-1);
  if (!first || !last) return null;
  const straight = distance(first, last);
  if (lengthOfWay(inner) > DETOUR * straight + 30) return null;
  const back = { x: -axis.x, y: -axis.y };
  const start = through ? wayOut(first, back, room) : beyond(first, back);
  const end = through ? wayOut(last, axis, room) : beyond(last, axis);
  if (!start || !end) return null;
  const line = jagged([start, ...inner, end]);
  if (touches(line, room.nodes, CLEAR)) return null;
  return { line, through, ...drawn(line, axis, through) };
}

/** The direction in which places lie one after the other, downwards or to the right. */
function axisOf(points: readonly Point[]): Point {
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
  let [xx, xy, yy] = [0, 0, 0];
  for (const point of points) {
    xx += (point.x - x) ** 2;
    xy += (point.x - x) * (point.y - y);
    yy += (point.y - y) ** 2;
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  const axis = { x: Math.cos(angle), y: Math.sin(angle) };
  const forward = Math.abs(axis.y) > 0.5 ? axis.y > 0 : axis.x > 0;
  return forward ? axis : { x: -axis.x, y: -axis.y };
}

function lengthOfWay(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, point, at) => sum + distance(points[at] ?? point, point), 0);
}

/** Where a crack that goes on from a place leaves the stage: straight on, or turned aside by a node that is in the way. */
function wayOut(from: Point, direction: Point, room: CrackRoom): Point | null {
  for (const turn of [0, 10, -10, 20, -20, 32, -32, 45, -45, 60, -60]) {
    const angle = (turn * Math.PI) / 180;
    const turned = { x: direction.x * Math.cos(angle) - direction.y * Math.sin(angle), y: direction.x * Math.sin(angle) + direction.y * Math.cos(angle) };
    const to = leaves(from, turned, room);
    // It will not go quite straight.
    if (!touches([from, to], room.nodes, CLEAR + TOOTH_DEPTH)) return to;
  }
  return null;
}

function leaves(from: Point, direction: Point, { width, height }: CrackRoom): Point {
  const ways = [
    direction.x > 0 ? (width + OUTSIDE - from.x) / direction.x : Infinity,
    direction.x < 0 ? (-OUTSIDE - from.x) / direction.x : Infinity,
    direction.y > 0 ? (height + OUTSIDE - from.y) / direction.y : Infinity,
    direction.y < 0 ? (-OUTSIDE - from.y) / direction.y : Infinity,
  ];
  const far = Math.max(0, Math.min(...ways));
  return { x: from.x + direction.x * far, y: from.y + direction.y * far };
}

function beyond(from: Point, direction: Point): Point {
  return { x: from.x + direction.x * BEYOND, y: from.y + direction.y * BEYOND };
}

/** Long straight parts break off to one side and the other, always in the same way. */
function jagged(points: readonly Point[]): readonly Point[] {
  const line: Point[] = [];
  let side = 1;
  points.forEach((point, at) => {
    const before = points[at - 1];
    if (before) {
      const far = distance(before, point);
      const teeth = Math.round(far / TOOTH);
      const normal = { x: -(point.y - before.y) / (far || 1), y: (point.x - before.x) / (far || 1) };
      for (let tooth = 1; tooth <= teeth; tooth += 1) {
        const share = tooth / (teeth + 1);
        // Neither depth nor side repeats too soon.
        const depth = TOOTH_DEPTH * side * (tooth % 3 === 0 ? 0.6 : 1);
        side = -side;
        line.push({ x: before.x + (point.x - before.x) * share + normal.x * depth, y: before.y + (point.y - before.y) * share + normal.y * depth });
      }
    }
    line.push(point);
  });
  return line;
}

function touches(line: readonly Point[], nodes: readonly Box[], clear: number): boolean {
  return line.slice(1).some((point, at) => {
    const before = line[at] ?? point;
    return nodes.some((box) => lengthInside({ ...box, halfWidth: box.halfWidth + clear, halfHeight: box.halfHeight + clear }, before, point) > 0);
  });
}

function drawn(line: readonly Point[], axis: Point, through: boolean): Pick<SheetCrack, 'gap' | 'edges' | 'middle'> {
  const normal = { x: axis.y, y: -axis.x };
  const shifted = (by: number): readonly Point[] =>
    line.map((point, at) => {
      // One that ends on the sheet ends in a point.
      const tip = !through && (at === 0 || at === line.length - 1);
      return tip ? point : { x: point.x + normal.x * by, y: point.y + normal.y * by };
    });
  const [left, right] = [shifted(-HALF_WIDTH), shifted(HALF_WIDTH)];
  return { gap: `${pathThrough([...left, ...right.toReversed()])}z`, edges: [pathThrough(left), pathThrough(right)], middle: pathThrough(line) };
}

function pathThrough(points: readonly Point[]): string {
  return points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

/** Boxes along a crack, for words to keep clear of. */
export function boxesAlong({ line }: SheetCrack): readonly Box[] {
  return line.slice(1).flatMap((point, at) => {
    const before = line[at] ?? point;
    const steps = Math.max(1, Math.round(distance(before, point) / 24));
    return Array.from({ length: steps }, (_, step): Box => {
      const share = (step + 0.5) / steps;
      return { x: before.x + (point.x - before.x) * share, y: before.y + (point.y - before.y) * share, halfWidth: HALF_WIDTH + 8, halfHeight: 14 };
    });
  });
}
