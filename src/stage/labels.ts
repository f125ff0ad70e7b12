import { lengthInside, overlap, pointAt, type Box, type Curve, type Point } from './geometry.ts';

/** A text's place beside its node: where its baseline begins or ends, counted from the node's middle. */
export type Beside = { readonly dx: number; readonly dy: number; readonly anchor: 'start' | 'middle' | 'end' };

/** What a text should keep clear of. */
export type Obstacles = {
  readonly boxes: readonly Box[];
  readonly segments: readonly (readonly [Point, Point])[];
  readonly width: number;
  readonly height: number;
};

/** Height of a line of small text (px), and how far its baseline lies below its middle. */
export const LINE = 15;
const BASELINE = 4;

/** How bad a rectangle is as a place for text: what it covers, and how far it leaves the stage. */
function badness(box: Box, { boxes, segments, width, height }: Obstacles): number {
  let bad = 0;
  for (const other of boxes) bad += overlap(box, other) * 0.4;
  for (const [a, b] of segments) bad += lengthInside(box, a, b);
  const outside = Math.max(0, box.halfWidth - box.x) + Math.max(0, box.x + box.halfWidth - width) + Math.max(0, box.halfHeight - box.y) + Math.max(0, box.y + box.halfHeight - height);
  return bad + outside * 8;
}

type Candidate = Beside & { readonly box: Box };

/** Right first, then above, below, left, and the corners. */
function candidatesBeside(node: Box, textWidth: number): readonly Candidate[] {
  const right = node.halfWidth + 9;
  const up = -node.halfHeight - 9;
  const down = node.halfHeight + LINE;
  const at = (dx: number, dy: number, anchor: Beside['anchor']): Candidate => {
    const shift = anchor === 'middle' ? 0 : anchor === 'start' ? textWidth / 2 : -textWidth / 2;
    return { dx, dy, anchor, box: { x: node.x + dx + shift, y: node.y + dy - BASELINE, halfWidth: textWidth / 2 + 2, halfHeight: LINE / 2 } };
  };
  const corner = node.halfWidth * 0.7;
  return [
    at(right, BASELINE, 'start'),
    at(0, up, 'middle'),
    at(0, down, 'middle'),
    at(-right, BASELINE, 'end'),
    at(corner, down, 'start'),
    at(corner, up, 'start'),
    at(right, BASELINE + node.halfHeight, 'start'),
    at(right, BASELINE - node.halfHeight, 'start'),
    at(-corner, down, 'end'),
    at(-corner, up, 'end'),
  ];
}

/** Several lines that stand beside a node as one. `lower`: how far their middle lies below the node's (px). */
export type BlockSize = { readonly width: number; readonly halfHeight: number; readonly lower: number; readonly outward: 'left' | 'right' };

/** On the side that looks away from the others first, then on the other one, above and below. */
function candidatesOfBlock(node: Box, { width, halfHeight, lower, outward }: BlockSize): readonly Candidate[] {
  const at = (dx: number, dy: number, anchor: Beside['anchor']): Candidate => {
    const shift = anchor === 'middle' ? 0 : anchor === 'start' ? width / 2 : -width / 2;
    return { dx, dy, anchor, box: { x: node.x + dx + shift, y: node.y + dy + lower, halfWidth: width / 2 + 2, halfHeight } };
  };
  const side = node.halfWidth + 11;
  const sides = [at(side, 0, 'start'), at(-side, 0, 'end')];
  const away = node.halfHeight + halfHeight;
  const corner = node.halfWidth * 0.6;
  return [
    ...(outward === 'right' ? sides : sides.toReversed()),
    at(0, -away - lower, 'middle'),
    at(0, away - lower, 'middle'),
    at(corner, away - lower - 6, 'start'),
    at(corner, -away - lower + 6, 'start'),
    at(-corner, away - lower - 6, 'end'),
    at(-corner, -away - lower + 6, 'end'),
  ];
}

/** Finds each text a place beside its node, one after the other; each becomes an obstacle to the next. */
export function placeBeside(texts: readonly { readonly node: Box; readonly width: number; readonly block?: BlockSize | null }[], obstacles: Obstacles): readonly (Beside & { readonly box: Box })[] {
  const boxes = [...obstacles.boxes];
  return texts.map(({ node, width, block }) => {
    const candidates = block ? candidatesOfBlock(node, block) : candidatesBeside(node, width);
    const place = best(candidates, (candidate) => candidate.box, { ...obstacles, boxes });
    boxes.push(place.box);
    return place;
  });
}

/** Finds each text a place on its curve, near the middle; where the curve is too short for it, beside. */
export function placeOn(texts: readonly { readonly curve: Curve; readonly length: number; readonly width: number }[], obstacles: Obstacles): readonly Box[] {
  const boxes = [...obstacles.boxes];
  return texts.map(({ curve, length, width }) => {
    const room = length > width + 24 ? 0 : 13;
    const spots = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73].flatMap((fraction) => {
      const point = pointAt(curve, fraction);
      const boxAt = (dx: number, dy: number): Box => ({ x: point.x + dx, y: point.y + dy, halfWidth: width / 2 + 2, halfHeight: LINE / 2 });
      if (room === 0) return [boxAt(0, 0)];
      return [boxAt(-width / 2 - room, 0), boxAt(width / 2 + room, 0), boxAt(0, -room), boxAt(0, room)];
    });
    const place = best(spots, (box) => box, { ...obstacles, boxes });
    boxes.push(place);
    return place;
  });
}

/** Finds a box of this size a place around a point, below it if possible. */
export function placeAround(point: Point, size: { readonly width: number; readonly height: number }, away: number, obstacles: Obstacles): Box {
  const boxAt = (dx: number, dy: number): Box => ({ x: point.x + dx, y: point.y + dy, halfWidth: size.width / 2, halfHeight: size.height / 2 });
  const side = size.width / 2 + away / 2;
  return best([boxAt(0, away), boxAt(0, -away), boxAt(side, 0), boxAt(-side, 0), boxAt(side, away), boxAt(-side, away)], (box) => box, obstacles);
}

/** The best of some candidates; of nearly equal ones, the earlier. */
function best<Item extends object>(candidates: readonly Item[], boxOf: (item: Item) => Box, obstacles: Obstacles): Item {
  const [first, ...others] = candidates;
  if (first === undefined) throw new RangeError('no place to choose from');
  let found = { item: first, bad: badness(boxOf(first), obstacles) };
  others.forEach((item, at) => {
    const bad = badness(boxOf(item), obstacles) + (at + 1) * 0.6;
    if (bad < found.bad) found = { item, bad };
  });
  return found.item;
}
