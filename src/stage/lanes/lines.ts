import { select } from 'd3-selection';
import { ownTime } from '../../../workers/model/clock.ts';
import type { Nanoseconds } from '../../../workers/model/time.ts';
import type { NodeId } from '../../../workers/model/topology.ts';
import type { Line } from '../../../workers/model/view.ts';
import type { Frame, NodeAt } from '../../simulation/types.ts';
import { currentLanguage, translate } from '../../i18n/text.ts';
import type { Box } from '../geometry.ts';
import type { NodeMark, Scene } from '../scene.ts';
import { shadeOf, type Slots } from './slots.ts';

/** The layer of the lines before the servers, and of what is in service in them. It lies below the nodes. */
export type LineLayer = {
  draw(scene: Scene, frame: Frame, waiting: ReadonlyMap<NodeId, { readonly slots: Slots }>): void;
};

/** From the box to the number that waits (px). */
const COUNT_GAP = 14;
const COUNT_GAP_NARROW = 8;
const HEAD_GAP = 7;
/** A box this wide has room for the rate with its unit (px). */
const WIDE = 70;
/** A box this high has room for words (px). */
const HIGH = 9;
/** Lower ones have small letters (px). */
const SMALL = 11.5;
/** More workers than these have no strip of their own in the box. */
const STRIPS_MAX = 6;

let clips = 0;

type Parts = {
  readonly box: SVGRectElement;
  readonly clip: SVGRectElement;
  readonly strips: SVGGElement;
  readonly slots: SVGGElement;
  readonly hit: SVGRectElement;
  readonly more: SVGPathElement;
  readonly rate: SVGTextElement;
  readonly count: SVGTextElement;
  readonly out: SVGTextElement;
  /** What was drawn before. */
  still: { readonly slots: Slots; readonly box: Box; readonly line: Line | null; readonly language: string } | null;
  readonly widths: string[];
  readonly shades: string[];
};

export function mountLines(svg: SVGSVGElement): LineLayer {
  const layer = select(svg).insert('g', ':first-child').attr('class', 'lines').attr('aria-hidden', 'true');
  const head = layer.append('text').attr('class', 'lbl-xs');
  const parts = new WeakMap<SVGGElement, Parts>();
  return {
    draw(scene, frame, waiting) {
      const nodes = new Map(frame.nodes.map((node) => [node.spec.id, node]));
      const servers = scene.nodes.filter(({ glyph }) => glyph === 'server');
      drawHead(head.node(), servers);
      layer
        .selectAll<SVGGElement, NodeMark>('g.line')
        .data(servers, ({ spec }) => spec.id)
        .join((enter) => enter.append('g').attr('class', 'line').attr('data-node', ({ spec }) => spec.id))
        .each(function drawLine(server) {
          let own = parts.get(this);
          if (!own) {
            own = partsIn(this);
            parts.set(this, own);
          }
          const slots = waiting.get(server.spec.id)?.slots;
          if (slots) drawServer(this, own, server, slots, nodes.get(server.spec.id), frame);
        });
    },
  };
}

function partsIn(element: SVGGElement): Parts {
  clips += 1;
  const id = `server-${clips}`;
  const group = select(element);
  const make = <Name extends keyof SVGElementTagNameMap>(name: Name, className: string): SVGElementTagNameMap[Name] => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    made.setAttribute('class', className);
    group.node()?.append(made);
    return made;
  };
  const box = make('rect', 'srv');
  const clipPath = make('clipPath', '');
  clipPath.id = id;
  const clip = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  clipPath.append(clip);
  const strips = make('g', 'strips');
  strips.setAttribute('clip-path', `url(#${id})`);
  return { box, clip, strips, hit: make('rect', 'linehit'), slots: make('g', 'slots'), more: make('path', 'more'), rate: make('text', 'rate'), count: make('text', 'qn'), out: make('text', 'out halo'), still: null, widths: [], shades: [] };
}

/** What stands above the numbers at the right. */
function drawHead(head: SVGTextElement | null, servers: readonly NodeMark[]): void {
  const first = servers.toSorted((a, b) => a.box.y - b.box.y)[0];
  const seen = first !== undefined && 2 * first.box.halfWidth >= WIDE && 2 * first.box.halfHeight >= HIGH;
  if (!head) return;
  write(head, seen ? translate('stage.lane.waiting') : '', first ? first.box.x + first.box.halfWidth + COUNT_GAP : 0, first ? first.box.y - first.box.halfHeight - HEAD_GAP : 0, 'start');
}

function drawServer(element: SVGGElement, parts: Parts, server: NodeMark, slots: Slots, at: NodeAt | undefined, frame: Frame): void {
  const line = at?.up ? lineOf(at) : null;
  const language = currentLanguage();
  const { still } = parts;
  if (still?.slots !== slots || still.box !== server.box || still.line !== line || still.language !== language) {
    parts.still = { slots, box: server.box, line, language };
    drawStill(element, parts, server, slots, line);
  }
  const now = at?.clock ? ownTime(at.clock, frame.playhead.time) : frame.playhead.time;
  drawStrips(parts, line, server, now);
  drawShades(parts, line, now, frame.current?.node === server.spec.id);
}

