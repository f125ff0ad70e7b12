import type { Frame, TornPacket } from '../simulation/types.ts';
import { TORN_FOR } from '../simulation/flights.ts';
import { glyphOf, marksOf } from '../kit/views.ts';
import { isHeld, type PacketId } from '../../workers/model/packet.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import type { MessageGlyph, View } from '../../workers/model/view.ts';
import { drawBar, drawBatch, keyOf, type Batch } from './batches.ts';
import type { Colours } from './colours.ts';
import { GLYPHS_MAX } from './detail.ts';
import { angleAt, distance, pointAt, traceCurve, type Point } from './geometry.ts';
import { carriedOf, outline } from './glyphs.ts';
import { isRedundant } from './news.ts';
import type { LinkMark, Scene } from './scene.ts';

/** Where a packet was drawn, for whoever points at it. */
export type PacketPlace = { readonly packet: PacketId; readonly x: number; readonly y: number };

export type PacketLayer = {
  resize(width: number, height: number): void;
  draw(frame: Frame, scene: Scene, colours: Colours, options: PacketOptions): void;
  /** The packet nearest to a point, if one is within `reach` px of it. */
  at(point: Point, reach: number): PacketPlace | null;
  placeOf(packet: PacketId): PacketPlace | null;
};

/** Beyond so many torn packets at once, they are not drawn one by one in halves. */
const TORN_MAX = 80;
export type PacketOptions = {
  readonly selected: PacketId | null;
  /** Nothing travels: a thin line tells where each packet comes from (reduced motion). */
  readonly still: boolean;
  /** What is shown of a node's process: whether a message tells it anything new is seen from it. */
  readonly viewOf: (node: NodeId, process: string) => View | undefined;
  /** Held by the pointer, wherever its link is. */
  readonly held: { readonly packet: PacketId; readonly at: Point } | null;
};

/** A packet longer than this on its link is drawn as a bar (px). */
const BAR_MIN = 2;

export function mountPackets(canvas: HTMLCanvasElement): PacketLayer {
  // Kept in plain memory: a few hundred small shapes are drawn there at once, while a graphics card emulated in software
  // takes a hundred times as long.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let places: PacketPlace[] = [];
  let size = { width: 0, height: 0, ratio: 1 };

  return {
    resize(width, height) {
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      size = { width, height, ratio };
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    },
    draw(frame, scene, colours, options) {
      places = [];
      if (!context) return;
      context.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
      context.clearRect(0, 0, size.width, size.height);
      if (frame.flights.length > GLYPHS_MAX) drawDensity(context, frame, scene, colours);
      else places = drawGlyphs(context, frame, scene, colours, options);
      drawTorn(context, frame.torn, scene, colours);
      if (options.held) drawHeld(context, options.held.at, scene.glyphRadius * 1.6, colours.cut);
      const chosen = options.selected === null ? undefined : places.find((place) => place.packet === options.selected);
      if (chosen) drawRing(context, chosen, scene.glyphRadius * 1.9, colours.ink);
    },
    at: (point, reach) => nearestPlace(places, point, reach),
    placeOf: (packet) => places.find((place) => place.packet === packet) ?? null,
  };
}

/** The place nearest to a point within reach. */
export function nearestPlace(places: readonly PacketPlace[], point: Point, reach: number): PacketPlace | null {
  let found: PacketPlace | null = null;
  let least = reach;
  for (const place of places) {
    const away = distance(place, point);
    if (away <= least) {
      least = away;
      found = place;
    }
  }
  return found;
}

/** A fraction of a hop as a fraction of its link's curve: from rim to rim, so that no glyph lies on a node, and no farther than those who wait at its end. */
function onCurve(link: LinkMark, from: NodeId, fraction: number, radius: number): number {
  const { curve, line } = link;
  const inset = Math.min(0.2, radius / (Math.abs(curve.to.x - curve.from.x) + Math.abs(curve.to.y - curve.from.y) + 1));
  const along = inset + (1 - 2 * inset) * fraction;
  if (link.spec.ends[0] !== from) return 1 - along;
  return line && line.at !== from ? along * line.until : along;
}

