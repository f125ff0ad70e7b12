import type { Nanoseconds } from './time.ts';

/** A request of a trace: when it comes, counted from the start of the run, and its key and its work where the trace says. A time alone stands for itself. */
export type Traced = Nanoseconds | { readonly time: Nanoseconds; readonly key?: string; readonly work?: Nanoseconds };

export function timeOf(traced: Traced): Nanoseconds {
  return typeof traced === 'number' ? traced : traced.time;
}
