import { select } from 'd3-selection';
import type { LinkId } from '../../workers/model/topology.ts';
import { angleAt, lengthOf, pathOf, piece, pointAt, type Box, type Curve, type Point } from './geometry.ts';
import { brackets } from './nodes.ts';
import type { LinkMark, Scene } from './scene.ts';

/** How a link looks just now. */
export type LinkLook = {
  readonly className: string;
  /** Its accessible name. */
  readonly name: string;
  /** Where it is cut, as a fraction from its first end; null where it is whole. */
  readonly cut: number | null;
  /** Only what enters at this end is cut; null where both directions are. */
  readonly oneWay: 0 | 1 | null;
  readonly selected: boolean;
  readonly focused: boolean;
  /** The crack opens before one's eyes, because one's hand has just made it. */
  readonly opening: boolean;
};

/** A cost or a loss rate written on a link. */
export type LinkText = { readonly link: LinkMark; readonly text: string; readonly strong: boolean; readonly place: Box };

type Written = { readonly look: LinkLook; readonly curve: Curve; readonly scale: number; readonly inSheet: boolean; readonly until: number };

/** The layer of the links. */
export type LinkLayer = {
  join(scene: Scene, count: number): void;
  /** @param inSheet links that are cut by a crack of the whole sheet, which is drawn elsewhere. */
  draw(scene: Scene, lookOf: (link: LinkMark) => LinkLook, inSheet: ReadonlySet<LinkId>): void;
  drawTexts(texts: readonly LinkText[]): void;
  element(index: number): SVGGElement | undefined;
};

/** The drawing of a crack about (0, 0), across a link that lies level. */
const CRACK = 'M-3-32L9-12 1 1 10 16 0 34-6 17-9 3-6-11z';
const CRACK_EDGE = 'M-3-32L-6-11-9 3-6 17 0 34';
const CRACK_LINE = 'M0-24l2 13-6 13 6 13-1 11';

export function mountLinks(svg: SVGSVGElement): LinkLayer {
  const links = select(svg).append('g');
  const texts = select(svg).append('g').attr('aria-hidden', 'true');
  let elements: SVGGElement[] = [];
  const written = new WeakMap<SVGGElement, Written>();

  return {
    join(scene, count) {
      elements = links
        .selectAll<SVGGElement, LinkMark>('g.ln')
        .data(scene.links.slice(0, count), (link) => link.spec.id)
        .join((enter) => enter.append('g').attr('role', 'button').attr('tabindex', -1).attr('data-link', (link) => link.spec.id))
        .nodes();
    },
    draw(scene, lookOf, sheet) {
      const scale = crackScale(scene);
      elements.forEach((element, index) => {
        const link = scene.links[index];
        if (!link) return;
        const look = lookOf(link);
        const before = written.get(element);
        const inSheet = sheet.has(link.spec.id);
        const until = link.line?.until ?? 1;
        if (before?.look === look && before.curve === link.curve && before.scale === scale && before.inSheet === inSheet && before.until === until) return;
        if (look.className !== before?.look.className) element.setAttribute('class', look.className);
        if (look.name !== before?.look.name) element.setAttribute('aria-label', look.name);
        // Once open, a crack is open: it does not open again when it is dragged. Nor does one move among hundreds of links, all
        // of which the browser would have to put together anew for it.
        const opens = look.opening && before?.look !== look && scene.detail !== 'dot';
        drawBody(element, link.curve, until, look, scale, inSheet ? null : opens ? 'opening' : 'open');
        written.set(element, { look, curve: link.curve, scale, inSheet, until });
      });
    },
    drawTexts(list) {
      texts
        .selectAll<SVGTextElement, LinkText>('text')
        .data(list, (item) => item.link.spec.id)
        .join('text')
        .attr('class', (item) => (item.strong ? 'cost halo on' : 'cost halo'))
        .attr('x', (item) => item.place.x.toFixed(1))
        .attr('y', (item) => (item.place.y + 4).toFixed(1))
        .text((item) => item.text);
    },
    element: (index) => elements[index],
  };
}

/** A crack is as large as the marks beside it. */
export function crackScale(scene: Scene): number {
  return scene.detail === 'full' ? 1 : scene.detail === 'dot' ? 0.4 : 0.7;
}

/**
 * @param until where what waits at its end begins, as a fraction
 * @param crack how its own crack is drawn; null where it has none
 */
