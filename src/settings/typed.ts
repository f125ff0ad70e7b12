/** What stands in the fields of the settings, and what comes of it. Pure. */
import type { OpenRequest, Problem } from '../../workers/contract.ts';
import type { Json, JsonObject } from '../../workers/model/json.ts';
import type { Parameter, Scenario } from '../../workers/model/scenario.ts';
import { misfit } from '../controls/values.ts';
import { readValue, showValue } from './values.ts';

/** What stands in the fields, by the names of the parameters. */
export type Typed = { readonly [name: string]: string };

/** Why it does not run, and the parameter whose value does not fit, where it is one. */
export type Refused = { readonly problem: Problem; readonly parameter: string | null };

/** The values of a scenario's parameters, others laid over them, as they are typed. */
export function typedOf({ parameters }: Pick<Scenario, 'parameters'>, over: JsonObject = {}): Typed {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, showValue(parameter, over[parameter.name] ?? parameter.default)]));
}

/**
 * What a run's fields would hold as its scenario has it.
 * @param original the scenario before anything was set in it
 * @param letter of two runs side by side, which one: the second has from its scenario what it is compared by
 */
export function ownOf(scenario: Scenario, original: Scenario, letter: 'A' | 'B' | null): Typed {
  return { ...typedOf(scenario), ...typedOf(original, letter === 'B' ? original.opening.beside : {}) };
}

/** Whether two texts are the same value: `5,1` is `5, 1`. */
export function isSame(parameter: Parameter, one: Typed, other: Typed): boolean {
  const [first, second] = [one, other].map((typed) => JSON.stringify(readValue(parameter, typed[parameter.name] ?? '')));
  return first === second;
}

/** What is to be opened. */
export function requestOf(scenario: Scenario, seed: string, typed: Typed): OpenRequest {
  // The rules that are off are told apart: those that were off before may hold again.
  return { scenario: { ...scenario, bugs: [] }, seed: /^\d+$/.test(seed.trim()) ? Number(seed) : Number.NaN, set: changed(scenario, typed) };
}

/** What differs from the scenario as it was opened. */
function changed(scenario: Pick<Scenario, 'parameters'>, typed: Typed): JsonObject {
  const before = typedOf(scenario);
  return Object.fromEntries(
    scenario.parameters.flatMap((parameter): [string, Json][] => (isSame(parameter, typed, before) ? [] : [[parameter.name, readValue(parameter, typed[parameter.name] ?? '')]])),
  );
}

/**
 * The first value that does not fit, said with the name that stands beside its field.
 * @param names how the parameters are called
 */
export function misfitOf(scenario: Pick<Scenario, 'parameters'>, typed: Typed, names: ReadonlyMap<string, string>): Refused | null {
  const set = changed(scenario, typed);
  for (const parameter of scenario.parameters) {
    const value = set[parameter.name];
    const problem = value === undefined ? null : misfit(parameter, value, names.get(parameter.name) ?? parameter.name);
    if (problem) return { problem, parameter: parameter.name };
  }
  return null;
}

/** What the simulator refuses. */
export function refusedBy(problem: Problem): Refused {
  const { name } = problem.args;
  return { problem, parameter: typeof name === 'string' ? name : null };
}
