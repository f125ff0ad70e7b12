import type { ReactNode } from 'react';
import { hasText, useText } from '../../i18n/text.ts';
import { Glyph } from '../../kit/Glyph.tsx';
import type { MessageGlyph, MessageMarks } from '../../../workers/model/view.ts';
import { SHADES } from './slots.ts';

/** A kind of message that has been met. */
export type KeyLine = { readonly kind: string; readonly glyph: MessageGlyph; readonly marks: MessageMarks };

/** One slot for each shade, and how far apart (px). */
const shades = [2, 3, 4, 5, 6];
const PITCH = 9;

/** What the marks on lanes mean, in one row at the foot of the stage. */
export function LaneKey({ lines, looksAround }: { readonly lines: readonly KeyLine[]; /** Whether a balancer has looked at servers that it did not take. */ readonly looksAround: boolean }): ReactNode {
  const text = useText();
  const longest = (SHADES.at(-1) ?? 0) / 1e9;
  return (
    <div className="mapkey row" role="note" aria-label={text('stage.key')}>
      {lines.map(({ kind, glyph, marks }) => (
        <span key={`${kind} ${marks.refused}`}>
          <Glyph glyph={glyph} marks={marks} />
          {marks.refused ? text('stage.key.refused') : hasText(`stage.key.kind.${kind}`) ? text(`stage.key.kind.${kind}`) : kind}
        </span>
      ))}
      <span>
        <svg className="ig" width={shades.length * PITCH} height="14" aria-hidden="true">
          {shades.map((shade, at) => <rect key={shade} className={`pill o${shade}`} x={at * PITCH} y="0" width="6.6" height="13" rx="2.4" />)}
        </svg>
        {text('stage.key.waiting', { seconds: longest })}
      </span>
      <span>
        <svg className="ig line" width="26" height="14" aria-hidden="true">
          <rect className="srv" x=".5" y=".5" width="25" height="13" rx="3.5" />
          <path className="work" d="M4 1H13V13H4A3 3 0 0 1 1 10V4A3 3 0 0 1 4 1z" />
          <rect className="edge" x=".5" y=".5" width="25" height="13" rx="3.5" />
        </svg>
        {text('stage.key.served')}
      </span>
      <span>
        <svg className="ig" width="22" height="10" aria-hidden="true">
          <g className="ln pick"><path className="net" d="M0 5H22" /></g>
        </svg>
        {text('stage.key.pick')}
      </span>
      {looksAround ? (
        <span>
          <svg className="ig" width="24" height="10" aria-hidden="true">
            <g className="ln cand"><path className="net" d="M0 5H24" /></g>
          </svg>
          {text('stage.key.cand')}
        </span>
      ) : null}
    </div>
  );
}
