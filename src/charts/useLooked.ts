import { useCallback, useSyncExternalStore } from 'react';
import type { NodeId } from '../../workers/model/topology.ts';
import type { RunOnPage } from '../simulation/runs.ts';
import type { Selection } from '../simulation/types.ts';

/** The node that somebody points at in one of the runs, at most two, or else has selected. */
export function useLooked(runs: readonly RunOnPage[]): NodeId | null {
  const [first, second] = runs.map(({ session }) => session.store);
  const subscribe = useCallback(
    (changed: () => void) => {
      const stops = [first, second].map((store) => store?.subscribe(changed));
      return () => stops.forEach((stop) => stop?.());
    },
    [first, second],
  );
  const looked = (): NodeId | null => {
    const states = [first, second].map((store) => store?.getState());
    return firstNode(states.map((state) => state?.hover)) ?? firstNode(states.map((state) => state?.selection));
  };
  return useSyncExternalStore(subscribe, looked);
}

function firstNode(selections: readonly (Selection | null | undefined)[]): NodeId | null {
  return selections.find((selection) => selection?.kind === 'node')?.id ?? null;
}
