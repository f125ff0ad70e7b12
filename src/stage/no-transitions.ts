/**
 * Stands in for d3-transition, which d3-zoom loads only to interrupt transitions before it moves the picture. There are none: one
 * clock moves everything here. With it goes a clock of its own. The build puts it in (vite.config.ts).
 */
import { selection } from 'd3-selection';

/** Nothing runs that could be interrupted. */
export function interrupt(): void {}

Object.assign(selection.prototype, {
  interrupt<Chosen>(this: Chosen): Chosen {
    return this;
  },
});
