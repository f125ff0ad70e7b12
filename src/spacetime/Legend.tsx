import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useText } from '../i18n/text.ts';
import { Glyph } from '../kit/Glyph.tsx';
import type { Session } from '../simulation/types.ts';
import { piecesOf } from './pieces.ts';

/** No more kinds are named; the rest are in the list of packets. */
const KINDS_MAX = 4;

/** What arrows mean: the kinds of messages that this run has had so far, requests by their names and replies by their shape. */
export function Legend({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const kinds = useStore(piecesOf(session).kinds);
  const requests = kinds.filter(({ glyph }) => glyph.hollow !== true).slice(0, KINDS_MAX);
  const reply = kinds.find(({ glyph }) => glyph.hollow === true);
  return (
    <div className="legend only-desk">
      {requests.map(({ process, name, glyph, small }) => (
        <span key={`${process} ${name} ${small}`}>
          <Glyph glyph={glyph} marks={{ small }} />
          {small ? text('stage.key.empty') : name}
        </span>
      ))}
      {reply ? (
        <span>
          <Glyph glyph={reply.glyph} />
          {text('spacetime.legend.reply')}
        </span>
      ) : null}
      {kinds.length === 0 ? null : (
        <span>
          <svg className="ig" width={14} height={14} viewBox="-7 -7 14 14" aria-hidden="true">
            <path className="lostmark" d="M-3.5-3.5l7 7m0-7l-7 7" />
          </svg>
          {text('spacetime.legend.lost')}
        </span>
      )}
    </div>
  );
}
