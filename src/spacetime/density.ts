/** Where there are more arrows than can be told apart, each lifeline is as busy as its node: pure counting, and its drawing. */
import type { MessageGlyph } from '../../workers/model/view.ts';
import type { AxisKind } from '../timeline/axis.ts';
import { endOf, startOf } from './arrows.ts';
import type { SpacetimeColours } from './colours.ts';
import type { Pen } from './pen.ts';
import type { Arrow } from './piece.ts';
import { toPlace, type Plan } from './plan.ts';

/** Width of a column (px). */
export const COLUMN = 3;

type Hue = MessageGlyph['hue'];
const hues: readonly Hue[] = ['blue', 'orange', 'teal', 'violet', 'slate'];

export type Density = {
  readonly columns: number;
  /** The lanes in view: the first, and how many. */
  readonly first: number;
  readonly lanes: number;
  /** Sent and received, a lane in view after the other, column by column; and the most of any. */
  readonly counts: Uint32Array;
  readonly most: number;
  /** The hue of most of them, as its place in the list of hues. */
  readonly hue: (lane: number, column: number) => Hue;
  readonly lost: Uint32Array;
};

export function densityOf(arrows: readonly Arrow[], kind: AxisKind, plan: Plan): Density {
  const columns = Math.max(1, Math.ceil((plan.along.end - plan.along.start) / COLUMN));
  const seen = plan.places.map((place) => place >= plan.across.start - 8 && place <= plan.across.end + 8);
  const first = Math.max(0, seen.indexOf(true));
  const lanes = seen.lastIndexOf(true) + 1 - first;
  const counts = new Uint32Array(lanes * columns);
  const lost = new Uint32Array(lanes * columns);
  const byHue = new Uint32Array(lanes * columns * hues.length);
  let most = 0;
  const add = (lane: number | undefined, value: number, hue: number): number => {
    const column = Math.floor((toPlace(plan, value) - plan.along.start) / COLUMN);
    if (lane === undefined || lane < first || lane >= first + lanes || column < 0 || column >= columns) return -1;
    const cell = (lane - first) * columns + column;
    counts[cell]! += 1;
    byHue[cell * hues.length + hue]! += 1;
    if (counts[cell]! > most) most = counts[cell]!;
    return cell;
  };
  for (const arrow of arrows) {
    const hue = hues.indexOf(arrow.kind.glyph.hue);
    const from = plan.laneOf.get(arrow.from);
    add(from, startOf(arrow, kind), hue);
    const cell = add(arrow.lost === null ? plan.laneOf.get(arrow.to) : from, endOf(arrow, kind), hue);
    if (arrow.lost !== null && cell >= 0) lost[cell]! += 1;
  }
  const hueAt = (lane: number, column: number): Hue => {
    const cell = ((lane - first) * columns + column) * hues.length;
    let best = 0;
    for (let hue = 1; hue < hues.length; hue++) if (byHue[cell + hue]! > byHue[cell + best]!) best = hue;
    return hues[best]!;
  };
  return { columns, first, lanes, counts, most, hue: hueAt, lost };
}

/** Lightest a column is drawn that has anything in it. */
const FAINTEST = 0.25;

export function paintDensity({ context, plan }: Pen, density: Density, colours: SpacetimeColours): void {
  const { places } = plan;
  const gap = places.length < 2 ? 20 : Math.abs(places[1]! - places[0]!);
  const half = Math.min(7, gap * 0.38);
  const before = context.globalAlpha;
  for (let lane = density.first; lane < density.first + density.lanes; lane++) {
    const place = places[lane]!;
    for (let column = 0; column < density.columns; column++) {
      const cell = (lane - density.first) * density.columns + column;
      const count = density.counts[cell]!;
      if (count === 0) continue;
      const along = plan.along.start + column * COLUMN;
      // By the root, so that a quiet stretch beside a flood is still seen.
      const share = Math.sqrt(count / density.most);
      context.globalAlpha = before * (FAINTEST + (1 - FAINTEST) * share);
      context.fillStyle = colours[density.hue(lane, column)];
      context.fillRect(along, place - half * share - 1, COLUMN, 2 * half * share + 2);
      if (density.lost[cell] === 0) continue;
      context.globalAlpha = before;
      context.fillStyle = colours.cut;
      context.fillRect(along, place - half - 1, COLUMN, 2);
    }
  }
  context.globalAlpha = before;
}
