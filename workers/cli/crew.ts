/** Who does the work of a hunt: this thread alone, or one thread a core. */
import { availableParallelism } from 'node:os';
import workerpool from 'workerpool';
import { counterexample } from '../checks/counterexample.ts';
import { huntSeed } from '../checks/hunt.ts';
import type { HuntOutcome, Recording } from '../contract.ts';
import type { FaultKind } from '../model/fault.ts';
import type { Scenario } from '../model/scenario.ts';
import { registry } from '../protocols/registry.ts';

/** What is hunted in, as it travels to a thread. */
export type Hunting = { readonly scenario: Scenario; readonly faults: readonly FaultKind[] };

export interface Crew {
  /** How many work at the same time. */
  readonly size: number;
  hunt(hunting: Hunting, seeds: readonly number[]): Promise<readonly HuntOutcome[]>;
  record(hunting: Hunting, seed: number, shrink: boolean): Promise<Recording | null>;
  end(): Promise<void>;
}

/** What a thread can be asked to do. */
const methods = {
  hunt: (hunting: Hunting, seeds: readonly number[]): readonly HuntOutcome[] => seeds.map((seed) => huntSeed({ ...hunting, registry }, seed).outcome),
  record: (hunting: Hunting, seed: number, shrink: boolean): Recording | null => counterexample({ ...hunting, registry }, seed, shrink)?.recording ?? null,
};

/** Everything in this thread. */
export function alone(): Crew {
  return {
    size: 1,
    hunt: async (...args) => methods.hunt(...args),
    record: async (...args) => methods.record(...args),
    end: async () => {},
  };
}

/** @param script the bundle that calls `serve` where it does not run as the main thread */
export function threads(script: string): Crew {
  const size = availableParallelism();
  const pool = workerpool.pool(script, { workerType: 'thread', maxWorkers: size });
  return {
    size,
    hunt: async (...args) => pool.exec('hunt', args),
    record: async (...args) => pool.exec('record', args),
    async end() {
      await pool.terminate();
    },
  };
}

/** Makes this thread one of a crew. */
export function serve(): void {
  workerpool.worker(methods);
}
