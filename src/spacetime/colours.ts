/** The tokens that the diagram draws with. */
import type { ColourTokens } from '../kit/tokens.ts';

export const spacetimeTokens = {
  blue: 'var(--k-blue)',
  orange: 'var(--k-orange)',
  teal: 'var(--k-teal)',
  violet: 'var(--k-violet)',
  slate: 'var(--k-slate)',
  base: 'var(--base)',
  sheet: 'var(--sheet)',
  ink: 'var(--ink)',
  ink2: 'var(--ink-2)',
  ink3: 'var(--ink-3)',
  onInk: 'var(--on-ink)',
  line: 'var(--line)',
  lineStrong: 'var(--line-strong)',
  cut: 'var(--cut)',
  violation: 'var(--violation)',
  playhead: 'var(--playhead)',
  term: 'var(--order-1)',
  nextTerm: 'var(--order-3)',
  // As the crack on the stage has it.
  crackEdge: 'light-dark(oklch(0.3 0.02 260 / 0.16), oklch(0 0 0 / 0.55))',
} as const;

export type SpacetimeColours = ColourTokens<keyof typeof spacetimeTokens>;
