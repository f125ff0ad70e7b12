import type { MessageGlyph } from '../../workers/model/view.ts';
import { watchTokens } from '../kit/tokens.ts';

/** The tokens that the canvas needs, as colours that it understands. */
export type Colours = { readonly hues: { readonly [hue in MessageGlyph['hue']]: string }; /** What is drawn on a mark of this hue. */ readonly on: { readonly [hue in MessageGlyph['hue']]: string }; readonly sheet: string; readonly ink: string; readonly cut: string };

const tokens = {
  blue: 'var(--k-blue)',
  orange: 'var(--k-orange)',
  teal: 'var(--k-teal)',
  violet: 'var(--k-violet)',
  slate: 'var(--k-slate)',
  onBlue: 'var(--on-k-blue)',
  onOrange: 'var(--on-k-orange)',
  onTeal: 'var(--on-k-teal)',
  onViolet: 'var(--on-k-violet)',
  onSlate: 'var(--on-ink)',
  sheet: 'var(--sheet)',
  ink: 'var(--ink)',
  cut: 'var(--cut)',
} as const;

/** Keeps the colours as the theme has them. @returns the colours now, and an end to it. */
export function watchColours(parent: HTMLElement, changed: () => void): { readonly colours: () => Colours; readonly stop: () => void } {
  const watched = watchTokens(parent, tokens, changed);
  return {
    colours: () => {
      const { sheet, ink, cut, onBlue, onOrange, onTeal, onViolet, onSlate, ...hues } = watched.colours();
      return { hues, on: { blue: onBlue, orange: onOrange, teal: onTeal, violet: onViolet, slate: onSlate }, sheet, ink, cut };
    },
    stop: watched.stop,
  };
}
