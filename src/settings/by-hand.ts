/** What was set by hand while a run played: running it anew starts from there. */
import type { AddressedIntervention } from '../../workers/model/intervention.ts';
import type { JsonObject } from '../../workers/model/json.ts';
import type { Scenario } from '../../workers/model/scenario.ts';
import { doneAt } from '../controls/settings.ts';
import { findBranch } from '../simulation/branches.ts';
import type { Session } from '../simulation/types.ts';

/** The values of parameters that these deeds have set, the latest of each. What the scenario sets itself it sets again. */
export function parametersSet({ parameters, interventions }: Pick<Scenario, 'parameters' | 'interventions'>, done: readonly AddressedIntervention[]): JsonObject {
  const own = new Set(interventions.map(({ id }) => id));
  const deeds = done.flatMap(({ id, do: deed }) => (deed.kind === 'configure' && !own.has(id) ? [deed] : []));
  return Object.fromEntries(
    parameters.flatMap(({ name, sets }) => {
      const last = deeds.findLast(({ process, set }) => sets.some(({ protocol, config }) => protocol === process && config in set));
      const key = sets.find(({ protocol, config }) => protocol === last?.process && config in last.set)?.config;
      return last && key !== undefined ? [[name, last.set[key] ?? null]] : [];
    }),
  );
}

/** What has been set by hand up to the playhead, by parameter. */
export function setByHand({ store, player }: Session): JsonObject {
  const { info, branches, branch } = store.getState();
  const interventions = findBranch(branches, branch)?.interventions ?? [];
  return parametersSet(info.scenario, interventions.slice(0, doneAt(interventions, player.playhead, player.reel())));
}
