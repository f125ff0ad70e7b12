import { useEffect, useState } from 'react';
import type { Session } from '../simulation/types.ts';
import { chooseWeightiest, weigh } from './choose.ts';

/** The first thing to try stays for so long while a scenario plays from its opening (ms). */
const STAY = 8_000;
/** It gives way to what weighs so much once it could be read, in so many ms. */
const WEIGHTY = 60;
const READ = 3_000;

/**
 * Whether the scenario has just been opened, and nobody has done anything yet. Who pauses to read it keeps it until the next
 * step. It comes back at the very beginning. A recording shows what its maker looked at.
 */
export function useOpening(session: Session): boolean {
  const [over, setOver] = useState<Session | null>(null);
  useEffect(() => {
    const { branch } = session.store.getState();
    const opened = performance.now();
    let last = session.player.playhead.event;
    let paused: number | null = null;
    let weighty = false;
    const end = (): void => setOver(session);
    const passed = (event: number): boolean => {
      const reel = session.player.reel();
      const weightiest = reel && event > last ? chooseWeightiest(reel, last + 1, event) : null;
      last = event;
      return weightiest !== null && weigh(weightiest) >= WEIGHTY;
    };
    const stopFrames = session.player.onFrame(({ playhead: { event } }) => {
      if (event === -1) setOver(null);
      weighty = passed(event) || weighty;
      if (!session.store.getState().playing) {
        paused ??= event;
        if (event !== paused && event !== -1) end();
        return;
      }
      paused = null;
      const since = performance.now() - opened;
      if (since > STAY || (since > READ && weighty)) end();
    });
    const stopStore = session.store.subscribe((state) => {
      if (state.branch !== branch) end();
    });
    return () => {
      stopFrames();
      stopStore();
    };
  }, [session]);
  return over !== session && session.store.getState().info.recorded === undefined;
}
