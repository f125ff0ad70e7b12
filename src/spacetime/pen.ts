/** A canvas on which one draws along and across, whichever way time runs. */
import type { Plan } from './plan.ts';

export type Pen = {
  readonly context: CanvasRenderingContext2D;
  readonly plan: Plan;
  readonly ratio: number;
  readonly font: string;
};

/** From here on, places are (along, across). */
export function turn({ context, plan, ratio }: Pen): void {
  if (plan.vertical) context.setTransform(0, ratio, ratio, 0, 0, 0);
  else context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

export type Writing = { readonly size?: number; readonly weight?: number; readonly colour: string; readonly align?: CanvasTextAlign; readonly halo?: string };

/** Writes a text upright at a place given along and across (its baseline). */
export function write(pen: Pen, text: string, along: number, across: number, { size = 11, weight = 400, colour, align = 'left', halo }: Writing): void {
  const { context, plan, ratio, font } = pen;
  const [x, y] = plan.vertical ? [across, along] : [along, across];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.font = `${weight} ${size}px ${font}`;
  context.textAlign = align;
  if (halo !== undefined) {
    context.strokeStyle = halo;
    context.lineWidth = 4;
    context.lineJoin = 'round';
    context.strokeText(text, x, y);
  }
  context.fillStyle = colour;
  context.fillText(text, x, y);
  turn(pen);
}

/** As much of a text as there is room for, with a sign that something is left out; nothing where that is too little. */
export function fitted(pen: Pen, text: string, room: number, size: number, weight: number): string {
  const { context, font } = pen;
  context.font = `${weight} ${size}px ${font}`;
  if (context.measureText(text).width <= room) return text;
  for (let length = text.length - 1; length >= 3; length--) {
    const short = `${text.slice(0, length).trimEnd()}…`;
    if (context.measureText(short).width <= room) return short;
  }
  return '';
}
