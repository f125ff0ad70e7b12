import type { Control } from '../../workers/model/control.ts';
import type { Scenario } from '../../workers/model/scenario.ts';
import { parameterOf } from './settings.ts';

const modules = import.meta.glob<{ readonly [name: string]: readonly Control[] }>('../../workers/protocols/**/controls.ts', { eager: true });

/** What each protocol lets a person change while it runs, by the name of its folder, which is its own. */
const controls: ReadonlyMap<string, readonly Control[]> = new Map(
  Object.entries(modules).map(([path, module]) => [path.split('/').at(-2) ?? '', Object.values(module).flat()]),
);

/** The controls of a protocol that a scenario offers. */
export function controlsOf(scenario: Pick<Scenario, 'parameters'>, protocol: string): readonly Control[] {
  return controls.get(protocol)?.filter((control) => control.members || parameterOf(scenario, protocol, control)) ?? [];
}
