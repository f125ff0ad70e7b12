/** What is shown of a process: the one place where a state becomes a view. */
import type { Ring, View } from '../model/view.ts';
import type { ProcessRecord } from './world.ts';

/** @returns null while the process does not run. */
export function viewOf(process: ProcessRecord): View | null {
  const { state } = process;
  if (state === undefined) return null;
  const shown = process.entry.view;
  const timer = shown.ring?.(state) ?? null;
  const ring = timer === null ? null : ringOf(process, timer);
  return ring === null ? shown.project(state) : { ...shown.project(state), ring };
}

/** How a timer runs out; null where it is not set. */
function ringOf(process: ProcessRecord, timer: string): Ring | null {
  const entry = process.timers.get(timer);
  return entry?.work.kind === 'timer' ? { from: entry.work.setAt, until: entry.work.due } : null;
}
