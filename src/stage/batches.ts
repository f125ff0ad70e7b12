import type { MessageGlyph, MessageMarks } from '../../workers/model/view.ts';
import type { Colours } from './colours.ts';
import type { Point } from './geometry.ts';
import { outline } from './glyphs.ts';

/** What is drawn alike is drawn at once: canvases are fast with few, long paths. */
export type Batch = { readonly look: MessageGlyph; readonly marks: MessageMarks; readonly redundant: boolean; readonly copy: boolean; readonly spots: { x: number; y: number; angle: number; comet: number; from: Point | null }[] };

/** Messages with the same key are drawn alike. */
export function keyOf(look: MessageGlyph, { small, refused, entries = 0, attempt = 1 }: MessageMarks, redundant: boolean, copy: boolean): string {
  return [look.shape, look.hue, look.hollow === true, small === true, refused === true, Math.min(3, entries), attempt, redundant, copy].join();
}

/** Strength of what is paler than the rest. */
const COMET_ALPHA = 0.42;
const REDUNDANT_ALPHA = 0.8;

/** A message that carries nothing is so much smaller. */
const SMALL = 0.62;

export function drawBatch(context: CanvasRenderingContext2D, { look, marks, redundant, copy, spots }: Batch, colours: Colours, full: number): void {
  const hue = colours.hues[look.hue];
  const hollow = look.hollow === true || redundant;
  const radius = (hollow ? full * 0.84 : full) * (marks.small ? SMALL : 1);
  if (copy) drawEchoes(context, look, spots, colours, radius);
  if (look.shape !== 'triangle') drawComets(context, spots, hue, radius);
  drawTravelled(context, spots, hue);
  context.beginPath();
  for (const { x, y, angle } of spots) outline(context, look.shape, x, y, radius, angle);
  if (hollow) {
    context.fillStyle = colours.sheet;
    context.fill();
    context.globalAlpha = redundant ? REDUNDANT_ALPHA : 1;
    context.strokeStyle = hue;
    context.lineWidth = full > 5 ? 1.75 : 1.25;
    context.stroke();
    if (redundant || marks.refused) strike(context, spots, radius);
    context.globalAlpha = 1;
  } else {
    context.strokeStyle = colours.sheet;
    context.lineWidth = full > 5 ? 3 : 1.5;
    context.stroke();
    context.fillStyle = hue;
    context.fill();
    if (marks.refused) strike(context, spots, radius);
    if (marks.entries) drawEntries(context, spots, Math.min(3, marks.entries), colours.on[look.hue], radius);
  }
  if (marks.attempt !== undefined && marks.attempt > 1) drawAttempt(context, spots, marks.attempt, hue, colours.sheet, radius);
}

/** Bars for what a message carries: one, two, or three for any more. */
function drawEntries(context: CanvasRenderingContext2D, spots: Batch['spots'], entries: number, colour: string, radius: number): void {
  context.strokeStyle = colour;
  context.lineWidth = radius > 7 ? 1.6 : 1.2;
  context.lineCap = 'round';
  context.beginPath();
  for (const { x, y } of spots) {
    for (let bar = 0; bar < entries; bar += 1) {
      const height = y + (bar - (entries - 1) / 2) * radius * 0.46;
      context.moveTo(x - radius * 0.4, height);
      context.lineTo(x + radius * 0.4, height);
    }
  }
  context.stroke();
}

/** A copy of another packet has its outline behind it. */
function drawEchoes(context: CanvasRenderingContext2D, look: MessageGlyph, spots: Batch['spots'], colours: Colours, radius: number): void {
  context.beginPath();
  for (const { x, y, angle } of spots) outline(context, look.shape, x - radius * 0.6, y - radius * 0.6, radius * 0.9, angle);
  context.fillStyle = colours.sheet;
  context.fill();
  context.strokeStyle = colours.hues[look.hue];
  context.lineWidth = 1.5;
  context.stroke();
}

/** The number of the attempt, in a circle at the upper right. */
function drawAttempt(context: CanvasRenderingContext2D, spots: Batch['spots'], attempt: number, hue: string, sheet: string, radius: number): void {
  context.lineWidth = 1.2;
  context.font = `700 ${Math.max(8, radius * 1.15).toFixed(1)}px sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { x, y } of spots) {
    context.beginPath();
    context.arc(x + radius * 1.05, y - radius * 1.05, radius * 0.72, 0, 2 * Math.PI);
    context.fillStyle = sheet;
    context.fill();
    context.strokeStyle = hue;
    context.stroke();
    context.fillStyle = hue;
    context.fillText(String(attempt), x + radius * 1.05, y - radius * 1.02);
  }
}

/** Told apart from what is useful: a bar across, as for what is refused. */
function strike(context: CanvasRenderingContext2D, spots: Batch['spots'], radius: number): void {
  const leg = radius * 0.95;
  context.beginPath();
  for (const { x, y } of spots) {
    context.moveTo(x - leg, y + leg);
    context.lineTo(x + leg, y - leg);
  }
  context.stroke();
}

function drawComets(context: CanvasRenderingContext2D, spots: Batch['spots'], hue: string, radius: number): void {
  context.globalAlpha = COMET_ALPHA;
  context.fillStyle = hue;
  context.beginPath();
  for (const { x, y, angle, comet } of spots) {
    if (comet <= radius) continue;
    const side = { x: -Math.sin(angle) * radius * 0.42, y: Math.cos(angle) * radius * 0.42 };
    context.moveTo(x + side.x, y + side.y);
    context.lineTo(x - Math.cos(angle) * comet, y - Math.sin(angle) * comet);
    context.lineTo(x - side.x, y - side.y);
    context.closePath();
  }
  context.fill();
  context.globalAlpha = 1;
}

/** Where nothing may move, a thin line tells where a packet comes from. */
function drawTravelled(context: CanvasRenderingContext2D, spots: Batch['spots'], hue: string): void {
  context.strokeStyle = hue;
  context.lineWidth = 1;
  context.beginPath();
  for (const { x, y, from } of spots) {
    if (!from) continue;
    context.moveTo(from.x, from.y);
    context.lineTo(x, y);
  }
  context.stroke();
}

export function drawBar(context: CanvasRenderingContext2D, head: Point, tail: Point, hue: string, radius: number): void {
  context.strokeStyle = hue;
  context.lineWidth = radius;
  context.lineCap = 'butt';
  context.beginPath();
  context.moveTo(tail.x, tail.y);
  context.lineTo(head.x, head.y);
  context.stroke();
}
