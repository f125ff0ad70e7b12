import type { ReactNode } from 'react';
import type { MessageGlyph } from '../../workers/model/view.ts';

/** Drawn in a box of 16 around the middle. */
const outlines: { readonly [shape in MessageGlyph['shape']]: ReactNode } = {
  square: <rect x="-5.1" y="-5.1" width="10.2" height="10.2" rx="2" />,
  triangle: <path d="M7.2 0 -4.6 5.6 -4.6 -5.6z" strokeLinejoin="round" />,
  hexagon: <path d="M6 0 3 5.22 -3 5.22 -6 0 -3 -5.22 3 -5.22z" />,
  diamond: <path d="M6.5 0 0 6.5 -6.5 0 0 -6.5z" strokeLinejoin="round" />,
  circle: <circle r="5.2" />,
  dot: <circle r="3" />,
};

/** A kind of message in a legend, a list or a heading: shape and hue say what, hollow says that it answers. */
export function Glyph({ glyph, size = 16 }: { readonly glyph: MessageGlyph; readonly size?: number }): ReactNode {
  return (
    <svg className="ig" width={size} height={size} viewBox="-8 -8 16 16" aria-hidden="true">
      <g className={`msg k-${glyph.hue}`}>
        <g className={glyph.hollow ? 'g hollow' : 'g solid'}>{outlines[glyph.shape]}</g>
      </g>
    </svg>
  );
}
