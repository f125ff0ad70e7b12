/** A failure as a recording: whoever opens it stands at the violation. */
import type { Recording } from '../contract.ts';
import { Digest } from '../kernel/digest.ts';
import { protocolsOf } from '../kernel/folds.ts';
import { Kernel } from '../kernel/kernel.ts';
import { compareAddresses, type AddressedIntervention } from '../model/intervention.ts';
import { RECORDING_VERSION } from '../model/recording.ts';
import type { Nanoseconds } from '../model/time.ts';
import { huntSeed, type Hunt } from './hunt.ts';
import { shrink } from './shrink.ts';

/**
 * Runs a seed again and records how it fails; the tape ends at the violation.
 * @param small whether to make it small first
 * @returns the recording, and when the check breaks; null when the seed does not fail
 */
export function counterexample(hunt: Hunt, seed: number, small: boolean): { readonly recording: Recording; readonly time: Nanoseconds } | null {
  const trial = huntSeed(hunt, seed);
  if (trial.outcome.result !== 'violation') return null;
  if (small) {
    const { interventions, event, time } = shrink(hunt, trial);
    return { recording: recorded(hunt, seed, interventions, event), time };
  }
  const all = [...hunt.scenario.interventions, ...trial.faults.flat()].sort((a, b) => compareAddresses(a.at, b.at));
  return { recording: recorded(hunt, seed, all, trial.outcome.event), time: trial.outcome.time };
}

function recorded({ scenario, registry }: Hunt, seed: number, interventions: readonly AddressedIntervention[], event: number): Recording {
  const kernel = new Kernel({ scenario, seed, registry, interventions });
  const digest = new Digest();
  while (kernel.world.event <= event) {
    const next = kernel.step();
    if (!next) break;
    digest.add(next);
  }
  const behaviours = Object.fromEntries(protocolsOf(scenario, registry).map(({ protocol }) => [protocol.name, protocol.behaviour]));
  return { netsplit: RECORDING_VERSION, scenario: { ...scenario, seed }, seed, interventions, branches: [], branch: 0, playhead: event, behaviours, events: event + 1, digest: digest.value() };
}
