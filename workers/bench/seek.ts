/** Seeking: how long it takes until the picture at any event of a long tape is there. */
import { KeyframeStore } from '../kernel/keyframes.ts';
import { recordReel } from '../kernel/reel.ts';
import { Tape } from '../kernel/tape.ts';
import type { Steps } from '../kernel/tape.ts';
import type { Scenario } from '../model/scenario.ts';
import { MILLISECOND } from '../model/time.ts';
import { registry } from '../protocols/registry.ts';
import { ringScenario } from '../testing/ring.ts';
import { fractions } from './graphs.ts';
import { percentile, time } from './measure.ts';
import { goal, table } from './table.ts';
import type { Cell } from './table.ts';

const EVENTS = 1_000_000;
const SEEKS = 300;
const ROUNDS = 3;

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

/** Five routers in a ring that run Link-State, and a stream of data packets halfway round. */
function scenario(): Scenario {
  return {
    ...ringScenario(5),
    processes: [
      { protocol: 'link-state', nodes: 'all', config: {} },
      { protocol: 'probe', nodes: 'all', config: { from: 'n0', to: 'n2', interval: MILLISECOND } },
    ],
  };
}

/** The table of seeks. */
export function benchSeek(): string {
  const what = scenario();
  const store = new KeyframeStore();
  const tape = Tape.start({ scenario: what, seed: what.seed, registry, interventions: what.interventions }, store);
  while (tape.events < EVENTS) {
    if (!tape.advance()) throw new Error(`The tape ended at event ${tape.events}`);
  }
  const draw = fractions(3);
  const seek = (first: number): void => {
    const reel = finish(recordReel(tape, { run: 'bench', branch: 0, first, length: 1, watch: null }));
    if (reel?.opening.event !== first - 1) throw new Error(`The seek to ${first} went to ${reel?.opening.event}`);
  };
  for (let warm = 0; warm < 20; warm++) seek(Math.floor(draw() * EVENTS));
  const sought = Array.from({ length: SEEKS }, () => Math.floor(draw() * EVENTS));
  // The whole round again and again, so that every seek comes from elsewhere. What the machine does besides only adds.
  const rounds = Array.from({ length: ROUNDS }, () => sought.map((first) => time(() => seek(first)) / 1e6));
  const times = sought.map((_first, index) => Math.min(...rounds.map((round) => round[index]!)));
  const rows: Cell[][] = GOALS.map(([name, p, limit]) => {
    const value = percentile(times, p);
    return [name, value, 'ms', goal(`≤ ${limit}`, value <= limit)];
  });
  rows.push(['keyframes', store.bytes / EVENTS, 'bytes an event', undefined]);
  const checks = tape.head.folds.invariants.length;
  return `Link-State on a ring of 5 routers with a probe, ${checks} invariants, ${SEEKS} seeks, the fastest of ${ROUNDS} each\n\n${table(['seek to a random event of 1,000,000', 'value', 'unit', 'goal'], rows)}`;
}
