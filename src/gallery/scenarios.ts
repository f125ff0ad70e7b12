import type { Family, Scenario } from '../../workers/model/scenario.ts';

const modules = import.meta.glob<{ readonly [name: string]: unknown }>('../../workers/protocols/**/scenarios.ts');

function isScenario(value: unknown): value is Scenario {
  return typeof value === 'object' && value !== null && 'topology' in value && 'text' in value && 'family' in value;
}

/** The families, in the order in which they are learnt. */
export const families: readonly Family[] = ['routing', 'balance', 'raft', 'paxos', 'message'];

/** The built-in scenarios, family by family, each in the order of its file: data that every protocol family keeps beside its algorithms. */
export async function loadScenarios(): Promise<readonly Scenario[]> {
  const loaded = await Promise.all(Object.values(modules).map((load) => load()));
  const found = loaded.flatMap((module) => Object.values(module).flatMap((value): unknown[] => (Array.isArray(value) ? value : [value]))).filter(isScenario);
  // One that is exported both alone and in a list is one scenario.
  const all = [...new Map(found.map((scenario) => [scenario.id, scenario])).values()];
  return families.flatMap((family) => all.filter((scenario) => scenario.family === family));
}
