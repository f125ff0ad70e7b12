/** The kernel's rate beside the least that any such simulator does: a heap of objects ordered by (time, sequence). */
import { Kernel } from '../kernel/kernel.ts';
import { ringEntry, ringScenario } from '../testing/ring.ts';
import { bareLoop } from './bare-loop.ts';
import { race } from './measure.ts';
import { goal, table } from './table.ts';
import type { Cell } from './table.ts';

const SIZES = [5, 25, 100, 1_000];
const EVENTS = 200_000;
const ROUNDS = 9;
const RATIO_MIN = 0.1;

function kernelRing(size: number): (events: number) => void {
  const scenario = ringScenario(size);
  const kernel = new Kernel({ scenario, seed: 1, registry: [ringEntry], interventions: [] });
  return (events) => {
    for (let event = 0; event < events; event++) {
      if (kernel.step() === null) throw new Error('The ring stopped');
    }
  };
}

/** The table of rates, a row a ring. */
export function benchKernel(): string {
  const ratios: number[] = [];
  const rows = SIZES.map((size): Cell[] => {
    const bare = bareLoop(size);
    const ours = kernelRing(size);
    const [bareTiming, timing] = race(
      [
        { name: 'bare', units: EVENTS, run: () => bare(EVENTS) },
        { name: 'kernel', units: EVENTS, run: () => ours(EVENTS) },
      ],
      ROUNDS,
    );
    const ratio = 1 / timing!.ratio;
    ratios.push(ratio);
    const half = ratios[0]! / 2;
    const goals = size === 5 ? goal(`≥ ${RATIO_MIN}`, ratio >= RATIO_MIN) : size === 1_000 ? goal(`≥ half of that of 5 (${half.toFixed(3)})`, ratio >= half) : undefined;
    return [`ring of ${size.toLocaleString('en-US')}`, 1e3 / bareTiming!.unit, 1e3 / timing!.unit, ratio, goals];
  });
  return table(['scene', 'bare heap loop, million events/s', 'kernel, million events/s', 'ratio', 'goal'], rows);
}
