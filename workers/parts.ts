/** Takes a reel apart for its way to the page: what comes in one message is read there in one go, and holds the page as long. */
import type { Reel, ReelPart } from './contract.ts';

/** Values in one part: read in a few milliseconds. */
const PART_VALUES = 40_000;

const empty: ReelPart = { nodes: [], links: [], flights: [], events: [], panels: [] };

/** The lists of a reel, in order, in parts of about one size. */
export function partsOf({ opening: { nodes, links, flights }, events, panels }: Reel): ReelPart[] {
  return [
    ...portions(nodes).map((portion) => ({ ...empty, nodes: portion })),
    ...portions(links).map((portion) => ({ ...empty, links: portion })),
    ...portions(flights).map((portion) => ({ ...empty, flights: portion })),
    ...portions(events).map((portion) => ({ ...empty, events: portion })),
    ...portions(panels).map((portion) => ({ ...empty, panels: portion })),
  ];
}

/** What is left of a reel without what its parts hold. */
export function withoutLists(reel: Reel): Reel {
  return { ...reel, opening: { ...reel.opening, nodes: [], links: [], flights: [] }, events: [], panels: [] };
}

function portions<Item>(items: readonly Item[]): Item[][] {
  const found: Item[][] = [];
  let values = Infinity;
  let met = new Set<object>();
  for (const item of items) {
    if (values > PART_VALUES) {
      found.push([]);
      values = 0;
      met = new Set();
    }
    found.at(-1)!.push(item);
    values += valuesIn(item, met);
  }
  return found;
}

/** How many values something consists of. What is met again in one message is sent once, and named from then on. */
function valuesIn(value: unknown, met: Set<object>): number {
  if (typeof value !== 'object' || value === null || met.has(value)) return 1;
  met.add(value);
  let count = 1;
  for (const inner of Object.values(value)) count += valuesIn(inner, met);
  return count;
}
