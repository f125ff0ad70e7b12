/** A place in the plane: in px of the stage, or in units of the layout. */
export type Point = { readonly x: number; readonly y: number };

/** A rectangle by its middle and half its sides. */
export type Box = { readonly x: number; readonly y: number; readonly halfWidth: number; readonly halfHeight: number };

/**
 * A cubic Bézier curve. A straight one has its control points on the thirds, so that fractions of it are fractions of
 * its length: a packet's place on a link is its fraction of the hop.
 */
export type Curve = {
  readonly from: Point;
  readonly first: Point;
  readonly second: Point;
  readonly to: Point;
  readonly straight: boolean;
  /** Where it has bent far enough and leads straight on to its end: the place, and the fraction of the whole that lies before it. */
  readonly bend?: Bend;
};

type Bend = { readonly at: Point; readonly share: number };

export function between(a: Point, b: Point, fraction: number): Point {
  return { x: a.x + (b.x - a.x) * fraction, y: a.y + (b.y - a.y) * fraction };
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

export function straightCurve(from: Point, to: Point): Curve {
  return { from, first: between(from, to, 1 / 3), second: between(from, to, 2 / 3), to, straight: true };
}

/** A curve whose middle lies `bow` px to the left of the straight way. */
export function bowedCurve(from: Point, to: Point, bow: number): Curve {
  const length = distance(from, to) || 1;
  const push = { x: (((to.y - from.y) / length) * bow * 4) / 3, y: ((-(to.x - from.x) / length) * bow * 4) / 3 };
  const aside = (point: Point): Point => ({ x: point.x + push.x, y: point.y + push.y });
  return { from, first: aside(between(from, to, 1 / 4)), second: aside(between(from, to, 3 / 4)), to, straight: false };
}

/** A lane of a road: level out of `from`, in an S to the height of `to` within `reach` px, and then straight on. */
export function laneCurve(from: Point, to: Point, reach: number): Curve {
  const at = { x: from.x + reach, y: to.y };
  const bent: Curve = { from, first: { x: from.x + reach * 0.54, y: from.y }, second: { x: from.x + reach * 0.44, y: to.y }, to: at, straight: false };
  const [before, after] = [lengthOf(bent), distance(at, to)];
  return after < 1 ? bent : { ...bent, to, bend: { at, share: before / (before + after) } };
}

/** A loop above a node, from its rim back to it. `size` px wide and high. */
export function loopCurve(middle: Point, halfHeight: number, size: number): Curve {
  const y = middle.y - halfHeight;
  return {
    from: { x: middle.x - 8, y },
    first: { x: middle.x - size, y: y - size * 1.3 },
    second: { x: middle.x + size, y: y - size * 1.3 },
    to: { x: middle.x + 8, y },
    straight: false,
  };
}

export function pointAt(curve: Curve, fraction: number): Point {
  if (curve.straight) return between(curve.from, curve.to, fraction);
  const { bend } = curve;
  if (!bend) return cubicAt(curve, curve.to, fraction);
  return fraction < bend.share ? cubicAt(curve, bend.at, fraction / bend.share) : between(bend.at, curve.to, (fraction - bend.share) / (1 - bend.share));
}

function cubicAt(curve: Curve, to: Point, fraction: number): Point {
  const rest = 1 - fraction;
  const a = rest * rest * rest;
  const b = 3 * rest * rest * fraction;
  const c = 3 * rest * fraction * fraction;
  const d = fraction * fraction * fraction;
  return {
    x: a * curve.from.x + b * curve.first.x + c * curve.second.x + d * to.x,
    y: a * curve.from.y + b * curve.first.y + c * curve.second.y + d * to.y,
  };
}

/** Direction of travel at a fraction, in radians. */
export function angleAt(curve: Curve, fraction: number): number {
  const a = curve.straight ? curve.from : pointAt(curve, Math.max(0, fraction - 0.01));
  const b = curve.straight ? curve.to : pointAt(curve, Math.min(1, fraction + 0.01));
  return Math.atan2(b.y - a.y, b.x - a.x);
}

/** Fractions close enough to each other that the curve is nearly straight between them. */
function fractionsOf({ straight, bend }: Curve): readonly number[] {
  if (straight) return [0, 1];
  const share = bend?.share ?? 1;
  const fractions = Array.from({ length: 17 }, (_, at) => (at / 16) * share);
  return bend ? [...fractions, 1] : fractions;
}

/** Points enough to draw or measure a curve by its chords. */
export function chords(curve: Curve): readonly Point[] {
  return fractionsOf(curve).map((fraction) => pointAt(curve, fraction));
}

export function lengthOf(curve: Curve): number {
  const points = chords(curve);
  return points.reduce((sum, point, at) => sum + (at === 0 ? 0 : distance(points[at - 1] ?? point, point)), 0);
}

/** The part of a curve between two fractions (de Casteljau). */
export function piece(curve: Curve, start: number, end: number): Curve {
  const { bend } = curve;
  if (curve.straight || (bend && start >= bend.share)) return straightCurve(pointAt(curve, start), pointAt(curve, end));
  if (bend) {
    const { from, first, second } = curve;
    const bent: Curve = { from, first, second, to: bend.at, straight: false };
    const part = piece(bent, start / bend.share, Math.min(1, end / bend.share));
    return end <= bend.share ? part : { ...part, to: pointAt(curve, end), bend: { at: bend.at, share: (bend.share - start) / (end - start) } };
  }
  const tail = splitAfter(curve, start);
  return splitBefore(tail, start >= 1 ? 1 : (end - start) / (1 - start));
}

function splitBefore(curve: Curve, at: number): Curve {
  const a = between(curve.from, curve.first, at);
  const b = between(curve.first, curve.second, at);
  const second = between(a, b, at);
  return { from: curve.from, first: a, second, to: pointAt(curve, at), straight: false };
}

function splitAfter(curve: Curve, at: number): Curve {
  const b = between(curve.first, curve.second, at);
  const c = between(curve.second, curve.to, at);
  return { from: pointAt(curve, at), first: between(b, c, at), second: c, to: curve.to, straight: false };
}

/** One decimal is a tenth of a pixel: enough, and short. */
function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function pathOf(curve: Curve): string {
  const place = (point: Point): string => `${short(point.x)} ${short(point.y)}`;
  const { from, first, second, to, straight, bend } = curve;
  if (straight) return `M${place(from)}L${place(to)}`;
  const bent = `M${place(from)}C${place(first)} ${place(second)} ${place(bend?.at ?? to)}`;
  return bend ? `${bent}L${place(to)}` : bent;
}

/** Draws a curve on a canvas. */
export function traceCurve(pen: Pick<CanvasPath, 'moveTo' | 'lineTo' | 'bezierCurveTo'>, { from, first, second, to, straight, bend }: Curve): void {
  const end = bend?.at ?? to;
  pen.moveTo(from.x, from.y);
  if (!straight) pen.bezierCurveTo(first.x, first.y, second.x, second.y, end.x, end.y);
  if (straight || bend) pen.lineTo(to.x, to.y);
}

/** The place on a curve nearest to a point, as a fraction of it, and how far away it is (px). */
export function nearestOn(curve: Curve, point: Point): { readonly fraction: number; readonly distance: number } {
  let best = { fraction: 0, distance: Infinity };
  for (const { from, to, start, end } of segmentsOf(curve)) {
    const along = fractionOnSegment(from, to, point);
    const away = distance(between(from, to, along), point);
    if (away < best.distance) best = { fraction: start + (end - start) * along, distance: away };
  }
  return best;
}

type Segment = { readonly from: Point; readonly to: Point; /** The fractions of the curve at which it begins and ends. */ readonly start: number; readonly end: number };

function segmentsOf(curve: Curve): readonly Segment[] {
  const fractions = fractionsOf(curve);
  return fractions.slice(1).map((end, at) => {
    const start = fractions[at] ?? 0;
    return { from: pointAt(curve, start), to: pointAt(curve, end), start, end };
  });
}

function fractionOnSegment(a: Point, b: Point, point: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const square = dx * dx + dy * dy;
  if (square === 0) return 0;
  return Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / square));
}

