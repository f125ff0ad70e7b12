/** Kinds of messages as the diagram draws them. */
import type { Json } from '../../workers/model/json.ts';
import type { MessageGlyph } from '../../workers/model/view.ts';
import { glyphOf, marksOf, messageName } from '../kit/views.ts';

export type LineStyle = 'solid' | 'dashed' | 'dotted' | 'dash-dot' | 'reply';

export type ArrowKind = {
  readonly process: string;
  /** As its protocol calls it: RequestVote. */
  readonly name: string;
  readonly glyph: MessageGlyph;
  readonly line: LineStyle;
  /** It carries nothing, such as a heartbeat: drawn a little paler. */
  readonly small: boolean;
};

const known = new Map<string, ArrowKind>();

/** The kind of a message; the same object for the same kind. */
export function kindOf(message: Json, process: string): ArrowKind {
  const name = messageName(message, process);
  const small = marksOf(message, process).small === true;
  const key = `${process} ${name} ${small}`;
  const before = known.get(key);
  if (before) return before;
  const glyph = glyphOf(message, process);
  const kind: ArrowKind = { process, name, glyph, line: lineOf(glyph), small };
  known.set(key, kind);
  return kind;
}

/** Line style by kind; what answers is short-dashed and thin, unless its protocol says otherwise (visual specification, section 4). */
function lineOf({ line, hollow }: MessageGlyph): LineStyle {
  if (hollow === true) return 'reply';
  return line ?? 'solid';
}
