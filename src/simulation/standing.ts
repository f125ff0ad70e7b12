/** Where several runs on one clock stand when one of them stands somewhere. */
import type { BranchId, Mark } from '../../workers/contract.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { Place } from './merge.ts';
import type { TapePlayer } from './player.ts';

/** A run that stands on an event of its own, and when. */
type Lead = { readonly lead: TapePlayer; readonly branch: BranchId; readonly event: number; readonly time: Nanoseconds };

/**
 * Up to which time a run has passed its events while another one stands on one of its own: what comes at that time before
 * the lead's next event, in the order of (time, run).
 */
export function passedUntil(runs: readonly TapePlayer[], run: TapePlayer, { lead, branch, event, time }: Lead): Nanoseconds {
  // Before everything are all of them before everything.
  if (event === -1 && time === 0) return -1;
  const isBefore = runs.indexOf(run) < runs.indexOf(lead);
  return isBefore || lead.reels.timeAfter(branch, event) !== time ? time : time - 1;
}

/** The place of all runs when one of them stands on an event; null where that is not loaded. */
export function placeWith(runs: readonly TapePlayer[], lead: TapePlayer, branch: BranchId, event: number): Place | null {
  const time = lead.reels.timeOf(branch, event);
  if (time === null) return null;
  const place: number[] = [];
  for (const run of runs) {
    if (run.branch === null) return null;
    const until = passedUntil(runs, run, { lead, branch, event, time });
    const at = run === lead ? event : until < 0 ? -1 : run.reels.locate(run.branch, until);
    if (at === null || !run.reels.get(run.branch, at)) return null;
    place.push(at);
  }
  return place;
}

/** The next or previous marks of the timeline, seen from where the runs stand: of each run that has one at that time. */
export function nearestMarks(
  runs: readonly TapePlayer[],
  direction: 1 | -1,
  eventOf: (run: TapePlayer) => number,
): readonly { readonly run: TapePlayer; readonly mark: Mark }[] {
  const marks = runs.flatMap((run) => {
    const here = eventOf(run);
    const { time } = run.playhead;
    const all = (run.store.getState().index?.marks ?? []).toSorted((a, b) => a.event - b.event);
    const mark = direction === 1 ? all.find(({ event }) => event > here) : all.findLast((each) => each.event < here || (each.event === here && each.time < time));
    return mark ? [{ run, mark }] : [];
  });
  const times = marks.map(({ mark }) => mark.time);
  const nearest = direction === 1 ? Math.min(...times) : Math.max(...times);
  return marks.filter(({ mark }) => mark.time === nearest);
}
