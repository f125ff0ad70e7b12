import type { Scenario } from '../../workers/model/scenario.ts';

/** Protocols that let a person change something while they run, by the names of their folders: known without loading what that is. */
const protocols = new Set(Object.keys(import.meta.glob('../../workers/protocols/**/controls.ts')).map((path) => path.split('/').at(-2)));

/** Whether a scenario runs a protocol with settings that can be changed while it runs. */
export function offersControls({ processes }: Pick<Scenario, 'processes'>): boolean {
  return processes.some(({ protocol }) => protocols.has(protocol));
}
