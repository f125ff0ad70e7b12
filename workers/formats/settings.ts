import type { Json } from '../model/json.ts';
import type { Registry } from '../model/protocol.ts';
import type { Parameter, ProcessSpec, Scenario } from '../model/scenario.ts';
import { parseDuration } from '../model/time.ts';
import { grown } from './grown.ts';
import { InputError, shown } from './input-error.ts';
import { nearest } from './nearest.ts';
import { checkParameterValue } from './parameter.ts';
import { bugsOf } from './scenario.ts';
import { readTrace } from './trace.ts';

/** What a person may lay over a scenario before it runs. */
export type Settings = {
  readonly seed?: number;
  readonly set?: { readonly [parameter: string]: Json };
  readonly bugs?: readonly string[];
};

function parameterOf(scenario: Scenario, name: string): Parameter {
  const parameter = scenario.parameters.find((candidate) => candidate.name === name);
  if (parameter) return parameter;
  const known = scenario.parameters.map((candidate) => candidate.name);
  const meant = nearest(name, known);
  if (meant !== null) throw new InputError('settings.unknown-nearest', { name: shown(name), nearest: meant });
  if (known.length === 0) throw new InputError('settings.none', { name: shown(name) });
  throw new InputError('settings.unknown', { name: shown(name), known });
}

/** One value as it is typed; what is no number or truth value stays text, and is refused by its type. */
function readOne(parameter: Parameter, text: string): Json {
  if (parameter.type === 'integer' || parameter.type === 'number') {
    return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) + 0 : text; // −0 is no value of ours
  }
  if (parameter.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return parameter.type === 'duration' ? (parseDuration(text) ?? text) : text;
}

/** Whether a value may also come from a file. */
export function isFromFile(scenario: Scenario, name: string): boolean {
  return parameterOf(scenario, name).type === 'trace';
}

/**
 * A value as it is typed after `NAME=`; a comma makes a list.
 * @throws InputError for a name that the scenario does not declare
 */
export function readSetting(scenario: Scenario, name: string, text: string): Json {
  const parameter = parameterOf(scenario, name);
  if (parameter.list && text.trim() === '') return [];
  return parameter.list ? text.split(',').map((item) => readOne(parameter, item.trim())) : readOne(parameter, text.trim());
}

/** The processes with a parameter's value in the configurations that it goes to, and on the nodes that it names. */
function configured(processes: readonly ProcessSpec[], parameter: Parameter, value: Json): readonly ProcessSpec[] {
  return processes.map((spec) => {
    const set = parameter.sets.filter(({ protocol }) => protocol === spec.protocol).map(({ config }) => [config, value] as const);
    const named = (Array.isArray(value) ? (value as readonly Json[]) : [value]).filter((item) => typeof item === 'string');
    const nodes = parameter.places?.protocol === spec.protocol && named.length > 0 ? named : spec.nodes;
    return { ...spec, nodes, config: { ...spec.config, ...Object.fromEntries(set) } };
  });
}

function withParameter(scenario: Scenario, name: string, given: Json): Scenario {
  const parameter = parameterOf(scenario, name);
  const value: Json = parameter.type === 'trace' && typeof given === 'string' ? readTrace(given) : given;
  checkParameterValue(parameter, value, scenario, name);
  const sized = parameter.counts && Array.isArray(value) ? grown(scenario, parameter.counts, value.length) : scenario;
  return {
    ...sized,
    processes: configured(sized.processes, parameter, value),
    parameters: scenario.parameters.map((other) => (other === parameter ? { ...parameter, default: value } : other)),
    opening: openingOf(scenario, parameter, value),
  };
}

/** Whoever was to look at the process at its usual place looks where it is now. */
function openingOf({ opening }: Scenario, parameter: Parameter, value: Json): Scenario['opening'] {
  const moved = parameter.places && opening.select !== undefined && opening.select === parameter.default;
  return moved && typeof value === 'string' ? { ...opening, select: value } : opening;
}

function withBug(scenario: Scenario, name: string, registry: Registry): Scenario {
  const known = bugsOf(scenario, registry);
  if (known.includes(name)) return { ...scenario, bugs: [...scenario.bugs.filter((bug) => bug !== name), name] };
  const meant = nearest(name, known);
  if (meant !== null) throw new InputError('settings.bug-nearest', { name: shown(name), nearest: meant });
  if (known.length === 0) throw new InputError('settings.bug-none', { name: shown(name) });
  throw new InputError('settings.bug', { name: shown(name), known });
}

/**
 * The scenario with settings laid over it: what comes out runs the same by itself.
 * @throws InputError for a parameter or bug switch that it does not have, or a value that does not fit
 */
export function applySettings(scenario: Scenario, settings: Settings, registry: Registry): Scenario {
  const { seed = scenario.seed, set = {}, bugs = [] } = settings;
  if (!Number.isSafeInteger(seed) || seed < 0) throw new InputError('settings.seed', { found: shown(seed) });
  const seeded: Scenario = { ...scenario, seed };
  const implied = Object.keys(set).map((name) => parameterOf(scenario, name).implies ?? {});
  const all: { readonly [name: string]: Json } = Object.assign({}, ...implied, set);
  const parametrized = Object.entries(all).reduce((before, [name, value]) => withParameter(before, name, value), seeded);
  return bugs.reduce((before, name) => withBug(before, name, registry), parametrized);
}
