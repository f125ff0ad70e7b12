import { expect, test } from 'vitest';
import type { Reel } from '../../workers/contract.ts';
import type { Input, TapeEvent } from '../../workers/model/event.ts';
import { chooseWeightiest } from './choose.ts';

const timer: Input = { kind: 'timer', timer: 'hello' };
const drop: Input = { kind: 'drop', packet: 'a.1', reason: 'loss', to: 'b' };
const link: Input = { kind: 'link', link: 'l', up: false, cost: 1 };

/** A reel that begins after event 9, with these inputs. */
function reelOf(...inputs: readonly Input[]): Reel {
  const events = inputs.map((input, index): TapeEvent => ({ event: 10 + index, time: index, cause: null, node: 'a', process: 'p', input, effects: [] }));
  return { run: 'r', branch: 0, opening: { event: 9, time: 0, nodes: [], links: [], flights: [], panels: [] }, events, panels: [], watch: null, nextTime: null };
}

test('the weightiest event since the last sentence is told', () => {
  expect(chooseWeightiest(reelOf(timer, link, drop, timer), 10, 13)?.event).toBe(11);
});

test('of equals the latest is told', () => {
  expect(chooseWeightiest(reelOf(drop, timer, drop), 10, 12)?.event).toBe(12);
});

test('what was told before, and what has not happened yet, are left out', () => {
  expect(chooseWeightiest(reelOf(link, timer, drop), 11, 11)?.event).toBe(11);
});

test('a piece of tape that has none of the events tells nothing', () => {
  expect(chooseWeightiest(reelOf(timer), 20, 25)).toBeNull();
});
