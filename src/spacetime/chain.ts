/** Which pieces of the tape a window needs, and which of them is to be asked for next: pure. */
import type { AxisKind, Span } from '../timeline/axis.ts';
import type { Piece } from './piece.ts';

/** No more are shown at once: about a quarter of a million events. */
export const PIECES_MAX = 256;

/** A run of pieces without a gap, and the one to ask for next: null where all that the window needs is there. */
export type Chain = {
  readonly pieces: readonly Piece[];
  readonly wanted: number | null;
  /** The window needs more pieces than are shown. */
  readonly crowded: boolean;
};

/** Where a piece lies on the axis. After the last event of all nothing happens any more: that is known, too. */
export function stretchOf(piece: Piece, kind: AxisKind): Span {
  const end = kind === 'time' ? piece.until : piece.first + piece.count;
  return { start: kind === 'time' ? piece.from : piece.first, end: piece.ended ? Infinity : end };
}

/**
 * Goes from a piece near the window into it, and from there outwards.
 * @param at gives a piece that is there; @param end is the first number that is known not to exist.
 */
export function chainOf(window: Span, kind: AxisKind, anchor: number, at: (number: number) => Piece | undefined, end: number): Chain {
  const missing = (wanted: number): Chain => ({ pieces: [], wanted, crowded: false });
  let number = Math.max(0, Math.min(anchor, end - 1));
  let piece = at(number);
  if (!piece) return missing(number);
  // A window can lie between two events; then the piece before it is the one.
  while (stretchOf(piece, kind).end <= window.start && number + 1 < end) {
    piece = at(++number);
    if (!piece) return missing(number);
  }
  while (stretchOf(piece, kind).start > window.end && number > 0) {
    piece = at(--number);
    if (!piece) return missing(number);
  }
  return outwards(window, kind, piece, at, end);
}

function outwards(window: Span, kind: AxisKind, middle: Piece, at: (number: number) => Piece | undefined, end: number): Chain {
  const pieces = [middle];
  let wanted: number | null = null;
  let ahead = true;
  let behind = true;
  while ((ahead || behind) && pieces.length < PIECES_MAX) {
    const [first, last] = [pieces[0]!, pieces[pieces.length - 1]!];
    ahead &&= stretchOf(last, kind).end < window.end && last.number + 1 < end;
    const next: Piece | undefined = ahead ? at(last.number + 1) : undefined;
    if (next) pieces.push(next);
    else if (ahead) wanted ??= last.number + 1;
    ahead = next !== undefined;
    behind &&= stretchOf(first, kind).start > window.start && first.number > 0;
    const before: Piece | undefined = behind ? at(first.number - 1) : undefined;
    if (before) pieces.unshift(before);
    else if (behind) wanted ??= first.number - 1;
    behind = before !== undefined;
  }
  const crowded = pieces.length >= PIECES_MAX;
  return { pieces, wanted: crowded ? null : wanted, crowded };
}

/** Which part of the axis a chain tells about. */
export function stretchOfChain({ pieces }: Chain, kind: AxisKind): Span | null {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return null;
  return { start: first.number === 0 ? -Infinity : stretchOf(first, kind).start, end: stretchOf(last, kind).end };
}
