/** The diagram on its canvas: paper that is painted when it changes, and what lies over it, painted with every picture. */
import type { Violation } from '../../workers/model/invariant.ts';
import type { PacketId } from '../../workers/model/packet.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import type { SpacetimeColours } from './colours.ts';
import { ARROWS_MAX } from './arrows.ts';
import { densityOf, paintDensity } from './density.ts';
import type { Place } from './gestures.ts';
import { placeOfEvent } from './hit.ts';
import { paintGround } from './paint.ts';
import { paintArrows, paintCrosses } from './paint-arrows.ts';
import { paintCircle, paintLives, paintRoles, paintTerms } from './paint-lives.ts';
import { paintDeeds, paintPlayhead, paintPulled, paintScroll, paintValues, paintViolations } from './paint-marks.ts';
import { turn, type Pen } from './pen.ts';
import type { Arrow } from './piece.ts';
import { toPlace } from './plan.ts';
import type { View } from './view.ts';

/** Strength of what has not happened yet, and of what is unrelated to what somebody looks at. */
export type Strengths = { readonly future: number; readonly dim: number };

/** What somebody looks at: an event with what caused it and what it caused. */
export type Lit = { readonly events: readonly number[]; readonly arrows: readonly Arrow[]; readonly dims: boolean };

export type Picture = {
  readonly view: View;
  /** Where the playhead is on the axis. */
  readonly now: number;
  readonly colours: SpacetimeColours;
  readonly strengths: Strengths;
  readonly font: string;
  readonly nameOf: (node: NodeId) => string;
  readonly violations: readonly Violation[];
  /** The node whose events alone are seen well. */
  readonly followed: NodeId | null;
  readonly selected: PacketId | null;
  readonly lit: Lit | null;
  /** An arrow whose head is pulled to a place; `deed`: letting it go there does something. */
  readonly pulled: { readonly arrow: Arrow; readonly place: Place; readonly deed: unknown } | null;
};

