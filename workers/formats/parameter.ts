import type { Json } from '../model/json.ts';
import type { Parameter, Scenario } from '../model/scenario.ts';
import { InputError, shown } from './input-error.ts';
import { nearest } from './nearest.ts';
import { isTraced } from './trace.ts';

function assertRange(parameter: Parameter, value: number, path: string): void {
  const { minimum, maximum } = parameter;
  if (minimum !== undefined && value < minimum) throw new InputError('settings.minimum', { name: path, found: value, minimum });
  if (maximum !== undefined && value > maximum) throw new InputError('settings.maximum', { name: path, found: value, maximum });
}

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return number >= 2;
}

function assertText(parameter: Parameter, value: Json, path: string): void {
  if (typeof value !== 'string') throw new InputError('settings.text', { name: path, found: shown(value) });
  if (parameter.choices && !parameter.choices.includes(value)) {
    throw new InputError('settings.choice', { name: path, found: shown(value), known: parameter.choices });
  }
}

function assertNode(scenario: Scenario, value: Json, path: string): void {
  const ids = scenario.topology.nodes.map((node) => node.id);
  if (typeof value === 'string' && ids.includes(value)) return;
  const meant = typeof value === 'string' ? nearest(value, ids) : null;
  if (meant === null) throw new InputError('settings.node', { name: path, found: shown(value) });
  throw new InputError('settings.node-nearest', { name: path, found: shown(value), nearest: shown(meant) });
}

function checkOne(parameter: Parameter, value: Json, scenario: Scenario, path: string): void {
  const found = shown(value);
  switch (parameter.type) {
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new InputError('settings.integer', { name: path, found });
      if (parameter.prime && !isPrime(value)) throw new InputError('settings.prime', { name: path, found: value });
      return assertRange(parameter, value, path);
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw new InputError('settings.number', { name: path, found });
      return assertRange(parameter, value, path);
    case 'duration':
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new InputError('settings.duration', { name: path, found });
      return assertRange(parameter, value, path);
    case 'boolean':
      if (typeof value !== 'boolean') throw new InputError('settings.boolean', { name: path, found });
      return undefined;
    case 'text':
      return assertText(parameter, value, path);
    case 'node':
      return assertNode(scenario, value, path);
    case 'trace':
      if (!Array.isArray(value) || !value.every(isTraced)) throw new InputError('settings.trace', { name: path, found });
      return undefined;
  }
}

/** @throws InputError when the value is not of the parameter's type or range; `path` names it */
export function checkParameterValue(parameter: Parameter, value: Json, scenario: Scenario, path: string): void {
  // A protocol may leave a value open until somebody chooses one.
  if (value === null && parameter.default === null) return;
  if (!parameter.list) return checkOne(parameter, value, scenario, path);
  const values: readonly Json[] = Array.isArray(value) ? value : [value];
  // As many nodes as values: none would be no system.
  if (parameter.counts && values.length === 0) throw new InputError('value.too-few', { path });
  values.forEach((item, at) => checkOne(parameter, item, scenario, `${path}[${at}]`));
}
