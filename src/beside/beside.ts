/** What makes two runs comparable: which settings are compared, and which runs are opened with which values. */
import type { Answer, OpenRequest } from '../../workers/contract.ts';
import type { Control } from '../../workers/model/control.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { Json, JsonObject } from '../../workers/model/json.ts';
import type { Scenario } from '../../workers/model/scenario.ts';
import { controlsOf } from '../controls/catalogue.ts';
import { createPair, type Pair } from '../simulation/pair.ts';
import type { OpenSession } from '../simulation/session.ts';

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
export function differences(from: Scenario, to: Scenario): JsonObject {
  const before = valuesOf(from);
  return Object.fromEntries([...valuesOf(to)].filter(([name, value]) => JSON.stringify(before.get(name)) !== JSON.stringify(value)));
}

/**
 * What is opened when one of two runs is to run anew with other settings: what is compared changes in that run alone,
 * all else in both.
 */
export function anewTogether(pair: Pair, run: OpenSession, request: OpenRequest): OpenRequest {
  const [first, second] = pair.runs.map((each) => each.store.getState().info.scenario);
  if (!first || !second) return request;
  const { set = {} } = request;
  const compared = new Set(comparedParameters(first));
  const own = Object.fromEntries(Object.entries(set).filter(([name]) => compared.has(name)));
  const common = Object.fromEntries(Object.entries(set).filter(([name]) => !compared.has(name)));
  const isFirst = run === pair.runs[0];
  const beside = { ...differences(first, second), ...(isFirst ? {} : own) };
  return { ...request, scenario: { ...first, bugs: [], opening: { ...first.opening, beside } }, set: isFirst ? { ...common, ...own } : common };
}
