import { select } from 'd3-selection';
import { ownTime, type Clock } from '../../workers/model/clock.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { Ring, RoleLook } from '../../workers/model/view.ts';
import { labelsAll, type Detail } from './detail.ts';
import type { Box } from './geometry.ts';
import type { Beside } from './labels.ts';
import { drawBlock, moveRing, type Block, type Moving } from './roles.ts';
import { RIM, type NodeMark, type Scene } from './scene.ts';

/** How a node looks just now. */
export type NodeLook = {
  readonly className: string;
  /** Its accessible name. */
  readonly name: string;
  readonly selected: boolean;
  readonly focused: boolean;
  /** Written under the label, inside the outline. */
  readonly badge: string;
  /** Written beside the node; null where there is no room for words. */
  readonly beside: { readonly text: string; readonly value: string; readonly block: Block | null; readonly place: Beside } | null;
  readonly role: RoleLook['look'] | null;
  /** A timer that runs out around it, and the clock by which it runs where that is not virtual time. */
  readonly ring: Ring | null;
  readonly clock: Clock | null;
};

type Written = { readonly look: NodeLook; readonly box: Box; readonly detail: Detail; readonly body: string; readonly moving: Moving | null };

/** The layer of the nodes. */
export type NodeLayer = {
  /** Draws the first `count` nodes of the scene; called again when the set of nodes changes. */
  join(scene: Scene, count: number): void;
  draw(scene: Scene, lookOf: (node: NodeMark) => NodeLook, time: Nanoseconds): void;
  element(index: number): SVGGElement | undefined;
};

export function mountNodes(svg: SVGSVGElement): NodeLayer {
  const marks = select(svg).append('g');
  // Where only some nodes have words, these lie above all nodes.
  const words = select(svg).append('g').attr('aria-hidden', 'true');
  let elements: SVGGElement[] = [];
  const written = new WeakMap<SVGGElement, Written>();

  return {
    join(scene, count) {
      const joined = marks
        .selectAll<SVGGElement, NodeMark>('g.mark')
        .data(scene.nodes.slice(0, count), (node) => node.spec.id)
        .join((enter) => enter.append('g').attr('role', 'button').attr('tabindex', -1).attr('data-node', (node) => node.spec.id));
      elements = joined.nodes();
    },
    draw(scene, lookOf, time) {
      const spoken: { readonly node: NodeMark; readonly beside: NonNullable<NodeLook['beside']> }[] = [];
      elements.forEach((element, index) => {
        const node = scene.nodes[index];
        if (!node) return;
        const look = lookOf(node);
        if (look.beside && !labelsAll(scene.detail)) spoken.push({ node, beside: look.beside });
        const before = written.get(element);
        const same = before?.look === look && before.box === node.box && before.detail === scene.detail;
        const now = same ? before : write(element, node, scene.detail, look, before);
        if (!same) written.set(element, now);
        if (look.ring && now.moving) moveRing(now.moving, look.ring, ringRadius(node), look.beside?.block?.says ?? '', look.clock ? ownTime(look.clock, time) : time);
      });
      words
        .selectAll<SVGGElement, (typeof spoken)[number]>('g')
        .data(spoken, ({ node }) => node.spec.id)
        .join('g')
        .attr('transform', ({ node }) => `translate(${node.box.x.toFixed(1)} ${node.box.y.toFixed(1)})`)
        .each(function drawAnew({ beside }) {
          select(this).selectChildren().remove();
          drawWords(this, 'lbl halo', beside);
        });
    },
    element: (index) => elements[index],
  };
}

/** Writes what is different from what was written before. */
function write(element: SVGGElement, node: NodeMark, detail: Detail, look: NodeLook, before: Written | undefined): Written {
  const { box } = node;
  if (before?.box !== box) element.setAttribute('transform', `translate(${box.x.toFixed(1)} ${box.y.toFixed(1)})`);
  if (look.className !== before?.look.className) element.setAttribute('class', look.className);
  if (look.name !== before?.look.name) element.setAttribute('aria-label', look.name);
  const { beside } = look;
  const besideKey = beside ? `${beside.text}|${beside.value}|${beside.place.dx},${beside.place.dy}|${blockKey(beside.block)}` : '';
  const body = `${detail}|${node.glyph}|${box.halfWidth}|${look.selected}|${look.focused}|${look.badge}|${look.role}|${look.ring !== null}|${besideKey}`;
  if (before && body === before.body) return { look, box, detail, body, moving: before.moving };
  drawBody(element, node, detail, look);
  const moving = look.ring && { arc: element.querySelector<SVGPathElement>('.timer'), says: element.querySelector<SVGTextElement>('.says'), written: '' };
  return { look, box, detail, body, moving };
}

function blockKey(block: Block | null): string {
  if (!block) return '';
  const { strip, says } = block;
  return strip ? `${says}|${strip.length}|${strip.committed}|${strip.terms.length}` : says;
}

