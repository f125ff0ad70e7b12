import type { Json } from '../../workers/model/json.ts';
import type { Parameter } from '../../workers/model/scenario.ts';
import type { Line } from '../caption/deeds.ts';
import { formatDuration } from '../i18n/format.ts';
import { readValue, showValue } from '../settings/values.ts';

/** The parameter for one value of its list. */
export function singly({ list: _list, counts: _counts, ...rest }: Parameter): Parameter {
  return rest;
}

/** A value as it stands in its field: what is shown can be typed back. */
export function showSetting(parameter: Parameter, value: Json): string {
  if (Array.isArray(value)) return value.map((item: Json) => showSetting(parameter, item)).join(', ');
  return parameter.type === 'duration' && typeof value === 'number' ? formatDuration(value) : showValue(parameter, value);
}

/**
 * Why a value does not fit, as the simulator would say it before a run; null where it does. An intervention is not
 * checked by the simulator: what it lays over a configuration has to fit.
 * @param name how the setting is called
 */
export function misfit(parameter: Parameter, value: Json, name: string): Line | null {
  if (!parameter.list) return misfitOfOne(parameter, value, name);
  const items: readonly Json[] = Array.isArray(value) ? value : [];
  return items.map((item) => misfitOfOne(parameter, item, name)).find((problem) => problem !== null) ?? null;
}

function misfitOfOne({ type, minimum = -Infinity, maximum = Infinity, prime }: Parameter, value: Json, name: string): Line | null {
  const found = typeof value === 'string' ? value : JSON.stringify(value);
  if (type !== 'integer' && type !== 'number' && type !== 'duration') return null;
  if (typeof value !== 'number' || (type !== 'number' && !Number.isSafeInteger(value))) return { key: `settings.${type}`, args: { name, found } };
  const written = (number: number): number | string => (type === 'duration' ? formatDuration(number) : number);
  if (value < minimum) return { key: 'settings.minimum', args: { name, found: written(value), minimum: written(minimum) } };
  if (value > maximum) return { key: 'settings.maximum', args: { name, found: written(value), maximum: written(maximum) } };
  return prime && !isPrime(value) ? { key: 'settings.prime', args: { name, found } } : null;
}

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return number >= 2;
}

/** Reads what was typed for a setting. @returns the value, or what is wrong with it */
export function readSetting(parameter: Parameter, typed: string, name: string): { readonly value: Json } | { readonly wrong: Line } {
  const value = readValue(parameter, typed);
  const wrong = misfit(parameter, value, name);
  return wrong ? { wrong } : { value };
}