/** Where the segment a–b crosses the segment c–d, as a fraction of a–b; null where it does not. */
export function crossSegments(a: Point, b: Point, c: Point, d: Point): number | null {
  const denominator = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
  if (denominator === 0) return null;
  const along = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / denominator;
  const across = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / denominator;
  return along >= 0 && along <= 1 && across >= 0 && across <= 1 ? along : null;
}

/** Where a stroke of the pen first crosses a curve, as a fraction of the curve; null where it does not. */
export function crossing(curve: Curve, penFrom: Point, penTo: Point): number | null {
  for (const { from, to, start, end } of segmentsOf(curve)) {
    const along = crossSegments(from, to, penFrom, penTo);
    if (along !== null) return start + (end - start) * along;
  }
  return null;
}

/** Where the straight way from a node's middle towards a point leaves the node. */
export function rimPoint(box: Box, toward: Point, round: boolean): Point {
  const dx = toward.x - box.x;
  const dy = toward.y - box.y;
  const length = Math.hypot(dx, dy);
  if (length === 0) return box;
  const scale = round
    ? box.halfWidth / length
    : Math.min(dx === 0 ? Infinity : box.halfWidth / Math.abs(dx), dy === 0 ? Infinity : box.halfHeight / Math.abs(dy));
  return { x: box.x + dx * scale, y: box.y + dy * scale };
}

/** The area that two rectangles share (px²). */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.halfWidth, b.x + b.halfWidth) - Math.max(a.x - a.halfWidth, b.x - b.halfWidth);
  const height = Math.min(a.y + a.halfHeight, b.y + b.halfHeight) - Math.max(a.y - a.halfHeight, b.y - b.halfHeight);
  return width > 0 && height > 0 ? width * height : 0;
}

/** How much of the segment a–b lies in a rectangle (px), by clipping it (Liang–Barsky). */
export function lengthInside(box: Box, a: Point, b: Point): number {
  let start = 0;
  let end = 1;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const sides: readonly (readonly [number, number])[] = [
    [-dx, a.x - (box.x - box.halfWidth)],
    [dx, box.x + box.halfWidth - a.x],
    [-dy, a.y - (box.y - box.halfHeight)],
    [dy, box.y + box.halfHeight - a.y],
  ];
  for (const [towards, room] of sides) {
    if (towards === 0) {
      if (room < 0) return 0;
      continue;
    }
    const at = room / towards;
    if (towards < 0) start = Math.max(start, at);
    else end = Math.min(end, at);
  }
  return end > start ? (end - start) * Math.hypot(dx, dy) : 0;
}

/** Width of a text in px, near enough to lay out labels without asking the browser. */
export function textWidth(text: string, size: number, bold = false): number {
  let units = 0;
  for (const character of text) {
    if (character > '⺀') units += 1;
    else if (character >= 'A' && character <= 'Z') units += 0.68;
    else if (/[il.,:;|' ]/.test(character)) units += 0.3;
    else units += 0.57;
  }
  return units * size * (bold ? 1.06 : 1);
}
