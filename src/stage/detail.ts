/**
 * How much is drawn of a node, by how many there are to see and how wide the stage is:
 * `full` a box with its label in it and its name beside; `compact` a small box with the label beside; `small` a small box,
 * labelled only when pointed at, focused or selected; `dot` a dot, labelled likewise.
 */
export type Detail = 'full' | 'compact' | 'small' | 'dot';

/** Beyond this many nodes, labels show on hover, focus and selection (visual specification, section 1). */
export const LABELLED_MAX = 24;
/** Beyond this many nodes, they are dots. */
export const BOXED_MAX = 80;
/** Beyond this many packets in flight, links show density instead of glyphs. */
export const GLYPHS_MAX = 400;
/** Below this width (px) there is no room for names beside boxes. */
const ROOMY_WIDTH = 560;

/** @param nodes how many nodes can be seen at once. @param width of the stage (px). */
export function detailFor(nodes: number, width: number): Detail {
  if (nodes > BOXED_MAX) return 'dot';
  if (nodes > LABELLED_MAX) return 'small';
  return width < ROOMY_WIDTH ? 'compact' : 'full';
}

/** Whether every node is labelled, not only those that somebody looks at. */
export function labelsAll(detail: Detail): boolean {
  return detail === 'full' || detail === 'compact';
}

/** Radius of a message's glyph (px). */
export function glyphRadius(detail: Detail): number {
  if (detail === 'full') return 8.5;
  return detail === 'dot' ? 4.5 : 6;
}
