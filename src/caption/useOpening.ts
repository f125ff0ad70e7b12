import { useEffect, useState } from 'react';
import type { Session } from '../simulation/types.ts';

/** The first thing to try stays for so long while a scenario plays from its opening (ms). */
const STAY = 12_000;

/** Whether the scenario has just been opened, and nobody has done anything yet. A recording shows what its maker looked at. */
export function useOpening(session: Session): boolean {
  const [over, setOver] = useState<Session | null>(null);
  useEffect(() => {
    const { branch } = session.store.getState();
    let first: number | null = null;
    const end = (): void => setOver(session);
    const timer = setTimeout(end, STAY);
    const stopFrames = session.player.onFrame((frame) => {
      if (session.store.getState().playing) return;
      first ??= frame.playhead.event;
      if (frame.playhead.event !== first) end();
    });
    const stopStore = session.store.subscribe((state, before) => {
      if ((before.playing && !state.playing) || state.branch !== branch) end();
    });
    return () => {
      clearTimeout(timer);
      stopFrames();
      stopStore();
    };
  }, [session]);
  return over !== session && session.store.getState().info.recorded === undefined;
}
