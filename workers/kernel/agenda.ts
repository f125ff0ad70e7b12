import type { Entry } from './world.ts';

/**
 * The event queue: a binary heap ordered by (time, sequence). Entries are never changed once they are in, so a
 * keyframe copies the array and shares them.
 */
export class Agenda {
  #heap: Entry[];

  constructor(heap: Entry[] = []) {
    this.#heap = heap;
  }

  get size(): number {
    return this.#heap.length;
  }

  peek(): Entry | undefined {
    return this.#heap[0];
  }

  push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent]!;
      if (before(above, entry)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  pop(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === last || last === undefined) return first;
    this.#sink(0, last);
    return first;
  }

  /** Moves `entry` from a hole at `at` down to its place. */
  #sink(at: number, entry: Entry): void {
    const heap = this.#heap;
    const size = heap.length;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      let below = heap[child]!;
      const other = heap[child + 1];
      if (other !== undefined && before(other, below)) {
        child++;
        below = other;
      }
      if (before(entry, below)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = entry;
  }

  /** Replaces entries (null takes one out). Rare: only interventions need it. The order stays total, so the result is the same however the heap lay. */
  rewrite(change: (entry: Entry) => Entry | null): void {
    this.#heap = this.#heap.map(change).filter((entry) => entry !== null);
    for (let at = (this.#heap.length >> 1) - 1; at >= 0; at--) this.#sink(at, this.#heap[at]!);
  }

  /** Entries in no particular order. */
  entries(): readonly Entry[] {
    return this.#heap;
  }

  copy(): Agenda {
    return new Agenda(this.#heap.slice());
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.time < b.time || (a.time === b.time && a.sequence < b.sequence);
}
