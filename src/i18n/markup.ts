/**
 * Templates: text with named slots `{slot}` and four marks that say what a stretch is, never how it looks:
 * `<n>` a node, `<h>` what your hand did, `<v>` a variable, `<b>` a number that counts.
 * A template is parsed before its slots are filled, so that no value can ever become markup.
 */
export type Mark = 'n' | 'h' | 'v' | 'b';

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'slot'; readonly slot: string }
  | { readonly kind: 'mark'; readonly mark: Mark; readonly pieces: readonly Piece[] };

const token = /<(\/?)([nhvb])>|\{(\w+)\}/g;

/** Templates come from files of the project: their number is bounded, so is this. */
const parsed = new Map<string, readonly Piece[]>();

/** @throws Error where a mark is not closed in order: a mistake in a text file. */
export function parseTemplate(template: string): readonly Piece[] {
  const known = parsed.get(template);
  if (known) return known;
  const pieces = parse(template);
  parsed.set(template, pieces);
  return pieces;
}

function parse(template: string): readonly Piece[] {
  type Open = { readonly mark: Mark | null; readonly pieces: Piece[] };
  const root: Open = { mark: null, pieces: [] };
  const open: Open[] = [root];
  let end = 0;
  const top = (): Open => open.at(-1) ?? root;
  for (const match of template.matchAll(token)) {
    if (match.index > end) top().pieces.push({ kind: 'text', text: template.slice(end, match.index) });
    end = match.index + match[0].length;
    const [, closing, tag, slot] = match;
    if (slot !== undefined) top().pieces.push({ kind: 'slot', slot });
    else if (closing === '') open.push({ mark: tag as Mark, pieces: [] });
    else close(tag as Mark);
  }
  if (end < template.length) top().pieces.push({ kind: 'text', text: template.slice(end) });
  if (open.length > 1) throw new Error(`Unclosed <${top().mark}> in "${template}"`);
  return root.pieces;

  function close(mark: Mark): void {
    const closed = open.pop();
    if (!closed || closed.mark !== mark) throw new Error(`Unexpected </${mark}> in "${template}"`);
    top().pieces.push({ kind: 'mark', mark, pieces: closed.pieces });
  }
}

/** Names of all slots, in order of appearance, each once. */
export function slotsOf(template: string): readonly string[] {
  const slots = new Set<string>();
  const collect = (pieces: readonly Piece[]): void => {
    for (const piece of pieces) {
      if (piece.kind === 'slot') slots.add(piece.slot);
      else if (piece.kind === 'mark') collect(piece.pieces);
    }
  };
  collect(parseTemplate(template));
  return [...slots];
}
