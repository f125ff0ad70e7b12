import type { NodeAt } from '../simulation/types.ts';
import type { LinkState } from '../../workers/model/event.ts';
import type { View } from '../../workers/model/view.ts';
import type { Glyph } from './scene.ts';

/** The outline that a node wears: that of the highest process that has one of its own. */
export function glyphOfNode({ processes }: NodeAt): Glyph {
  return processes.findLast(({ view }) => view.glyph !== 'plain')?.view.glyph ?? 'plain';
}

/** The term that a view tells of, by the paper's name for it. */
export function termOf(view: View): number | undefined {
  return view.numbers['currentTerm'];
}

/** Where a link is cut, as a fraction from its first end, and whether only one of its directions is. */
export function cutOf({ cut }: LinkState): { readonly at: number; readonly oneWay: 0 | 1 | null } | null {
  const [there, back] = cut;
  if (there !== null) return { at: there, oneWay: back === null ? 0 : null };
  return back === null ? null : { at: 1 - back, oneWay: 1 };
}
