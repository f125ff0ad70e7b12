import { useMemo, useSyncExternalStore } from 'react';
import type { JsonObject } from '../../workers/model/json.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { findBranch } from '../simulation/branches.ts';
import type { Session } from '../simulation/types.ts';
import { doneAt, settingsOf } from './settings.ts';

/** What a protocol is set to on a node; without one, on all of them. */
export type Settings = (protocol: string, node: NodeId | null) => JsonObject;

/** What is set at the playhead. The moving playhead makes something new of it only where it passes an intervention. */
export function useSettings(session: Session): Settings {
  const done = useSyncExternalStore(
    (changed) => subscribe(session, changed),
    () => doneInBranch(session),
  );
  return useMemo(() => {
    const { info, branches, branch } = session.store.getState();
    const interventions = findBranch(branches, branch)?.interventions.slice(0, doneCount(done)) ?? [];
    return (protocol, node) => settingsOf(info.scenario, interventions, protocol, node);
  }, [session, done]);
}

function subscribe(session: Session, changed: () => void): () => void {
  const stops = [session.player.onFrame(changed), session.store.subscribe(changed)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** `BRANCH:COUNT`: a value that can be compared. */
function doneInBranch(session: Session): string {
  const { branches, branch } = session.store.getState();
  const interventions = findBranch(branches, branch)?.interventions ?? [];
  const { playhead } = session.player;
  return `${branch}:${interventions.length === 0 ? 0 : doneAt(interventions, playhead, session.player.reel())}`;
}

function doneCount(done: string): number {
  return Number(done.slice(done.indexOf(':') + 1));
}
