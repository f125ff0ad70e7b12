import type { ReactNode } from 'react';
import type { MessageGlyph, MessageMarks } from '../../workers/model/view.ts';

/** Drawn in a box of 16 around the middle. */
const outlines: { readonly [shape in MessageGlyph['shape']]: ReactNode } = {
  square: <rect x="-5.1" y="-5.1" width="10.2" height="10.2" rx="2" />,
  triangle: <path d="M7.2 0 -4.6 5.6 -4.6 -5.6z" strokeLinejoin="round" />,
  hexagon: <path d="M6 0 3 5.22 -3 5.22 -6 0 -3 -5.22 3 -5.22z" />,
  diamond: <path d="M6.5 0 0 6.5 -6.5 0 0 -6.5z" strokeLinejoin="round" />,
  circle: <circle r="5.2" />,
  dot: <circle r="3" />,
};

type Look = { readonly glyph: MessageGlyph; readonly marks?: MessageMarks };

/** A kind of message in a legend, a list or a heading: shape and hue say what, hollow says that it answers. */
export function Glyph({ glyph, marks = {}, size = 16 }: Look & { readonly size?: number }): ReactNode {
  return (
    <svg className="ig" width={size} height={size} viewBox="-8 -8 16 16" aria-hidden="true">
      <GlyphShape glyph={glyph} marks={marks} />
    </svg>
  );
}

/** The same within a drawing, about (0, 0). */
export function GlyphShape({ glyph, marks = {} }: Look): ReactNode {
  const bars = Math.min(3, marks.entries ?? 0);
  return (
    <g className={`msg k-${glyph.hue}`}>
      <g className={glyph.hollow ? 'g hollow' : 'g solid'} transform={marks.small ? 'scale(.62)' : undefined}>{outlines[glyph.shape]}</g>
      {Array.from({ length: bars }, (_, bar) => <path key={bar} className="entry" d={`M-2.4 ${(bar - (bars - 1) / 2) * 2.6}h4.8`} />)}
      {marks.refused ? <path className="nackbar" d="M-5 5 5-5" /> : null}
    </g>
  );
}
