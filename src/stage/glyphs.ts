import type { Json } from '../../workers/model/json.ts';
import type { MessageGlyph, Version } from '../../workers/model/view.ts';
import { viewOf } from '../kit/views.ts';

const carriedBy = new WeakMap<object, readonly Version[]>();

/** The versions that a message carries; kept with the message, which never changes. */
export function carriedOf(process: string, message: Json): readonly Version[] {
  if (typeof message !== 'object' || message === null) return [];
  const before = carriedBy.get(message);
  if (before) return before;
  const carried = viewOf(process)?.carries?.(message) ?? [];
  carriedBy.set(message, carried);
  return carried;
}

/** Corners of the shapes about (0, 0), pointing to the right, for a radius of 1. The round ones are not here. */
const corners: { readonly [shape in MessageGlyph['shape']]?: readonly (readonly [number, number])[] } = {
  triangle: [[1.28, 0], [-0.82, 0.84], [-0.82, -0.84]],
  hexagon: [[1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0], [-0.5, -0.87], [0.5, -0.87]],
  diamond: [[1.08, 0], [0, 1.08], [-1.08, 0], [0, -1.08]],
};

/** The part of a canvas context that a shape needs. */
export type Pen = Pick<CanvasPath, 'moveTo' | 'lineTo' | 'arc' | 'roundRect' | 'closePath'>;

/** Adds a glyph's outline to a path. Only a triangle turns with its direction of travel. */
export function outline(pen: Pen, shape: MessageGlyph['shape'], x: number, y: number, radius: number, angle: number): void {
  if (shape === 'square') {
    const half = radius * 0.82;
    pen.roundRect(x - half, y - half, 2 * half, 2 * half, radius * 0.32);
    return;
  }
  const points = corners[shape];
  if (!points) {
    const size = radius * (shape === 'dot' ? 0.45 : 0.84);
    pen.moveTo(x + size, y);
    pen.arc(x, y, size, 0, 2 * Math.PI);
    return;
  }
  const turn = shape === 'triangle' ? angle : 0;
  const cos = Math.cos(turn) * radius;
  const sin = Math.sin(turn) * radius;
  points.forEach(([px, py], at) => {
    const cornerX = x + px * cos - py * sin;
    const cornerY = y + px * sin + py * cos;
    if (at === 0) pen.moveTo(cornerX, cornerY);
    else pen.lineTo(cornerX, cornerY);
  });
  pen.closePath();
}
