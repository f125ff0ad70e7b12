/** The kernel's rate beside the least that any such simulator does: a heap of objects ordered by (time, sequence). */
import { Kernel } from '../kernel/kernel.ts';
import { MILLISECOND } from '../model/time.ts';
import { ringEntry, ringScenario } from '../testing/ring.ts';
import { race } from './measure.ts';
import { goal, table } from './table.ts';
import type { Cell } from './table.ts';

const SIZES = [5, 25, 100, 1_000];
const EVENTS = 200_000;
const ROUNDS = 9;
const RATIO_MIN = 0.1;

type Token = { readonly time: number; readonly sequence: number; readonly node: number; readonly number: number };

function before(a: Token, b: Token): boolean {
  return a.time < b.time || (a.time === b.time && a.sequence < b.sequence);
}

function push(heap: Token[], token: Token): void {
  let at = heap.length;
  heap.push(token);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (before(heap[parent]!, token)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = token;
}

function pop(heap: Token[]): Token {
  const first = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
    if (before(last, heap[child]!)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return first;
}

/** A bare ring: each node hands its token on. */
function bareRing(size: number): (events: number) => void {
  const heap: Token[] = [];
  const received = new Float64Array(size);
  let sequence = 0;
  for (let node = 0; node < size; node++) push(heap, { time: MILLISECOND, sequence: sequence++, node, number: 0 });
  return (events) => {
    for (let event = 0; event < events; event++) {
      const { time, node, number } = pop(heap);
      received[node]! += 1;
      push(heap, { time: time + MILLISECOND, sequence: sequence++, node: (node + 1) % size, number: number + 1 });
    }
  };
}

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
    const bare = bareRing(size);
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
