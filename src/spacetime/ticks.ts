/** Ticks of the axis, and how its values are written: pure. */
import { formatCount } from '../i18n/format.ts';
import type { AxisKind, Span } from '../timeline/axis.ts';

const SECOND = 1_000_000_000;

/** The smallest of 1, 2 and 5 times a power of ten that is at least `least`. */
export function stepFrom(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5].map((digit) => digit * power).find((step) => step >= least * (1 - 1e-9)) ?? 10 * power;
}

export type Tick = { readonly value: number; readonly text: string };

/** Ticks no closer than `apart` px on an axis of `length` px. */
export function ticksOf(kind: AxisKind, span: Span, length: number, apart: number): readonly Tick[] {
  const step = Math.max(1, stepFrom(((span.end - span.start) * apart) / Math.max(1, length)));
  const first = Math.max(0, Math.ceil(span.start / step));
  const last = Math.floor(span.end / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => {
    const value = (first + at) * step;
    return { value, text: kind === 'events' ? formatCount(value) : seconds(value, step) };
  });
}

/** The value under the playhead: fine enough to tell a pixel from the next. */
export function writtenAt(kind: AxisKind, value: number, span: Span, length: number): string {
  return kind === 'events' ? formatCount(value) : seconds(value, stepFrom((span.end - span.start) / Math.max(1, length)));
}

/** In seconds, with as many decimals as tell values apart that differ by `step` ns. */
function seconds(value: number, step: number): string {
  const decimals = Math.min(9, Math.max(0, Math.ceil(-Math.log10(step / SECOND) - 1e-9)));
  return (value / SECOND).toFixed(decimals);
}