/** Where a packet is that has come so far on its hop. */
export function placeOfHop(link: LinkMark, from: NodeId, fraction: number, radius: number): Point {
  return placeOn(link, from, onCurve(link, from, fraction, radius));
}

/** Where a packet is on its link: what comes from those who wait passes above them. */
function placeOn(link: LinkMark, from: NodeId, along: number): Point {
  const { x, y } = pointAt(link.curve, along);
  const { line } = link;
  return line?.at === from ? { x, y: y - line.above * Math.min(1, along / line.until) } : { x, y };
}

function drawGlyphs(context: CanvasRenderingContext2D, frame: Frame, scene: Scene, colours: Colours, { still, held, viewOf }: PacketOptions): PacketPlace[] {
  const radius = scene.glyphRadius;
  const places: PacketPlace[] = [];
  const batches = new Map<string, Batch>();
  const waitingAt = new Map<string, number>();
  const heldAt: Point[] = [];
  for (const flight of frame.flights) {
    const link = scene.link(flight.flight.link);
    if (!link) continue;
    const { from, to } = flight.flight;
    const look = glyphOf(flight.message, flight.process);
    const marks = marksOf(flight.message, flight.process);
    const copy = isCopy(flight.packet);
    const redundant = isRedundant(carriedOf(flight.process, flight.message), viewOf(to, flight.process));
    const head = onCurve(link, from, flight.head, radius);
    let { x, y } = placeOn(link, from, head);
    const reversed = link.spec.ends[0] !== from;
    const angle = angleAt(link.curve, head) + (reversed ? Math.PI : 0);
    if (flight.waiting) {
      // In line for the transmitter: one behind the other, beside the link's beginning.
      const line = `${flight.flight.link} ${from}`;
      const before = waitingAt.get(line) ?? 0;
      waitingAt.set(line, before + 1);
      x += Math.cos(angle + Math.PI / 2) * (radius + 2) * (1 + Math.min(before, 6));
      y += Math.sin(angle + Math.PI / 2) * (radius + 2) * (1 + Math.min(before, 6));
    }
    if (held?.packet === flight.packet) ({ x, y } = held.at);
    const start = reversed ? link.curve.to : link.curve.from;
    const tail = placeOfHop(link, from, flight.tail, radius);
    const length = flight.waiting || held?.packet === flight.packet ? 0 : distance({ x, y }, tail);
    if (length > BAR_MIN) drawBar(context, { x, y }, tail, colours.hues[look.hue], radius);
    const key = keyOf(look, marks, redundant, copy);
    let batch = batches.get(key);
    if (!batch) {
      batch = { look, marks, redundant, copy, spots: [] };
      batches.set(key, batch);
    }
    const comet = flight.waiting || still ? 0 : Math.min(radius * 3.5, distance({ x, y }, start));
    batch.spots.push({ x, y, angle, comet, from: still ? start : null });
    places.push({ packet: flight.packet, x, y });
    if (isHeld(flight.flight, frame.playhead.time)) heldAt.push({ x, y });
  }
  for (const batch of batches.values()) drawBatch(context, batch, colours, radius);
  for (const place of heldAt) drawHeld(context, place, radius * 1.6, colours.cut);
  return places;
}

/** Whether a packet is the copy of another one: its name then ends in two numbers. */
export function isCopy(packet: PacketId): boolean {
  return /\.\d+\.\d+$/.test(packet);
}

/** Strength of a link's traffic where it stands for its messages. */
const DENSITY_ALPHA = 0.6;

