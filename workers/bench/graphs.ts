/** Random graphs whose seeds are fixed, so that every run measures the same. Edges go both ways at one cost. */

export type RandomGraph = { readonly size: number; readonly edges: readonly (readonly [from: number, to: number, cost: number])[] };

/** Fractions in [0, 1) by Mulberry32 (Ettinger 2017): enough to scatter nodes. */
export function fractions(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}

/** Nodes in the unit square, joined when they are close: about `degree` neighbours each (Gilbert 1961). The cost is the distance. */
export function randomGeometric(size: number, degree: number, seed: number): RandomGraph {
  const draw = fractions(seed);
  const radius = Math.sqrt(degree / (Math.PI * size));
  const places = Array.from({ length: size }, () => [draw(), draw()] as const);
  const cells = Math.max(1, Math.floor(1 / radius));
  const cellOf = (place: number): number => Math.min(cells - 1, Math.floor(place * cells));
  const grid = Array.from({ length: cells * cells }, (): number[] => []);
  const edges: [number, number, number][] = [];
  for (const [node, [x, y]] of places.entries()) {
    const column = cellOf(x);
    const row = cellOf(y);
    for (let nearRow = Math.max(0, row - 1); nearRow <= Math.min(cells - 1, row + 1); nearRow++) {
      for (let nearColumn = Math.max(0, column - 1); nearColumn <= Math.min(cells - 1, column + 1); nearColumn++) {
        for (const other of grid[nearRow * cells + nearColumn]!) {
          const distance = Math.hypot(places[other]![0] - x, places[other]![1] - y);
          if (distance < radius) edges.push([other, node, 1 + Math.floor((1000 * distance) / radius)]);
        }
      }
    }
    grid[row * cells + column]!.push(node);
  }
  return { size, edges };
}

/** Each new node joins `links` others, drawn by how many links they have (Barabási, Albert 1999). Costs from 1 to 1000. */
export function preferentialAttachment(size: number, links: number, seed: number): RandomGraph {
  const draw = fractions(seed);
  const edges: [number, number, number][] = [];
  /** Every end of every edge: a draw from it is a draw by degree. */
  const ends: number[] = [0];
  for (let node = 1; node < size; node++) {
    const chosen = new Set<number>();
    while (chosen.size < Math.min(links, node)) chosen.add(ends[Math.floor(draw() * ends.length)]!);
    for (const other of chosen) {
      edges.push([other, node, 1 + Math.floor(draw() * 1000)]);
      ends.push(other, node);
    }
  }
  return { size, edges };
}
