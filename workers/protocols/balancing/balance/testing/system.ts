/** Small systems of clients, a balancer and servers, run to their end. */
import { Kernel } from '../../../../kernel/kernel.ts';
import type { NoteArgs, TapeEvent } from '../../../../model/event.ts';
import type { AddressedIntervention } from '../../../../model/intervention.ts';
import type { JsonObject } from '../../../../model/json.ts';
import type { Scenario } from '../../../../model/scenario.ts';
import { MILLISECOND, SECOND } from '../../../../model/time.ts';
import type { LinkDirection } from '../../../../model/topology.ts';
import { registry } from '../../../registry.ts';
import { balanceScenario } from '../../scenarios/build.ts';

const text = { title: '', watch: '', try: '' };

export type Shape = { readonly clients?: number; readonly balancers?: number; readonly servers: number; readonly direction?: Partial<LinkDirection>; readonly bugs?: readonly string[]; readonly seed?: number };

/** With links of half a millisecond, unless another `direction` is given. */
export function systemOf({ seed = 1, direction, ...shape }: Shape, config: JsonObject): Scenario {
  const near = { latency: MILLISECOND / 2, ...direction };
  return { ...balanceScenario({ id: 'balance-test', en: text, zh: text, horizon: 3600 * SECOND, config, ...shape, direction: near }), seed };
}

/** Runs it to quiescence or to the horizon, and forgets its events unless they are looked at. */
export function runSystem(scenario: Scenario, look: (event: TapeEvent) => void = () => undefined, interventions: readonly AddressedIntervention[] = []): Kernel {
  const kernel = new Kernel({ scenario, seed: scenario.seed, registry, interventions: [...scenario.interventions, ...interventions] });
  while (!kernel.settled) {
    const event = kernel.step(scenario.horizon);
    if (!event) break;
    look(event);
  }
  if (kernel.halt) throw new Error(JSON.stringify(kernel.halt));
  return kernel;
}

export function metricsOf(kernel: Kernel): { readonly [name: string]: number | null } {
  return kernel.folds.metricValues(kernel.world);
}

export function violationsOf(kernel: Kernel): readonly string[] {
  return [...new Set(kernel.world.violations.map(({ invariant }) => invariant))];
}

export type Noted = { readonly time: number; readonly args: NoteArgs };

/** The notes of one kind in a run. */
export function notesOfRun(scenario: Scenario, key: string, interventions: readonly AddressedIntervention[] = []): { readonly kernel: Kernel; readonly notes: readonly Noted[] } {
  const notes: Noted[] = [];
  const collect = (event: TapeEvent): void => {
    for (const effect of event.effects) if (effect.kind === 'note' && effect.key === key) notes.push({ time: event.time, args: effect.args });
  };
  const kernel = runSystem(scenario, collect, interventions);
  return { kernel, notes };
}
