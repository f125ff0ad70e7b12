import { describe, expect, test } from 'vitest';
import type { LinkFrame, Reel } from './contract.ts';
import type { View } from './model/view.ts';
import { partsOf, withoutLists } from './parts.ts';

const direction = { latency: 1, jitter: 0, bandwidth: 0, queue: 0, loss: 0, duplication: 0, cost: 1 };

function linkFrame(index: number): LinkFrame {
  return {
    spec: { id: `l${index}`, ends: ['a', 'b'], detection: 0, directions: [direction, direction] },
    state: { cut: [null, null], directions: [direction, direction] },
  };
}

function reelOf(links: number, knows: number): Reel {
  const view = (badge: string): View => ({ glyph: 'router', badge, numbers: {}, knows: Array.from({ length: knows }, (_item, at) => [`n${at}`, at] as const) });
  return {
    run: 'r',
    branch: 2,
    opening: { event: -1, time: 0, nodes: [], links: Array.from({ length: links }, (_item, index) => linkFrame(index)), flights: [], panels: [] },
    events: Array.from({ length: 100 }, (_item, event) => ({ event, time: event, cause: null, node: 'a', process: 'p', input: { kind: 'timer', timer: 't' } as const, effects: [], view: view(String(event)) })),
    panels: [{ event: 3, panels: { node: 'a', process: 'p', panels: [] } }],
    watch: 'a',
    nextTime: 7,
  };
}

describe('a reel in parts', () => {
  test('has all its items, in their order, and what is left of it has none', () => {
    const reel = reelOf(3_000, 500);
    const parts = partsOf(reel);
    expect(parts.flatMap((part) => part.links)).toEqual(reel.opening.links);
    expect(parts.flatMap((part) => part.events)).toEqual(reel.events);
    expect(parts.flatMap((part) => part.panels)).toEqual(reel.panels);
    expect(withoutLists(reel)).toEqual({ ...reel, opening: { ...reel.opening, links: [] }, events: [], panels: [] });
  });

  test('is in more parts the more there is in it, however few its items', () => {
    const events = (knows: number): number => partsOf(reelOf(0, knows)).filter((part) => part.events.length > 0).length;
    expect(events(1)).toBe(1);
    expect(events(500)).toBeGreaterThan(3);
  });
});
