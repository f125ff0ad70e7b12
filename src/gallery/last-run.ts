import type { AddressedIntervention } from '../../workers/model/intervention.ts';
import type { OpenSession } from '../simulation/session.ts';

/** Where somebody stopped: enough to make the same picture again. */
export type LastRun = {
  readonly scenario: string;
  readonly event: number;
  readonly interventions: readonly AddressedIntervention[];
  /** What was done only in the run beside it, where there was one. */
  readonly beside?: readonly AddressedIntervention[];
};

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
    'interventions' in value && Array.isArray(value.interventions) &&
    (!('beside' in value) || Array.isArray(value.beside))
  );
}

let continuing = false;

/** The next scenario that is opened goes on where it was left, instead of at its opening. */
export function askToContinue(): void {
  continuing = true;
}

/** Remembers where a run of a built-in scenario is. @returns stops remembering. */
export function rememberRun(session: OpenSession): () => void {
  const { scenario } = session.store.getState().info;
  const wanted = continuing ? lastRun() : null;
  continuing = false;
  if (wanted?.scenario === scenario.id) void goOn(session, wanted);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    timer = undefined;
    const { pair } = session;
    const beside = pair && { beside: doneIn(pair.runs[1]).filter(({ do: deed }) => pair.isAlone(pair.runs[1], deed)) };
    const last: LastRun = { scenario: scenario.id, event: session.player.playhead.event, interventions: doneIn(session), ...beside };
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

/** What was done by hand in the branch in view. */
function doneIn({ store }: OpenSession): readonly AddressedIntervention[] {
  const { branches, branch, info } = store.getState();
  const own = new Set(info.scenario.interventions.map(({ id }) => id));
  return branches.find((each) => each.branch === branch)?.interventions.filter(({ id }) => !own.has(id)) ?? [];
}

/** Does again what was done, then goes to the step. */
async function goOn(session: OpenSession, { event, interventions, beside = [] }: LastRun): Promise<void> {
  session.player.pause();
  for (const { at, do: deed } of interventions) await session.edit({ kind: 'add', at, do: deed });
  for (const { at, do: deed } of beside) await session.pair?.runs[1].edit({ kind: 'add', at, do: deed });
  session.player.pause();
  session.player.seekEvent(event);
}
