import { decodeText } from '../formats/decode.ts';
import { shown } from '../formats/input-error.ts';
import { applySettings, isFromFile, readSetting } from '../formats/settings.ts';
import { readTrace } from '../formats/trace.ts';
import type { Json } from '../model/json.ts';
import type { Scenario } from '../model/scenario.ts';
import { registry } from '../protocols/registry.ts';
import { findScenario, readFile, wholeNumber } from './input.ts';
import { CommandError } from './terminal.ts';

/** `NAME=VALUE` as typed; the scenario says what type VALUE has. `NAME=@FILE` reads what may come from a file. */
function settingsOf(scenario: Scenario, texts: readonly string[]): { readonly [name: string]: Json } {
  return Object.fromEntries(
    texts.map((text) => {
      const equals = text.indexOf('=');
      if (equals <= 0) throw new CommandError('--set is {text}; NAME=VALUE is expected', { text: shown(text) });
      const name = text.slice(0, equals);
      const value = text.slice(equals + 1);
      if (value.startsWith('@') && isFromFile(scenario, name)) return [name, readFile(value.slice(1), (_file, bytes) => readTrace(decodeText(bytes)))] as const;
      return [name, readSetting(scenario, name, value)] as const;
    }),
  );
}

/**
 * The scenario with what the options lay over it.
 * @throws CommandError or InputError for what does not fit
 */
export function prepared(name: string, options: { readonly seed?: string; readonly set?: readonly string[]; readonly bug?: readonly string[] }): Scenario {
  const scenario = findScenario(name);
  const set = settingsOf(scenario, options.set ?? []);
  const seed = options.seed === undefined ? scenario.seed : wholeNumber('--seed', options.seed);
  return applySettings(scenario, { seed, set, bugs: options.bug ?? [] }, registry);
}
