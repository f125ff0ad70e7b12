/** The least that any simulator of events does: a heap of objects ordered by (time, sequence), and a counter a node. */
import { MILLISECOND } from '../model/time.ts';

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

/** As many tokens as the heap is deep: each node of a ring hands its token on. @returns does so many events */
export function bareLoop(size: number): (events: number) => void {
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
