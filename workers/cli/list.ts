import { bugsOf, readScenario } from '../formats/scenario.ts';
import { builtinScenarios, registry } from '../protocols/registry.ts';
import { findScenario } from './input.ts';
import { jsonText, table } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export async function list(options: { readonly json?: true }, terminal: Terminal): Promise<number> {
  const rows = builtinScenarios.map((scenario) => ({
    id: scenario.id,
    family: scenario.family,
    title: scenario.text.en.title,
    protocols: [...new Set(scenario.processes.map((spec) => spec.protocol))],
    bugs: bugsOf(scenario, registry),
  }));
  const text = options.json ? jsonText(rows) : table(['id', 'title', 'protocols', 'bug switches'], rows.map((row) => [row.id, row.title, row.protocols.join(', '), row.bugs.join(', ')]));
  await terminal.write(text);
  return 0;
}

/** A scenario is JSON in any case. */
export async function show(name: string, terminal: Terminal): Promise<number> {
  // As it would be read from a file: the keys in the order of the schema.
  await terminal.write(jsonText(readScenario(findScenario(name), registry)));
  return 0;
}
