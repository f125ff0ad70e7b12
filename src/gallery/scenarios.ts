import type { Scenario } from '../../workers/model/scenario.ts';

const modules = import.meta.glob<{ readonly [name: string]: unknown }>('../../workers/protocols/**/scenarios.ts');

function isScenario(value: unknown): value is Scenario {
  return typeof value === 'object' && value !== null && 'topology' in value && 'text' in value && 'family' in value;
}

/** The built-in scenarios, in the order of their files: data that every protocol family keeps beside its algorithms. */
export async function loadScenarios(): Promise<readonly Scenario[]> {
  const loaded = await Promise.all(Object.values(modules).map((load) => load()));
  const found = loaded.flatMap((module) => Object.values(module).flatMap((value): unknown[] => (Array.isArray(value) ? value : [value]))).filter(isScenario);
  // One that is exported both alone and in a list is one scenario.
  return [...new Map(found.map((scenario) => [scenario.id, scenario])).values()];
}