export class Painter {
  private readonly canvas: HTMLCanvasElement;
  private readonly ground = document.createElement('canvas');
  private readonly ink = document.createElement('canvas');
  private ratio = 1;
  private painted: readonly unknown[] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
  }

  resize(width: number, height: number): void {
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    for (const canvas of [this.canvas, this.ground, this.ink]) {
      canvas.width = Math.round(width * this.ratio);
      canvas.height = Math.round(height * this.ratio);
    }
    this.painted = [];
  }

  paint(picture: Picture): void {
    const { view, colours, strengths, lit } = picture;
    const pen = this.penOn(this.canvas, picture);
    if (!pen) return;
    this.paintPaper(picture);
    const { context } = pen;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.drawImage(this.ground, 0, 0);
    const strength = lit?.dims === true ? strengths.dim : 1;
    this.inTime(pen, picture, (alpha) => {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.globalAlpha = alpha * strength;
      context.drawImage(this.ink, 0, 0);
    });
    turn(pen);
    this.clip(pen, () => paintDeeds(pen, view.story, view.kind, colours));
    if (lit) this.inTime(pen, picture, (alpha) => this.paintLit(pen, picture, lit, alpha));
    this.clip(pen, () => paintViolations(pen, picture.violations, view.chain.pieces, view.kind, colours));
    const { pulled } = picture;
    if (pulled) paintPulled(pen, pulled.arrow, pulled.place, view, pulled.deed !== null, colours);
    paintScroll(pen, colours);
    paintValues(pen, picture.now, view.kind, colours);
    paintPlayhead(pen, picture.now, view.kind, colours);
  }

  private penOn(canvas: HTMLCanvasElement, { view, font }: Picture): Pen | null {
    // In plain memory, as the packets on the stage: a graphics card emulated in software would take a hundred times as long.
    const context = canvas.getContext('2d', { willReadFrequently: true });
    return context && { context, plan: view.plan, ratio: this.ratio, font };
  }

  /** Paints the past in full and the future as a ghost. */
  private inTime({ context, plan, ratio }: Pen, { now, strengths }: Picture, paint: (alpha: number) => void): void {
    const place = Math.min(plan.edge, Math.max(0, toPlace(plan, now)));
    const [width, height] = [plan.width * ratio, plan.height * ratio];
    for (const future of [false, true]) {
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.beginPath();
      const start = future ? place * ratio : 0;
      const end = future ? plan.edge * ratio : place * ratio;
      if (plan.vertical) context.rect(0, start, width, end - start);
      else context.rect(start, 0, end - start, height);
      context.clip();
      paint(future ? strengths.future : 1);
      context.restore();
    }
  }

  private clip({ context, plan }: Pen, paint: () => void): void {
    context.save();
    context.beginPath();
    context.rect(plan.along.start, 0, plan.edge - plan.along.start, Math.max(plan.width, plan.height));
    context.clip();
    context.globalAlpha = 1;
    paint();
    context.restore();
  }

  private paintLit(pen: Pen, { view, colours }: Picture, { arrows, events }: Lit, alpha: number): void {
    turn(pen);
    const { context, plan } = pen;
    this.clipToLanes(pen);
    context.globalAlpha = alpha;
    paintArrows(pen, arrows, { kind: view.kind, cracks: view.story.cracks, colours, heavy: true });
    for (const event of events) {
      const place = placeOfEvent(view.chain.pieces, view.kind, plan, event);
      if (place) paintCircle(pen, place.along, place.across, 3.5, colours);
    }
  }

  /** Paints what does not move with the playhead, if any of it has changed. */
  private paintPaper(picture: Picture): void {
    const { view, colours, followed, selected, strengths, font } = picture;
    const inputs = [view.paper, colours, followed, selected, strengths, font];
    if (inputs.every((input, at) => input === this.painted[at])) return;
    this.painted = inputs;
    const ground = this.penOn(this.ground, picture);
    const ink = this.penOn(this.ink, picture);
    if (!ground || !ink) return;
    this.empty(ground.context);
    paintGround(ground, view.kind, view.story.cracks, colours);
    this.empty(ink.context);
    turn(ink);
    paintTerms(ink, view.story, colours, picture.nameOf);
    this.paintInk(ink, picture);
  }

  private paintInk(pen: Pen, { view, colours, followed, selected, strengths }: Picture): void {
    const { context, plan } = pen;
    const { kind, story, arrows } = view;
    context.save();
    this.clipToLanes(pen);
    const options = { kind, cracks: story.cracks, colours };
    if (arrows.length > ARROWS_MAX) paintDensity(pen, densityOf(arrows, kind, plan), colours);
    else if (followed === null) paintArrows(pen, arrows, options);
    else {
      const isOf = (arrow: Arrow): boolean => arrow.from === followed || arrow.to === followed;
      context.globalAlpha = strengths.dim;
      paintArrows(pen, arrows.filter((arrow) => !isOf(arrow)), options);
      context.globalAlpha = 1;
      paintArrows(pen, arrows.filter(isOf), options);
    }
    if (selected !== null) paintArrows(pen, arrows.filter(({ packet }) => packet === selected), { ...options, heavy: true });
    paintLives(pen, story, colours);
    paintCrosses(pen, stopsOf(view), colours);
    paintRoles(pen, story.roles, colours);
    context.restore();
  }

  /** Lifelines that are scrolled away lie under nothing else. */
  private clipToLanes({ context, plan: { along, across, edge } }: Pen): void {
    context.beginPath();
    context.rect(along.start, across.start - 12, edge - along.start, across.end - across.start + 24);
    context.clip();
  }

  private empty(context: CanvasRenderingContext2D): void {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }
}

/** Where packets ended in a node without having been on a link. */
function stopsOf({ chain, kind, plan }: View): readonly (readonly [number, number])[] {
  return chain.pieces.flatMap(({ stops }) =>
    stops.flatMap(({ node, time, event }) => {
      const lane = plan.laneOf.get(node);
      const along = toPlace(plan, kind === 'time' ? time : event);
      return lane === undefined || along < plan.along.start || along > plan.edge ? [] : [[along, plan.places[lane]!] as const];
    }),
  );
}