/** What stays as it is while time goes on and nothing happens at the server. */
function drawStill(element: SVGGElement, parts: Parts, { box }: NodeMark, slots: Slots, line: Line | null): void {
  const wide = 2 * box.halfWidth >= WIDE;
  const high = 2 * box.halfHeight >= HIGH;
  put(element, 'class', 2 * box.halfHeight < SMALL ? 'line tiny' : 'line');
  put(element, 'transform', `translate(${box.x.toFixed(1)} ${box.y.toFixed(1)})`);
  for (const rect of [parts.box, parts.clip]) {
    place(rect, -box.halfWidth, -box.halfHeight, 2 * box.halfWidth, 2 * box.halfHeight);
    put(rect, 'rx', String(Math.min(7, box.halfHeight * 0.5)));
  }
  write(parts.rate, line && line.rate !== null && high ? rateText(line.rate, wide) : '', box.halfWidth - (wide ? 10 : 6), 4, 'end');
  write(parts.count, line && high ? String(line.length) : '', box.halfWidth + (wide ? COUNT_GAP : COUNT_GAP_NARROW), 4.5, 'start');
  parts.count.classList.toggle('bad', line !== null && isLong(line));
  write(parts.out, slots.words, slots.wordsEnd, 4, 'end');
  drawSlots(parts, slots, line?.length ?? 0);
}

function rateText(rate: number, wide: boolean): string {
  return wide ? translate('stage.lane.rate', { rate: Math.round(rate) }) : String(Math.round(rate));
}

export function lineOf({ processes }: NodeAt): Line | null {
  return processes.findLast(({ view }) => view.line !== undefined)?.view.line ?? null;
}

/** Whoever came last waits for a second and more, on average. */
export function isLong({ length, rate }: Line): boolean {
  return rate !== null && length >= rate;
}

/** How far each worker has come with what it is at; many workers are one strip, as broad as they are busy. */
function drawStrips({ strips: group, widths }: Parts, line: Line | null, { box }: NodeMark, now: Nanoseconds): void {
  const shares = line === null ? [] : line.workers > STRIPS_MAX ? [Math.min(1, line.serving.length / line.workers)] : line.serving.map(({ from, until }) => (until <= from ? 1 : Math.min(1, Math.max(0, (now - from) / (until - from)))));
  const rows = line === null || line.workers > STRIPS_MAX ? 1 : line.workers;
  const height = (2 * box.halfHeight) / rows;
  if (resize(group, shares.length, 'work')) widths.length = 0;
  shares.forEach((share, row) => {
    const width = Math.round(share * 4 * box.halfWidth) / 2;
    const key = `${width} ${height}`;
    const strip = group.children[row];
    if (!strip || widths[row] === key) return;
    widths[row] = key;
    place(strip, -box.halfWidth, -box.halfHeight + row * height, width, height);
  });
}

function drawSlots({ slots: group, shades, hit, more }: Parts, { shown, width, height, pitch, first }: Slots, length: number): void {
  if (resize(group, shown, '')) shades.length = 0;
  for (let at = 0; at < shown; at += 1) {
    const slot = group.children[at];
    if (!slot) continue;
    place(slot, first - at * pitch, -height / 2, width, height);
    put(slot, 'rx', String(Math.min(3, width * 0.4)));
  }
  const left = first - (shown - 1) * pitch;
  put(more, 'd', length > shown ? `M${left - 5} 0h.01M${left - 9} 0h.01M${left - 13} 0h.01` : '');
  place(hit, shown === 0 ? 0 : left - 2, -height / 2 - 2, shown === 0 ? 0 : shown * pitch + 4, height + 4);
}

/** A slot is the darker the longer it has waited; one that comes in with this very event has an outline. */
function drawShades({ slots: { children }, shades }: Parts, line: Line | null, now: Nanoseconds, current: boolean): void {
  for (let at = 0; at < children.length; at += 1) {
    const since = line?.waiting[at];
    if (since === undefined) continue;
    const shade = current && since === now ? `pill o${shadeOf(0)} new` : `pill o${shadeOf(now - since)}`;
    if (shades[at] === shade) continue;
    shades[at] = shade;
    children[at]?.setAttribute('class', shade);
  }
}

/** Has as many boxes in a group as are needed. @returns whether their number has changed. */
function resize(group: SVGGElement, count: number, className: string): boolean {
  if (group.children.length === count) return false;
  while (group.children.length > count) group.lastElementChild?.remove();
  while (group.children.length < count) {
    const child = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    child.setAttribute('class', className);
    group.append(child);
  }
  return true;
}

function write(text: SVGTextElement, words: string, x: number, y: number, anchor: 'start' | 'end'): void {
  if (text.textContent !== words) text.textContent = words;
  put(text, 'x', x.toFixed(1));
  put(text, 'y', y.toFixed(1));
  put(text, 'text-anchor', anchor);
}

function place(rect: Element, x: number, y: number, width: number, height: number): void {
  put(rect, 'x', x.toFixed(1));
  put(rect, 'y', y.toFixed(1));
  put(rect, 'width', width.toFixed(1));
  put(rect, 'height', height.toFixed(1));
}

/** Writes only what is not there already. */
function put(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
