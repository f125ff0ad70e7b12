import { InputError } from '../formats/input-error.ts';
import { Digest } from '../kernel/digest.ts';
import { Kernel } from '../kernel/kernel.ts';
import { compareAddresses } from '../model/intervention.ts';
import type { AddressedIntervention } from '../model/intervention.ts';
import type { TapeEvent } from '../model/event.ts';
import type { Scenario } from '../model/scenario.ts';
import { registry } from '../protocols/registry.ts';

/** Everything that is done to the network: what the scenario does itself, and what is added, in the order of their addresses. */
export function interventionsOf(scenario: Scenario, added: readonly AddressedIntervention[]): AddressedIntervention[] {
  return [...scenario.interventions, ...added].sort((a, b) => compareAddresses(a.at, b.at));
}

export function kernelOf(scenario: Scenario, interventions: readonly AddressedIntervention[]): Kernel {
  return new Kernel({ scenario, seed: scenario.seed, registry, interventions });
}

/** How far a run goes. */
export type End = { readonly until: number; readonly events: number; readonly atQuiescence: boolean };

/**
 * Runs a kernel to its end.
 * @param visit sees every event
 * @throws InputError when the run stopped itself
 */
export function run(kernel: Kernel, end: End, visit: (event: TapeEvent) => void = () => undefined): void {
  const { world, setup } = kernel;
  while (world.event < end.events) {
    // Nothing is left to do but background work: it ends just before the event that makes the settling time full.
    const idle = end.atQuiescence && world.foreground === 0 && world.intervention === setup.interventions.length;
    const event = kernel.step(idle ? Math.min(end.until, world.lastForeground + kernel.settling - 1) : end.until);
    if (!event) break;
    visit(event);
  }
  if (kernel.halt) throw new InputError(kernel.halt.key, kernel.halt.args);
}

/** Digest of all events of a run. */
export function digestOf(kernel: Kernel, end: End): string {
  const digest = new Digest();
  run(kernel, end, (event) => digest.add(event));
  return digest.value();
}
