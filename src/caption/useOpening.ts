import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { RunOnPage } from '../simulation/runs.ts';
import { chooseWeightiest, weigh } from './choose.ts';

/** The first thing to try stays for so long while a scenario plays from its opening (ms). */
const STAY = 12_000;
/** It gives way to what weighs so much once it could be read, in so many ms. */
const WEIGHTY = 65;
const READ = 3_000;

/**
 * Whether the scenario has just been opened, and nobody has done anything yet. Who pauses to read it keeps it until the next
 * step. It comes back at the very beginning. A recording shows what its maker looked at. Of two runs the first one counts.
 * Who asks for it again keeps it while it plays.
 */
export function useOpening([first, second]: readonly RunOnPage[]): { readonly shown: boolean; /** Puts it away, or brings it back. */ readonly toggle: () => void } {
  const session = first!.session;
  const beside = second?.session ?? null;
  const [over, setOver] = useState(false);
  const reading = useStore(session.store, (state) => state.reading ?? false);
  useEffect(() => {
    const sessions = beside ? [session, beside] : [session];
    const branches = sessions.map(({ store }) => store.getState().branch);
    const opened = performance.now();
    let last = session.player.playhead.event;
    let paused: number | null = null;
    let weighty = false;
    const end = (): void => {
      setOver(true);
      if (session.store.getState().reading) session.store.setState({ reading: false });
    };
    const passed = (event: number): boolean => {
      const reel = session.player.reel();
      const weightiest = reel && event > last ? chooseWeightiest(reel, last + 1, event) : null;
      last = event;
      return weightiest !== null && weigh(weightiest) >= WEIGHTY;
    };
    const look = (): void => {
      const { event } = session.player.playhead;
      if (event === -1) setOver(false);
      weighty = passed(event) || weighty;
      if (!session.store.getState().playing) {
        const here = sessions.reduce((sum, { player }) => sum + player.playhead.event, 0);
        paused ??= here;
        if (here !== paused && event !== -1) end();
        return;
      }
      paused = null;
      const since = performance.now() - opened;
      if (since > STAY || (since > READ && weighty)) setOver(true);
    };
    const stops = sessions.flatMap(({ player, store }, at) => [
      player.onFrame(look),
      store.subscribe((state) => {
        if (state.branch !== branches[at]) end();
      }),
    ]);
    return () => {
      for (const stop of stops) stop();
    };
  }, [session, beside]);
  const shown = reading || (!over && session.store.getState().info.recorded === undefined);
  const toggle = (): void => {
    setOver(true);
    session.store.setState({ reading: !shown });
  };
  return { shown, toggle };
}
