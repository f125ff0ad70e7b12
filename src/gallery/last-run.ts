import type { AddressedIntervention } from '../../workers/model/intervention.ts';
import type { Session } from '../simulation/types.ts';

/** Where somebody stopped: enough to make the same picture again. */
export type LastRun = { readonly scenario: string; readonly event: number; readonly interventions: readonly AddressedIntervention[] };

const KEY = 'netsplit.last-run';

/** A playhead that moves is remembered at most this often (ms). */
const INTERVAL = 1000;

/** The run that was open last on this machine; null where there was none, or storage is refused. */
export function lastRun(): LastRun | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return isLastRun(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isLastRun(value: unknown): value is LastRun {
  return (
    typeof value === 'object' && value !== null &&
    'scenario' in value && typeof value.scenario === 'string' &&
    'event' in value && typeof value.event === 'number' &&
    'interventions' in value && Array.isArray(value.interventions)
  );
}

let continuing = false;

/** The next scenario that is opened goes on where it was left, instead of at its opening. */
export function askToContinue(): void {
  continuing = true;
}

/** Remembers where a run of a built-in scenario is. @returns stops remembering. */
export function rememberRun(session: Session): () => void {
  const { scenario } = session.store.getState().info;
  const wanted = continuing ? lastRun() : null;
  continuing = false;
  if (wanted?.scenario === scenario.id) void goOn(session, wanted);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    timer = undefined;
    const { branches, branch } = session.store.getState();
    const own = new Set(scenario.interventions.map(({ id }) => id));
    const interventions = branches.find((info) => info.branch === branch)?.interventions.filter(({ id }) => !own.has(id)) ?? [];
    const last: LastRun = { scenario: scenario.id, event: session.player.playhead.event, interventions };
    try {
      localStorage.setItem(KEY, JSON.stringify(last));
    } catch {
      // Storage is refused or full: there will be nothing to continue.
    }
  };
  const stop = session.player.onFrame(() => {
    timer ??= setTimeout(keep, INTERVAL);
  });
  return () => {
    stop();
    if (timer === undefined) return;
    clearTimeout(timer);
    keep();
  };
}

/** Does again what was done, then goes to the step. */
async function goOn(session: Session, { event, interventions }: LastRun): Promise<void> {
  session.player.pause();
  for (const { at, do: deed } of interventions) await session.edit({ kind: 'add', at, do: deed });
  session.player.pause();
  session.player.seekEvent(event);
}
