import { select } from 'd3-selection';
import type { PacketId } from '../../workers/model/packet.ts';
import { translate } from '../i18n/text.ts';
import { pathOf, piece, pointAt, type Box, type Point } from './geometry.ts';
import { placeAround, type Obstacles } from './labels.ts';
import type { CutGroup } from './deeds.ts';
import { endsOf } from './looks.ts';
import type { PacketPlace } from './packets.ts';
import type { LinkMark } from './scene.ts';

/** A cut's label, and where the crack is that it belongs to. */
export type Pill = { readonly group: CutGroup; readonly link: LinkMark; readonly at: Point; /** Its own place on a crack of the sheet. */ readonly box: Box | null };

/** What lies above the drawing: labels of cuts, the tip, the pen, the one real button for a packet. */
export type Overlay = {
  /** The button that stands for the packet being pointed at, focused or held. */
  readonly packetButton: HTMLButtonElement;
  /** Takes the focus when a person leaves the stage by Esc; Tab goes on from there. */
  readonly exit: HTMLElement;
  /** @returns the place of the one on a crack of the sheet, if there is one. */
  drawPills(pills: readonly Pill[], obstacles: Obstacles): Box | null;
  /** Holds what is said of how many of the voters each island has. */
  readonly islands: HTMLElement;
  drawPacketButton(place: PacketPlace | null, name: string, focused: boolean): void;
  /** Two lines beside the pointer; null hides them. */
  tip(at: Point | null, first?: string, second?: string): void;
  /** The stroke of the pen, and the links that part under it. */
  pen(stroke: readonly Point[], crossed: readonly (readonly [LinkMark, number])[]): void;
  /** A link that is being drawn from a node. */
  wire(from: Point | null, to?: Point): void;
};

const SCISSORS = 'M5.7 5.5 13.5 11M5.7 10.5 13.5 5M6 4.4a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0M6 11.6a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0';

export function mountOverlay(root: HTMLElement, heal: (group: CutGroup) => void): Overlay {
  const layer = select(root).append('div').attr('class', 'over');
  const drawing = layer.append('svg').attr('class', 'scene').attr('aria-hidden', 'true');
  const wire = drawing.append('path').attr('class', 'preview');
  const parts = drawing.append('g');
  const stroke = drawing.append('path').attr('class', 'penstroke');
  const pills = layer.append('div');
  const islands = layer.append('div');
  const packetButton = layer.append('button').attr('type', 'button').attr('class', 'packetbtn').attr('tabindex', -1).property('hidden', true);
  const tip = layer.append('div').attr('class', 'stagetip').property('hidden', true);
  const first = tip.append('b');
  const second = tip.append('span');
  const exit = layer.append('span').attr('class', 'stageexit').attr('tabindex', -1);

  return {
    packetButton: packetButton.node() as HTMLButtonElement,
    islands: islands.node() as HTMLElement,
    exit: exit.node() as HTMLElement,
    drawPills(list, obstacles) {
      exit.text(translate('stage.left'));
      const boxes = [...obstacles.boxes];
      const placed = list.map((pill) => {
        const width = pill.group.time === null ? 84 : 150;
        const box = pill.box ?? placeAround(pill.at, { width, height: 26 }, 46, { ...obstacles, boxes });
        boxes.push(box);
        return { pill, box };
      });
      drawPills(pills.node() as HTMLElement, placed, heal);
      return placed.find(({ pill }) => pill.box !== null)?.box ?? null;
    },
    drawPacketButton(place, name, focused) {
      const element = packetButton.node();
      if (!element) return;
      element.hidden = place === null;
      if (!place) return;
      element.style.transform = `translate(${place.x.toFixed(1)}px, ${place.y.toFixed(1)}px)`;
      element.classList.toggle('focused', focused);
      element.dataset['packet'] = place.packet satisfies PacketId;
      if (element.getAttribute('aria-label') !== name) element.setAttribute('aria-label', name);
    },
    tip(at, firstLine = '', secondLine = '') {
      tip.property('hidden', at === null);
      if (!at) return;
      first.text(firstLine);
      second.text(secondLine);
      const element = tip.node();
      if (!element) return;
      // Beside the pointer, and always on the stage.
      const x = Math.max(4, Math.min(at.x + 24, root.clientWidth - element.offsetWidth - 8));
      const y = Math.max(4, Math.min(at.y + 16, root.clientHeight - element.offsetHeight - 8));
      element.style.transform = `translate(${x}px, ${y}px)`;
    },
    pen(points, crossed) {
      stroke.attr('d', points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join(''));
      parts
        .selectAll<SVGPathElement, readonly [LinkMark, number]>('path')
        .data(crossed.flatMap((each) => [each, each]))
        .join('path')
        .attr('class', (_, at) => (at % 2 === 0 ? 'pengap' : 'penends'))
        .attr('d', ([link, fraction], at) => (at % 2 === 0 ? gapPath(link, fraction) : endsPath(link, fraction)));
    },
    wire(from, to) {
      wire.attr('d', from && to ? `M${from.x} ${from.y}L${to.x} ${to.y}` : null);
    },
  };
}

