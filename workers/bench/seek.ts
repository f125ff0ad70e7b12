/** Seeking: how long it takes until the picture at any event of a long tape is there. */
import { KeyframeStore } from '../kernel/keyframes.ts';
import { recordReel } from '../kernel/reel.ts';
import { Tape } from '../kernel/tape.ts';
import type { Steps } from '../kernel/tape.ts';
import type { Registry } from '../model/protocol.ts';
import type { Scenario } from '../model/scenario.ts';
import { ringEntry, ringScenario } from '../testing/ring.ts';
import { fractions } from './graphs.ts';
import { percentile, time } from './measure.ts';
import { goal, table } from './table.ts';

const EVENTS = 1_000_000;
const SEEKS = 500;

/** Goals in milliseconds. */
const GOALS = [
  ['median', 0.5, 5],
  ['99th percentile', 0.99, 16.7],
  ['worst', 1, 50],
] as const;

/** Work in steps, done to the end without a pause. */
function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
  }
}

function measure(name: string, scenario: Scenario, registry: Registry): string {
  const store = new KeyframeStore();
  const tape = Tape.start({ scenario, seed: scenario.seed, registry, interventions: scenario.interventions }, store);
  while (tape.events < EVENTS) {
    if (!tape.advance()) throw new Error(`${name} ended at event ${tape.events}`);
  }
  const draw = fractions(3);
  const seek = (first: number): void => {
    const reel = finish(recordReel(tape, { run: 'bench', branch: 0, first, length: 1, watch: null }));
    if (reel?.opening.event !== first - 1) throw new Error(`The seek to ${first} went to ${reel?.opening.event}`);
  };
  for (let warm = 0; warm < 20; warm++) seek(Math.floor(draw() * EVENTS));
  const times = Array.from({ length: SEEKS }, () => Math.floor(draw() * EVENTS)).map((first) => time(() => seek(first)) / 1e6);
  const rows = GOALS.map(([what, p, limit]) => {
    const value = percentile(times, p);
    return [what, value, 'ms', goal(`≤ ${limit}`, value <= limit)];
  });
  rows.push(['keyframes', store.bytes / EVENTS, 'bytes an event', '']);
  return `${name}, ${tape.head.folds.invariants.length} invariants, ${SEEKS} seeks\n\n${table(['seek to a random event of 1,000,000', 'value', 'unit', 'goal'], rows)}`;
}

/** The table of seeks. */
export function benchSeek(): string {
  return measure('Ring of 5 nodes', ringScenario(5), [ringEntry]);
}
