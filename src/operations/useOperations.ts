import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { OperationHistory } from '../../workers/contract.ts';
import type { Session } from '../simulation/types.ts';

/** While the run is still computed, its history is asked for again this often (ms). */
const INTERVAL = 1000;

/** What the clients of the current branch did, as far as it is known; null until it has been read. */
export function useOperations(session: Session): OperationHistory | null {
  const { simulator, store } = session;
  const run = useStore(store, (state) => state.info.run);
  const branch = useStore(store, (state) => state.branch);
  const [told, setTold] = useState<{ readonly branch: number; readonly history: OperationHistory } | null>(null);
  useEffect(() => {
    let wanted = true;
    let known = -1;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const index = store.getState().index;
      const events = index?.branch === branch ? index.events : -1;
      if (events !== known) {
        // A worker that died has been told of elsewhere.
        const history = await simulator.operations(run, branch).catch(() => null);
        if (!wanted) return;
        known = events;
        if (history) setTold({ branch, history });
      }
      timer = setTimeout(() => void ask(), INTERVAL);
    };
    void ask();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [simulator, store, run, branch]);
  return told?.branch === branch ? told.history : null;
}