/** Half of the gap that opens under the pen (px). */
const PEN_GAP = 11;

function gapFractions(link: LinkMark, fraction: number): readonly [number, number] {
  const share = PEN_GAP / Math.max(60, Math.hypot(link.curve.to.x - link.curve.from.x, link.curve.to.y - link.curve.from.y));
  return [Math.max(0, fraction - share), Math.min(1, fraction + share)];
}

function gapPath(link: LinkMark, fraction: number): string {
  const [start, end] = gapFractions(link, fraction);
  return pathOf(piece(link.curve, start, end));
}

function endsPath(link: LinkMark, fraction: number): string {
  return gapFractions(link, fraction)
    .map((at) => {
      const middle = pointAt(link.curve, at);
      const ahead = pointAt(link.curve, Math.min(1, at + 0.01));
      const behind = pointAt(link.curve, Math.max(0, at - 0.01));
      const angle = Math.atan2(ahead.y - behind.y, ahead.x - behind.x) + Math.PI / 2;
      const leg = (side: number): string => `${(middle.x + Math.cos(angle) * side).toFixed(1)} ${(middle.y + Math.sin(angle) * side).toFixed(1)}`;
      return `M${leg(-5)}L${leg(5)}`;
    })
    .join('');
}

type PlacedPill = { readonly pill: Pill; readonly box: Box };

function drawPills(parent: HTMLElement, placed: readonly PlacedPill[], heal: (group: CutGroup) => void): void {
  const joined = select(parent)
    .selectAll<HTMLDivElement, PlacedPill>('div.cutpill')
    .data(placed, ({ pill }) => pill.group.key)
    .join((enter) => {
      const pill = enter.append('div').attr('class', 'cutpill');
      const icon = pill.append('svg').attr('class', 'i').attr('width', 14).attr('height', 14).attr('viewBox', '0 0 16 16').attr('aria-hidden', 'true');
      icon.append('path').attr('d', SCISSORS);
      pill.append('span');
      pill.append('button').attr('type', 'button');
      return pill;
    });
  joined.style('transform', ({ box }) => `translate(${(box.x - box.halfWidth).toFixed(1)}px, ${(box.y - box.halfHeight).toFixed(1)}px)`);
  joined.select('span').text(({ pill }) => (pill.group.time === null ? '' : translate('stage.cut', { time: (pill.group.time / 1e9).toFixed(3) })));
  joined
    .select('button')
    .text(translate('stage.heal'))
    .attr('aria-label', ({ pill }) => (pill.group.links.length === 1 ? translate('stage.heal.link', { ends: endsOf(pill.link) }) : translate('stage.heal.links', { links: pill.group.links.length })))
    .on('click', (_, { pill }) => heal(pill.group));
}
