/** What makes two runs comparable: which settings are compared, and which runs are opened with which values. */
import type { Answer, OpenRequest } from '../../workers/contract.ts';
import type { Control } from '../../workers/model/control.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import type { Json, JsonObject } from '../../workers/model/json.ts';
import type { Scenario } from '../../workers/model/scenario.ts';
import { controlsOf } from '../controls/catalogue.ts';
import { createPair, createPairFromLink, type Pair } from '../simulation/pair.ts';
import type { OpenSession } from '../simulation/session.ts';
import { setByHand } from '../settings/by-hand.ts';
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

/** Opens the run that a link holds beside a session. */
export function openLinkBeside(session: OpenSession, link: string): Promise<Answer<Pair>> {
  return createPairFromLink(session, link, { isAlone });
}

function valuesOf(scenario: Scenario): JsonObject {
  return Object.fromEntries(scenario.parameters.map(({ name, default: value }): [string, Json] => [name, value]));
}

/** What is opened when a run is to run anew with other settings. Of two runs side by side both do; a run that is alone stays alone. */
export function anew(pair: Pair | null, run: Session, request: OpenRequest): OpenRequest {
  const { scenario } = run.store.getState().info;
  if (!pair) {
    const { beside: _, ...opening } = scenario.opening;
    return { ...request, scenario: { ...scenario, bugs: [], opening } };
  }
  const [first, second] = pair.runs;
  const runs = [first, second].map((each) => each.store.getState().info.scenario);
  return anewOfTwo([runs[0] ?? scenario, runs[1] ?? scenario], run === first ? 0 : 1, request, setByHand(run === first ? second : first));
}

/**
 * The same for the scenarios of two runs, of which one is asked to run anew: what is compared changes in that run alone, all
 * else in both.
 * @param byHand what was set in the other run while it played: of that it keeps what is compared
 */
export function anewOfTwo([first, second]: readonly [Scenario, Scenario], asked: 0 | 1, request: OpenRequest, byHand: JsonObject): OpenRequest {
  const compared = new Set(comparedParameters(first));
  const only = (values: JsonObject, which: boolean): JsonObject => Object.fromEntries(Object.entries(values).filter(([name]) => compared.has(name) === which));
  const set = request.set ?? {};
  const common = only(set, false);
  const own = [valuesOf(first), valuesOf(second)].map((values, at) => ({ ...only(values, true), ...only(at === asked ? set : byHand, true) }));
  const [ofFirst = {}, ofSecond = {}] = own;
  const beside = Object.fromEntries(Object.entries(ofSecond).filter(([name, value]) => JSON.stringify(ofFirst[name]) !== JSON.stringify(value)));
  const changed = Object.fromEntries(Object.entries(ofFirst).filter(([name, value]) => JSON.stringify(valuesOf(first)[name]) !== JSON.stringify(value)));
  return { ...request, scenario: { ...first, bugs: [], opening: { ...first.opening, beside } }, set: { ...common, ...changed } };
}
