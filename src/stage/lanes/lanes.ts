import { laneCurve, straightCurve, textWidth, type Curve } from '../geometry.ts';
import type { LinkMark, MarkSize, NodeMark, Lanes } from '../scene.ts';
import { laneSizes, type LanePlan, type LaneSizes } from './plan.ts';

/** Balancers' lanes to the same server lie so far from each other, all of them within its box (px). */
const ABREAST = 6;
/** Size of the smallest letters in a disc (px). */
const LABEL = 11;
/** Nearer than this an S would turn back on itself (px). */
const NEAREST = 24;

/** Sizes and ways of marks that stand in lanes. */
export function lanesOf(plan: LanePlan): Lanes {
  let sizes: LaneSizes = laneSizes(plan, 1);
  return {
    get radius() {
      return sizes.radius;
    },
    scaled(scale) {
      sizes = laneSizes(plan, scale);
      return sizes.detail;
    },
    sizeOf: (node) => sizeOf(node, sizes),
    curveOf: (link) => wayOf(link, plan.reach),
  };
}

function sizeOf({ glyph, spec }: NodeMark, sizes: LaneSizes): MarkSize | null {
  const round = (radius: number, room: number): MarkSize => ({ halfWidth: radius, halfHeight: radius, round: true, disc: radius, inside: textWidth(spec.label, LABEL, true) <= room });
  if (glyph === 'client') return round(sizes.clientRadius, 2 * sizes.clientRadius - 2);
  // The middle of a diamond is nearly as broad as it is.
  if (glyph === 'balancer') return round(sizes.balancerRadius, 1.6 * sizes.balancerRadius);
  if (glyph !== 'server') return null;
  return { halfWidth: sizes.serverHalfWidth, halfHeight: sizes.serverHalfHeight, round: false, disc: 0, inside: sizes.detail !== 'small' };
}

/** The lane of a link, from left to right; null for links of another kind, and where there is no room for an S. */
function wayOf(link: LinkMark, reach: number): Curve | null {
  const [a, b] = link.ends;
  const [left, right] = rank(a) < rank(b) ? [a, b] : [b, a];
  if (rank(left) < 0 || rank(right) - rank(left) !== 1) return null;
  const abreast = right.glyph === 'server' ? besideOthers(link, right) : 0;
  const from = { x: left.box.x + left.box.halfWidth, y: left.box.y };
  const to = { x: right.box.x - right.box.halfWidth, y: right.box.y + abreast };
  const room = to.x - from.x;
  if (room < NEAREST) return null;
  // One that is named from the right begins there: it has no straight run.
  if (left === b) return sCurve(to, from);
  return right.glyph === 'server' ? laneCurve(from, to, Math.min(reach, room)) : sCurve(from, to);
}

const columns: readonly NodeMark['glyph'][] = ['client', 'balancer', 'server'];

function rank({ glyph }: NodeMark): number {
  return columns.indexOf(glyph);
}

function sCurve(from: Curve['from'], to: Curve['to']): Curve {
  if (from.y === to.y) return straightCurve(from, to);
  const half = (to.x - from.x) / 2;
  return { from, first: { x: from.x + half, y: from.y }, second: { x: to.x - half, y: to.y }, to, straight: false };
}

/** How far above or below the middle of its server a lane ends (px). */
function besideOthers(link: LinkMark, server: NodeMark): number {
  const lanes = server.links.filter(({ ends }) => ends.some(({ glyph }) => glyph === 'balancer')).toSorted((a, b) => heightOf(a, server) - heightOf(b, server));
  const step = Math.min(ABREAST, (2 * server.box.halfHeight - 6) / Math.max(1, lanes.length - 1));
  return (lanes.indexOf(link) - (lanes.length - 1) / 2) * Math.max(0, step);
}

function heightOf({ ends: [a, b] }: LinkMark, server: NodeMark): number {
  return (a === server ? b : a).box.y;
}
