/** Lifelines by role, the terms above them, and what marks them. */
import { hasText, translate } from '../i18n/text.ts';
import { viewOf } from '../kit/views.ts';
import type { SpacetimeColours } from './colours.ts';
import { fitted, write, type Pen } from './pen.ts';
import type { Life } from './piece.ts';
import { toPlace } from './plan.ts';
import type { RoleStart, Story } from './story.ts';
import { bandsOf, reignLabels } from './term-bar.ts';

type Stroke = { readonly colour: string; readonly width: number; readonly dash: readonly number[] };

/** How a lifeline is drawn: a role wears the hue of what it says (visual specification, section 4). */
function strokeOf({ up, role, process }: Life, colours: SpacetimeColours): Stroke {
  if (!up) return { colour: colours.lineStrong, width: 1.25, dash: [1, 5] };
  const look = role === null || process === null ? undefined : viewOf(process)?.roles?.[role];
  if (!look || look.look === 'open') return { colour: colours.ink3, width: 1.25, dash: [] };
  return { colour: colours[look.hue], width: 4.5, dash: look.look === 'dashed' ? [5, 3] : [] };
}

export function paintLives({ context, plan }: Pen, { lives }: Story, colours: SpacetimeColours): void {
  const { along, edge } = plan;
  plan.order.nodes.forEach((node, lane) => {
    const across = plan.places[lane]!;
    if (across < plan.across.start - 8 || across > plan.across.end + 8) return;
    for (const { start, end, life } of lives.get(node) ?? []) {
      const from = Math.max(along.start, toPlace(plan, start));
      const to = Math.min(edge - 14, toPlace(plan, end));
      if (to <= from) continue;
      const { colour, width, dash } = strokeOf(life, colours);
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash([...dash]);
      // Dashes belong to the paper.
      context.lineDashOffset = from - toPlace(plan, 0);
      context.beginPath();
      context.moveTo(from, across);
      context.lineTo(to, across);
      context.stroke();
    }
  });
  context.setLineDash([]);
  context.lineDashOffset = 0;
}

/** Names of roles on one lifeline come no closer (px). */
const NAMES_APART = 90;

/** A new role begins with a circle and its name: those that are drawn heavy, for whoever has only just become one. */
export function paintRoles(pen: Pen, roles: readonly RoleStart[], colours: SpacetimeColours): void {
  const { plan } = pen;
  /** Where the last name of each lifeline stands: names do not lie upon each other. */
  const named = new Map<number, number>();
  for (const { node, at, life } of roles) {
    const lane = plan.laneOf.get(node);
    const place = toPlace(plan, at);
    if (lane === undefined || place < plan.along.start - 100 || place > plan.edge) continue;
    const look = life.process === null ? undefined : viewOf(life.process)?.roles?.[life.role ?? ''];
    if (!look || look.look === 'open') continue;
    paintCircle(pen, place, plan.places[lane]!, 3.5, colours);
    const key = `role.${life.role ?? ''}`;
    if (plan.vertical || !hasText(key) || place - (named.get(lane) ?? -Infinity) < NAMES_APART) continue;
    named.set(lane, place);
    write(pen, translate(key), place - 9, plan.places[lane]! - 8, { colour: colours.ink2, weight: 540, align: 'right', halo: colours.sheet });
  }
}

export function paintCircle({ context }: Pen, along: number, across: number, radius: number, colours: SpacetimeColours): void {
  context.beginPath();
  context.arc(along, across, radius, 0, 2 * Math.PI);
  context.fillStyle = colours.sheet;
  context.fill();
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.5;
  context.stroke();
}

/** The bar of terms: how many nodes are in which, the newest on top, and who leads. */
export function paintTerms(pen: Pen, { terms, reigns }: Story, colours: SpacetimeColours, nameOf: (node: string) => string): void {
  const { context, plan } = pen;
  const { bar, along, edge } = plan;
  if (!bar) return;
  for (const span of terms) {
    const from = Math.max(along.start, toPlace(plan, span.start));
    const to = Math.min(edge - 14, toPlace(plan, span.end));
    if (to <= from) continue;
    for (const { term, top, bottom } of bandsOf(span, bar)) {
      context.fillStyle = term % 2 === 0 ? colours.term : colours.nextTerm;
      context.fillRect(from, top, to - from, bottom - top);
    }
  }
  for (const { reign, along: start, across, room } of reignLabels(terms, reigns, plan)) {
    const text = fitted(pen, translate('spacetime.term', { term: String(reign.term), node: nameOf(reign.node) }), room - 2 * INSET, 11, 560);
    if (text !== '') write(pen, text, start + INSET, across + 4, { colour: colours.ink, weight: 560 });
  }
}

/** Room left and right of a name in the bar (px). */
const INSET = 8;