/** Too many to tell apart: each link is as broad as it is busy, in the hue of what it carries most. */
function drawDensity(context: CanvasRenderingContext2D, frame: Frame, scene: Scene, colours: Colours): void {
  const busy = new Map<string, { readonly link: LinkMark; readonly hues: Map<MessageGlyph['hue'], number>; count: number }>();
  for (const flight of frame.flights) {
    const link = scene.link(flight.flight.link);
    if (!link) continue;
    let entry = busy.get(flight.flight.link);
    if (!entry) {
      entry = { link, hues: new Map(), count: 0 };
      busy.set(flight.flight.link, entry);
    }
    const { hue } = glyphOf(flight.message, flight.process);
    entry.hues.set(hue, (entry.hues.get(hue) ?? 0) + 1);
    entry.count += 1;
  }
  context.globalAlpha = DENSITY_ALPHA;
  context.lineCap = 'butt';
  // One stroke a link: a single path of a thousand broad lines that cross each other takes seconds to fill.
  for (const { link, hues, count } of busy.values()) {
    context.strokeStyle = colours.hues[mostOf(hues)];
    context.lineWidth = Math.min(9, 1.5 + 1.5 * Math.log2(count + 1));
    context.beginPath();
    traceCurve(context, link.curve);
    context.stroke();
  }
  context.globalAlpha = 1;
}

function mostOf(hues: ReadonlyMap<MessageGlyph['hue'], number>): MessageGlyph['hue'] {
  let most: MessageGlyph['hue'] = 'slate';
  for (const [hue, count] of hues) if (count > (hues.get(most) ?? 0)) most = hue;
  return most;
}

/** The two halves of a torn glyph: what is kept of it, how it is moved and turned. */
const halves = [
  { edge: [[-3, -3], [0.4, -3], [-0.08, -0.15], [0.1, -0.02], [0.03, 0.2], [-0.4, 3], [-3, 3]], x: -0.24, y: -0.12, turn: -0.12 },
  { edge: [[3, -3], [0.4, -3], [-0.08, -0.15], [0.1, -0.02], [0.03, 0.2], [-0.4, 3], [3, 3]], x: 0.24, y: 0.14, turn: 0.14 },
] as const;

function drawTorn(context: CanvasRenderingContext2D, torn: readonly TornPacket[], scene: Scene, colours: Colours): void {
  const radius = scene.glyphRadius;
  for (const packet of torn.slice(0, TORN_MAX)) {
    const link = scene.link(packet.link);
    if (!link || packet.age > TORN_FOR) continue;
    const { x, y } = placeOfHop(link, packet.from, packet.position, radius);
    const look = glyphOf(packet.message, packet.process);
    const gone = packet.age / TORN_FOR;
    for (const half of halves) {
      context.save();
      context.globalAlpha = 0.9 * (1 - gone);
      context.translate(x + half.x * radius * (1 + gone * 2), y + half.y * radius * (1 + gone * 2));
      context.rotate(half.turn * (1 + gone));
      context.beginPath();
      half.edge.forEach(([px, py], at) => (at === 0 ? context.moveTo(px * radius, py * radius) : context.lineTo(px * radius, py * radius)));
      context.clip();
      context.beginPath();
      outline(context, look.shape, 0, 0, radius, 0);
      context.fillStyle = colours.hues[look.hue];
      context.strokeStyle = colours.hues[look.hue];
      context.lineWidth = 1.75;
      if (look.hollow) context.stroke();
      else context.fill();
      context.restore();
    }
  }
}

/** An arc in the colour of your hand, around what it holds. */
function drawHeld(context: CanvasRenderingContext2D, { x, y }: Point, radius: number, cut: string): void {
  context.strokeStyle = cut;
  context.lineWidth = 1.75;
  context.lineCap = 'round';
  context.beginPath();
  context.arc(x, y, radius, -Math.PI / 2, Math.PI * 0.9);
  context.stroke();
}

function drawRing(context: CanvasRenderingContext2D, { x, y }: Point, radius: number, ink: string): void {
  context.strokeStyle = ink;
  context.lineWidth = 1.75;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}
