import { select } from 'd3-selection';
import type { NodeAt } from '../simulation/types.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { Ring, RoleLook, Strip } from '../../workers/model/view.ts';
import { formatDuration } from '../i18n/format.ts';
import { hasText, translate } from '../i18n/text.ts';
import { viewOf } from '../kit/views.ts';
import type { Beside } from './labels.ts';

/** What a node plays, and how that is drawn. */
export type Role = { readonly name: string; readonly look: RoleLook };

/** What stands beside a node that has a role, below the role's name. */
export type Block = { readonly strip: Strip | null; readonly says: string };

/** How a role looks whose protocol has drawn none: as everybody. */
const plainLook: RoleLook = { look: 'open', hue: 'slate' };

/** The role of the highest process that has one. */
export function roleOf(at: NodeAt | undefined): Role | null {
  const found = at?.up ? at.processes.findLast(({ view }) => view.role !== undefined) : undefined;
  const name = found?.view.role;
  if (!found || name === undefined) return null;
  return { name, look: viewOf(found.process)?.roles?.[name] ?? plainLook };
}

/** A role's name, in the words of its protocol. */
export function roleText(role: string): string {
  return hasText(`role.${role}`) ? translate(`role.${role}`) : role;
}

/** Entries that a strip shows, each so broad, so far from the next (px). */
const CELLS = 8;
const CELL = 9;
const PITCH = 11;
/** Baselines of the role and of what it says, and the top of the strip, from the node's middle (px). */
const ROLE_Y = -9;
const STRIP_Y = -1;
const SAYS_Y = 24;
/** Room for a block's words (px): it stays where it is, whatever the node says at the moment. */
export const BLOCK_WIDTH = 138;
export const BLOCK_HALF_HEIGHT = 25;
const HIT_WIDTH = 92;
/** How far the middle of a block lies below that of its node, when it stands beside it (px). */
export const BLOCK_LOWER = 3;

/** Writes a role, the log's strip and a few words beside a node. */
export function drawBlock(element: SVGGElement, role: string, { strip, says }: Block, { dx, dy, anchor }: Beside): void {
  const group = select(element).append('g').attr('class', 'roleblock').attr('transform', `translate(${dx} ${dy})`);
  // A press on the words is one on the node.
  group.append('rect').attr('class', 'blockhit').attr('x', anchor === 'start' ? 0 : anchor === 'end' ? -HIT_WIDTH : -HIT_WIDTH / 2).attr('y', BLOCK_LOWER - BLOCK_HALF_HEIGHT)
    .attr('width', HIT_WIDTH).attr('height', 2 * BLOCK_HALF_HEIGHT);
  group.append('text').attr('class', 'role halo').attr('y', ROLE_Y).attr('text-anchor', anchor).text(role);
  if (strip) drawStrip(group.append('g').node(), strip, anchor);
  group.append('text').attr('class', 'says halo').attr('y', strip ? SAYS_Y : STRIP_Y + CELL).attr('text-anchor', anchor).text(says);
}

function drawStrip(element: SVGGElement | null, { length, committed, terms }: Strip, anchor: Beside['anchor']): void {
  if (!element) return;
  const shown = Math.min(CELLS, terms.length);
  const width = shown * PITCH - (PITCH - CELL);
  const left = anchor === 'start' ? 0 : anchor === 'end' ? -width : -width / 2;
  const cells = select(element);
  for (let at = 0; at < shown; at += 1) {
    const index = length - shown + at + 1;
    const done = index <= committed;
    const inset = done ? 0 : 0.7;
    cells.append('rect').attr('class', done ? 'cell done' : 'cell open')
      .attr('x', left + at * PITCH + inset).attr('y', STRIP_Y + inset)
      .attr('width', CELL - 2 * inset).attr('height', CELL - 2 * inset).attr('rx', 2);
  }
}

/** With so much of it left, a timer is about to run out. */
const HOT = 0.15;

/** How much of a timer is left, 1 to 0. */
export function remaining({ from, until }: Ring, time: Nanoseconds): number {
  return until <= from ? 0 : Math.min(1, Math.max(0, (until - time) / (until - from)));
}

export function isHot(ring: Ring, time: Nanoseconds): boolean {
  return remaining(ring, time) <= HOT;
}

/** The arc of what is left of a timer: it ends at the top, and its beginning runs towards there, clockwise. */
export function arcPath(radius: number, left: number): string {
  if (left <= 0) return '';
  if (left >= 1) return `M0 ${-radius}A${radius} ${radius} 0 1 1 0 ${radius}A${radius} ${radius} 0 1 1 0 ${-radius}`;
  const angle = 2 * Math.PI * (1 - left);
  const place = `${(Math.sin(angle) * radius).toFixed(2)} ${(-Math.cos(angle) * radius).toFixed(2)}`;
  return `M${place}A${radius} ${radius} 0 ${left > 0.5 ? 1 : 0} 1 0 ${-radius}`;
}

/** What of a node moves with every picture. */
export type Moving = { readonly arc: SVGPathElement | null; readonly says: SVGTextElement | null; written: string };

/** Brings a node's ring, and the words about it, to the playhead's time. Nothing is written that is there already. */
export function moveRing(moving: Moving, ring: Ring, radius: number, says: string, time: Nanoseconds): void {
  const { arc } = moving;
  const hot = isHot(ring, time);
  const path = arcPath(radius, remaining(ring, time));
  if (path !== moving.written) {
    moving.written = path;
    arc?.setAttribute('d', path);
    arc?.classList.toggle('hot', hot);
  }
  if (!moving.says) return;
  const words = says === '' && hot ? translate('stage.node.times-out', { time: formatDuration(Math.round(Math.max(0, ring.until - time) / 1e6) * 1e6) }) : says;
  if (moving.says.textContent !== words) moving.says.textContent = words;
}
