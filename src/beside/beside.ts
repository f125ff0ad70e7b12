/** What makes two runs comparable: which settings are compared, and which runs are opened with which values. */
import type { Answer, OpenRequest } from '../../workers/contract.ts';
import type { Control } from '../../workers/model/control.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { Json, JsonObject } from '../../workers/model/json.ts';
import type { Scenario } from '../../workers/model/scenario.ts';
import { controlsOf } from '../controls/catalogue.ts';
import { createPair, type Pair } from '../simulation/pair.ts';
import type { OpenSession } from '../simulation/session.ts';
import type { Session } from '../simulation/types.ts';

/** Who is told of a setting, by the key of the configuration that names them. */
function toldOf({ at, to }: Control): string | null {
  return to ?? at;
}

/** The control that names a run above its stage: what is compared is what its nodes are told. */
export function namingControl(scenario: Scenario): { readonly protocol: string; readonly control: Control } | null {
  for (const { protocol } of scenario.processes) {
    const control = controlsOf(scenario, protocol).find(({ groups }) => groups);
    if (control) return { protocol, control };
  }
  return null;
}

/** The settings of a protocol that are compared. The state of a server is not, whoever is told of it. */
function comparedIn(scenario: Scenario, process: string): readonly string[] {
  const naming = namingControl(scenario);
  if (naming?.protocol !== process) return [];
  return controlsOf(scenario, process).flatMap((control) => (toldOf(control) === toldOf(naming.control) && !control.members ? [control.setting] : []));
}

/** Whether a deed sets nothing but what is compared. */
export function isAlone(deed: Intervention, scenario: Scenario): boolean {
  if (deed.kind !== 'configure') return false;
  const compared = comparedIn(scenario, deed.process);
  return Object.keys(deed.set).every((setting) => compared.includes(setting));
}

/** The parameters whose values are compared. */
function comparedParameters(scenario: Scenario): readonly string[] {
  const naming = namingControl(scenario);
  if (!naming) return [];
  const compared = comparedIn(scenario, naming.protocol);
  return scenario.parameters.flatMap(({ name, sets }) => (sets.some(({ protocol, config }) => protocol === naming.protocol && compared.includes(config)) ? [name] : []));
}

/** Opens a second run beside a session, with other values of its parameters. */
export function openBeside(session: OpenSession, set: JsonObject): Promise<Answer<Pair>> {
  return createPair(session, set, { isAlone });
}

function valuesOf(scenario: Scenario): ReadonlyMap<string, Json> {
  return new Map(scenario.parameters.map(({ name, default: value }) => [name, value]));
}

/** In which parameters a run differs from another one. */
function differences(from: Scenario, to: Scenario): JsonObject {
  const before = valuesOf(from);
  return Object.fromEntries([...valuesOf(to)].filter(([name, value]) => JSON.stringify(before.get(name)) !== JSON.stringify(value)));
}

/**
 * What is opened when a run is to run anew with other settings. Of two runs side by side both do: what is compared changes
 * in that run alone, all else in both. A run that is alone stays alone.
 */
export function anew(pair: Pair | null, run: Session, request: OpenRequest): OpenRequest {
  const { scenario } = run.store.getState().info;
  if (!pair) {
    const { beside: _, ...opening } = scenario.opening;
    return { ...request, scenario: { ...scenario, bugs: [], opening } };
  }
  const first = pair.runs[0].store.getState().info.scenario;
  const second = pair.runs[1].store.getState().info.scenario;
  const compared = new Set(comparedParameters(first));
  const changed = Object.entries(request.set ?? {});
  const own = Object.fromEntries(changed.filter(([name]) => compared.has(name)));
  const common = Object.fromEntries(changed.filter(([name]) => !compared.has(name)));
  const isFirst = run === pair.runs[0];
  const beside = { ...differences(first, second), ...(isFirst ? {} : own) };
  return { ...request, scenario: { ...first, bugs: [], opening: { ...first.opening, beside } }, set: isFirst ? { ...common, ...own } : common };
}
