/** The bar of terms: how its height is shared, and where there is room to write who leads. Pure. */
import type { Plan } from './plan.ts';
import { toPlace } from './plan.ts';
import type { Reign, TermSpan } from './story.ts';

/** A term's part of the bar: the newest on top (px across). */
export type Band = { readonly term: number; readonly top: number; readonly bottom: number };

export function bandsOf({ shares }: TermSpan, bar: { readonly start: number; readonly end: number }): readonly Band[] {
  const all = shares.reduce((sum, { count }) => sum + count, 0);
  let top = bar.start;
  return shares.toReversed().map(({ term, count }) => {
    const band = { term, top, bottom: top + ((bar.end - bar.start) * count) / all };
    top = band.bottom;
    return band;
  });
}

/** Where a reign is named: the middle of its term's band, and the room there (px). */
export type ReignLabel = { readonly reign: Reign; readonly along: number; readonly room: number; readonly across: number };

/** A line of text needs so much of the bar (px). */
const LINE = 12;

/** One label a reign, where its term is broad enough to be written in, from there as far as it stays so. */
export function reignLabels(terms: readonly TermSpan[], reigns: readonly Reign[], plan: Pick<Plan, 'bar' | 'along' | 'edge' | 'span'>): readonly ReignLabel[] {
  const { bar, along, edge } = plan;
  if (!bar) return [];
  const end = edge - 14;
  const labels: ReignLabel[] = [];
  for (const reign of reigns) {
    let label: { readonly start: number; end: number; readonly across: number } | null = null;
    for (const span of terms) {
      const from = Math.max(along.start, toPlace(plan, Math.max(span.start, reign.start)));
      const to = Math.min(end, toPlace(plan, Math.min(span.end, reign.end)));
      if (to <= from) continue;
      const band = bandsOf(span, bar).find(({ term }) => term === reign.term);
      const middle = band ? (band.top + band.bottom) / 2 : 0;
      if (!label && band && band.bottom - band.top >= LINE) label = { start: from, end: to, across: middle };
      else if (label && band && band.top <= label.across - LINE / 2 && band.bottom >= label.across + LINE / 2) label.end = to;
      else if (label) break;
    }
    if (label) labels.push({ reign, along: label.start, room: label.end - label.start, across: label.across });
  }
  return labels;
}
