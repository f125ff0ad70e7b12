/** The picture on each scenario's card: its own run, a moment after the one at which it opens. */
import { useEffect, useState } from 'react';
import type { Opening, Simulator } from '../../workers/contract.ts';
import type { Scenario } from '../../workers/model/scenario.ts';
import { SECOND } from '../../workers/model/time.ts';

/** What a person has watched of a scenario when its picture is taken (s); steps, where every event takes the same time. */
const WATCHED = 0.7;
const STEPS = 40;
/** One picture needs hardly any of the tape behind it (bytes). */
const KEYFRAME_BUDGET = 8_000_000;

const taken = new Map<string, Opening>();

async function take(simulator: Simulator, { id, opening, horizon }: Scenario): Promise<Opening | null> {
  const opened = await simulator.open({ scenario: id, keyframeBudget: KEYFRAME_BUDGET });
  if (!opened.ok) return null;
  const { run } = opened.value;
  const watched = opening.speed === 'even' ? 0 : WATCHED * opening.speed * SECOND;
  const event = (await simulator.locate(run, 0, Math.min(horizon, opening.time + Math.round(watched)))) + (opening.speed === 'even' ? STEPS : 0);
  const reel = await simulator.reel({ run, branch: 0, first: event + 1, length: 1, watch: null }, 'ahead');
  await simulator.close(run);
  return reel && { ...reel.opening, time: opening.speed === 'even' ? reel.opening.time : Math.max(reel.opening.time, opening.time + Math.round(watched)) };
}

/** The pictures taken so far; they come one after the other, and are kept for the next visit. */
export function usePosters(simulator: Simulator, scenarios: readonly Scenario[]): ReadonlyMap<string, Opening> {
  const [posters, setPosters] = useState<ReadonlyMap<string, Opening>>(() => new Map(taken));
  useEffect(() => {
    let left = false;
    const takeAll = async (): Promise<void> => {
      for (const scenario of scenarios) {
        if (left) return;
        if (taken.has(scenario.id)) continue;
        const opening = await take(simulator, scenario);
        if (opening) taken.set(scenario.id, opening);
        if (!left) setPosters(new Map(taken));
      }
    };
    // A worker that dies takes no more pictures; the networks stay as they are drawn.
    takeAll().catch(() => undefined);
    return () => {
      left = true;
    };
  }, [simulator, scenarios]);
  return posters;
}
