import { use, type ReactNode } from 'react';
import type { NoteArgs } from '../../workers/model/event.ts';
import type { Piece } from './markup.ts';
import { NamesContext, slotText, type Names } from './names.ts';
import { template, useText } from './text.ts';

/** A text with its marks drawn: nodes, your hand, variables, numbers. Its node names light up on the stage when pointed at. */
export function Text({ id, args = {} }: { readonly id: string; readonly args?: NoteArgs }): ReactNode {
  useText();
  const names = use(NamesContext);
  return draw(template(id, args), args, names);
}

function draw(pieces: readonly Piece[], args: NoteArgs, names: Names): ReactNode {
  return pieces.map((piece, index) => {
    if (piece.kind === 'text') return piece.text;
    if (piece.kind === 'slot') return slotText(piece.slot, args, names);
    return <Marked key={index} piece={piece} args={args} names={names} />;
  });
}

type MarkPiece = Extract<Piece, { kind: 'mark' }>;

function Marked({ piece, args, names }: { readonly piece: MarkPiece; readonly args: NoteArgs; readonly names: Names }): ReactNode {
  switch (piece.mark) {
    case 'n':
      return <NodeName piece={piece} args={args} names={names} />;
    case 'h':
      return <span className="ent hand">{draw(piece.pieces, args, names)}</span>;
    case 'v':
      return <var>{draw(piece.pieces, args, names)}</var>;
    case 'b':
      return <b>{draw(piece.pieces, args, names)}</b>;
  }
}

function NodeName({ piece, args, names }: { readonly piece: MarkPiece; readonly args: NoteArgs; readonly names: Names }): ReactNode {
  const slot = piece.pieces.find((inner) => inner.kind === 'slot')?.slot;
  const value = slot === undefined ? undefined : args[slot];
  const light = typeof value === 'string' ? names.light : undefined;
  const text = piece.pieces.map((inner) => (inner.kind === 'slot' ? slotText(inner.slot, args, names, true) : inner.kind === 'text' ? inner.text : ''));
  return (
    <span
      className="ent"
      onPointerEnter={light && typeof value === 'string' ? () => light(value) : undefined}
      onPointerLeave={light ? () => light(null) : undefined}
    >
      {text}
    </span>
  );
}
