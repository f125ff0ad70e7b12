/** What was set by hand while a run played: running it anew starts from there. */
import type { AddressedIntervention } from '../../workers/model/intervention.ts';
import type { Json, JsonObject } from '../../workers/model/json.ts';
import type { Scenario } from '../../workers/model/scenario.ts';
import { controlsOf } from '../controls/catalogue.ts';
import { doneAt, named, settingsOf } from '../controls/settings.ts';
import { findBranch } from '../simulation/branches.ts';
import type { Session } from '../simulation/types.ts';

type Scope = Pick<Scenario, 'parameters' | 'processes' | 'interventions'>;

/** What a node has that was given nothing: weight 1, speed 1. */
const USUAL = 1;

/** The values of parameters that these deeds have set, the latest of each. What the scenario sets itself it sets again. */
export function parametersSet(scenario: Scope, done: readonly AddressedIntervention[]): JsonObject {
  const own = new Set(scenario.interventions.map(({ id }) => id));
  const byHand = done.filter(({ id, do: deed }) => deed.kind === 'configure' && !own.has(id));
  return Object.fromEntries(
    scenario.parameters.flatMap(({ name, sets }) => {
      const touched = ({ do: deed }: AddressedIntervention) => deed.kind === 'configure' && sets.find(({ protocol, config }) => protocol === deed.process && config in deed.set);
      const set = byHand.map(touched).findLast((found) => found);
      return set ? [[name, valueOf(scenario, byHand, set.protocol, set.config)]] : [];
    }),
  );
}

/** The value that deeds have given a setting. Of a list in which each node has a place of its own, each was told of its own alone. */
function valueOf(scenario: Scope, deeds: readonly AddressedIntervention[], protocol: string, setting: string): Json {
  const last = deeds.findLast(({ do: deed }) => deed.kind === 'configure' && deed.process === protocol && setting in deed.set)?.do;
  const latest = last?.kind === 'configure' ? (last.set[setting] ?? null) : null;
  const key = controlsOf(scenario, protocol).find((control) => control.setting === setting && control.each !== undefined && control.at === control.each && !control.to)?.each;
  if (key === undefined) return latest;
  const nodes = named(settingsOf(scenario, deeds, protocol, null), key);
  return nodes.map((node, place) => {
    const list = settingsOf(scenario, deeds, protocol, node)[setting];
    return (Array.isArray(list) ? (list as readonly Json[])[place] : undefined) ?? USUAL;
  });
}

/** What has been set by hand up to the playhead, by parameter. */
export function setByHand({ store, player }: Session): JsonObject {
  const { info, branches, branch } = store.getState();
  const interventions = findBranch(branches, branch)?.interventions ?? [];
  return parametersSet(info.scenario, interventions.slice(0, doneAt(interventions, player.playhead, player.reel())));
}