function drawBody(element: SVGGElement, curve: Curve, until: number, look: LinkLook, scale: number, crack: 'opening' | 'open' | null): void {
  const whole = pathOf(curve);
  const seen = until < 1 ? pathOf(piece(curve, 0, until)) : whole;
  if (look.cut === null && !look.selected && !look.focused) {
    drawWhole(element, whole, seen);
    return;
  }
  const group = select(element);
  group.selectChildren().remove();
  group.append('path').attr('class', 'hit').attr('d', whole);
  const cut = look.cut === null ? null : { at: look.cut, gap: gapOf(curve, look.cut, 19 * scale) };
  const gap = look.oneWay === null ? (cut?.gap ?? null) : null;
  const left = gap ? pathOf(piece(curve, 0, gap.start)) + pathOf(piece(curve, gap.end, 1)) : seen;
  if (look.selected) {
    group.append('path').attr('class', 'selring').attr('d', left);
    group.append('path').attr('class', 'selgap').attr('d', left);
  }
  group.append('path').attr('class', 'net').attr('d', gap ? left + looseEnd(curve, gap.start) + looseEnd(curve, gap.end) : seen);
  if (cut) {
    const angle = upright(angleAt(curve, cut.at));
    const place = pointAt(curve, cut.at);
    if (look.oneWay === null && crack) drawCrack(element, place, angle, scale, crack === 'opening');
    else if (look.oneWay !== null) drawOneWay(element, place, angleAt(curve, cut.at) + (look.oneWay === 1 ? Math.PI : 0), scale);
  }
  if (look.focused) {
    const middle = pointAt(curve, 0.5);
    group.append('path').attr('class', 'brackets').attr('d', brackets(18, 12))
      .attr('transform', `translate(${middle.x.toFixed(1)} ${middle.y.toFixed(1)}) rotate(${degrees(upright(angleAt(curve, 0.5)))})`);
  }
}

/** Nearly every link is whole and nobody looks at it: two paths, kept while it moves. */
function drawWhole(element: SVGGElement, whole: string, seen: string): void {
  const [hit, net] = element.children;
  if (hit && net && element.children.length === 2) {
    hit.setAttribute('d', whole);
    net.setAttribute('d', seen);
    return;
  }
  const group = select(element);
  group.selectChildren().remove();
  group.append('path').attr('class', 'hit').attr('d', whole);
  group.append('path').attr('class', 'net').attr('d', seen);
}

type Gap = { readonly start: number; readonly end: number };

/** The fractions between which a cut link is away; loose ends stay even of a short one. */
function gapOf(curve: Curve, at: number, half: number): Gap {
  const share = Math.min(half / (lengthOf(curve) || 1), 0.3);
  return { start: Math.max(0.02, at - share), end: Math.min(0.98, at + share) };
}

/** A short bar across the end of what is left of a link. */
function looseEnd(curve: Curve, fraction: number): string {
  const angle = angleAt(curve, fraction) + Math.PI / 2;
  const middle = pointAt(curve, fraction);
  const leg = (side: number): string => `${(middle.x + Math.cos(angle) * side).toFixed(1)} ${(middle.y + Math.sin(angle) * side).toFixed(1)}`;
  return `M${leg(-5)}L${leg(5)}`;
}

function drawCrack(element: SVGGElement, place: Point, angle: number, scale: number, opening: boolean): void {
  const crack = select(element)
    .append('g')
    .attr('transform', `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)}) rotate(${degrees(angle)}) scale(${scale})`)
    .append('g')
    .attr('class', opening ? 'cracks opening' : 'cracks');
  crack.append('path').attr('class', 'crack').attr('d', CRACK);
  crack.append('path').attr('class', 'crackedge').attr('d', CRACK_EDGE);
  crack.append('path').attr('class', 'crackline').attr('d', CRACK_LINE);
}

/** A bar against one direction, on the right of whoever travels in it, and an arrow that says which. */
function drawOneWay(element: SVGGElement, place: Point, angle: number, scale: number): void {
  const mark = select(element)
    .append('g')
    .attr('class', 'oneway')
    .attr('transform', `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)}) rotate(${degrees(angle)}) scale(${Math.max(scale, 0.7)})`);
  mark.append('path').attr('class', 'crack').attr('d', 'M0 0L5 6 0 12 5 20 0 26-4 17-2 9z');
  mark.append('path').attr('class', 'crackline').attr('d', 'M1 4l2 6-4 7 3 6');
  mark.append('path').attr('class', 'barred').attr('d', 'M-26 9H-9M-14 5l5 4-5 4');
}

/** Turned by half where it would stand on its head. */
function upright(angle: number): number {
  if (angle > Math.PI / 2) return angle - Math.PI;
  return angle <= -Math.PI / 2 ? angle + Math.PI : angle;
}

function degrees(angle: number): string {
  return ((angle * 180) / Math.PI).toFixed(1);
}