/** The ring lies between the disc and the links. */
function ringRadius({ disc }: NodeMark): number {
  return disc + (disc > 24 ? 6 : 4.5);
}

function drawBody(element: SVGGElement, node: NodeMark, detail: Detail, look: NodeLook): void {
  const { halfWidth, halfHeight } = node.box;
  const { disc } = node;
  const group = select(element);
  group.selectChildren().remove();
  // A disc has room around it for a ring.
  const roomy = node.round && disc < halfWidth;
  if (roomy) group.append('circle').attr('class', 'ground').attr('r', halfWidth);
  const outlined = (className: string, grow: number, radius: number): void => {
    if (node.glyph === 'balancer') group.append('path').attr('class', className).attr('d', diamond(halfWidth + grow * 1.4));
    else if (node.round) group.append('circle').attr('class', className).attr('r', halfWidth + grow);
    else {
      group.append('rect').attr('class', className)
        .attr('x', -halfWidth - grow).attr('y', -halfHeight - grow)
        .attr('width', 2 * (halfWidth + grow)).attr('height', 2 * (halfHeight + grow))
        .attr('rx', radius);
    }
  };
  if (detail !== 'dot') outlined('rim', RIM / 2, 10);
  if (look.selected) outlined('selr', roomy ? 1 : detail === 'full' ? 5 : 4, detail === 'full' ? 12 : 8);
  if (look.focused) group.append('path').attr('class', 'brackets').attr('d', brackets(halfWidth + 9, halfHeight + 9));
  if (roomy) drawAround(element, look, ringRadius(node));
  outlined(node.round ? 'disc' : 'box', node.round ? disc - halfWidth : 0, detail === 'full' ? 8 : 5);
  if (node.inside) drawInside(element, node, look.badge);
  if (look.beside && labelsAll(detail)) drawWords(element, detail === 'full' ? 'city halo' : 'lbl halo', look.beside);
}

function diamond(radius: number): string {
  return `M0 ${-radius}L${radius} 0 0 ${radius} ${-radius} 0z`;
}

/** Discs from these radii on have room for larger letters, and for a second line (px). */
const LARGE = 30;
const MIDDLE = 20;
/** Longer labels are written small where the disc is. */
const LETTERS = 3;

/** In a box the label stands at its beginning; from this height on in normal letters (px). */
const BOX_LABEL = { beside: 11, besideNarrow: 7, wide: 70, high: 20, low: 11.5 };

function drawInside(element: SVGGElement, { glyph, spec, disc, box }: NodeMark, badge: string): void {
  const group = select(element);
  if (glyph === 'server') {
    const beside = 2 * box.halfWidth >= BOX_LABEL.wide ? BOX_LABEL.beside : BOX_LABEL.besideNarrow;
    const height = 2 * box.halfHeight;
    const size = height >= BOX_LABEL.high ? '' : height >= BOX_LABEL.low ? 'little' : 'tiny';
    group.append('text').attr('class', `code2 ${size}`).attr('x', beside - box.halfWidth).attr('y', size === 'tiny' ? 3.6 : 4.5).text(spec.label);
    return;
  }
  const size = disc >= LARGE ? 'large' : disc >= MIDDLE && spec.label.length <= LETTERS ? 'middle' : 'little';
  const twoLines = badge !== '' && disc >= MIDDLE;
  group.append('text').attr('class', glyph === 'router' ? 'code' : `nid ${size}`).attr('y', twoLines ? 1 : 4.5).text(spec.label);
  if (twoLines) group.append('text').attr('class', 'nterm').attr('y', disc >= LARGE ? 16 : 13).text(badge);
}

/** A timer that runs out, or the halo of who leads. */
function drawAround(element: SVGGElement, { role, ring }: NodeLook, radius: number): void {
  const group = select(element);
  if (ring) {
    group.append('circle').attr('class', 'timer-rail').attr('r', radius);
    group.append('path').attr('class', 'timer');
  } else if (role === 'solid') group.append('circle').attr('class', 'halo-ring').attr('r', radius);
}

function drawWords(element: SVGGElement, className: string, { text, value, block, place }: NonNullable<NodeLook['beside']>): void {
  if (block) {
    drawBlock(element, text, block, place);
    return;
  }
  const label = select(element).append('text').attr('class', className).attr('x', place.dx).attr('y', place.dy).attr('text-anchor', place.anchor).text(text);
  if (value) label.append('tspan').attr('class', 'dst').text(text ? ` ${value}` : value);
}

/** Corners of a frame about (0, 0): focus, as selection is a ring. */
export function brackets(halfWidth: number, halfHeight: number): string {
  const leg = Math.min(9, halfWidth * 0.6, halfHeight * 0.6);
  const [x, y] = [halfWidth, halfHeight];
  return [
    `M${-x} ${-y + leg}V${-y}H${-x + leg}`,
    `M${x - leg} ${-y}H${x}V${-y + leg}`,
    `M${x} ${y - leg}V${y}H${x - leg}`,
    `M${-x + leg} ${y}H${-x}V${y - leg}`,
  ].join('');
}
