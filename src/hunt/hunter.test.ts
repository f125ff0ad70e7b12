// "Find a bug" seed by seed, with a worker that is played.
import { expect, test } from 'vitest';
import type { Counterexample, HuntOutcome, HuntRequest } from '../../workers/contract.ts';
import { atStart, hunt, type HuntState } from './hunter.ts';

const request: HuntRequest = { scenario: 'raft-chaos', faults: ['crash'] };

/** A worker that takes `cost` ms a seed, and in which some seeds end otherwise than well. */
async function play(ends: { readonly [seed: number]: HuntOutcome['result'] }, count: number, cost = 100) {
  const states: HuntState[] = [];
  const asked: (readonly number[])[] = [];
  let time = 0;
  const outcome = (seed: number): HuntOutcome => {
    const result = ends[seed] ?? 'fine';
    if (result === 'violation') return { seed, events: 9, result, invariant: 'raft.election-safety', event: 8, time: 7 };
    if (result === 'unknown') return { seed, events: 9, result, invariant: 'kv.linearizable' };
    return result === 'halted' ? { seed, events: 9, result, problem: { key: 'kernel.storm', args: {} } } : { seed, events: 9, result };
  };
  await hunt({
    simulator: {
      async hunt(_request, seeds) {
        asked.push(seeds);
        time += cost * seeds.length;
        return { ok: true, value: seeds.map(outcome) };
      },
      async counterexample(_request, seed, small) {
        return { ok: true, value: { link: `#/x?r=${seed}${small ? '-small' : ''}` } as Counterexample };
      },
    },
    request,
    first: 1,
    count,
    now: () => time,
    tell: (state) => states.push(state),
  });
  return { states, asked, last: states.at(-1) };
}

test('without a failure every seed is run once', async () => {
  const { asked, last } = await play({ 3: 'unknown', 5: 'halted' }, 20);
  expect(asked.flat()).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(last).toEqual({ ...atStart, phase: 'over', done: 20, unknown: 1, halted: 1, seedsPerSecond: 10 });
});

test('fast seeds come in large pieces, slow ones alone', async () => {
  expect(Math.max(...(await play({}, 200, 1)).asked.map((seeds) => seeds.length))).toBe(64);
  expect(Math.max(...(await play({}, 10, 1000)).asked.map((seeds) => seeds.length))).toBe(1);
});

test('it stops at the first failure, shows it at once and then small', async () => {
  const { states, last } = await play({ 7: 'violation', 8: 'violation' }, 50, 1);
  expect(last).toMatchObject({ phase: 'over', done: 7, failure: { seed: 7, invariant: 'raft.election-safety' }, found: { link: '#/x?r=7-small' } });
  expect(states.filter(({ phase }) => phase === 'shrinking').map(({ found }) => found?.link)).toEqual([undefined, '#/x?r=7', '#/x?r=7-small']);
});

test('what the worker refuses ends it', async () => {
  const states: HuntState[] = [];
  const problem = { key: 'settings.bug', args: {} };
  const refuse = async () => ({ ok: false, problem }) as const;
  await hunt({ simulator: { hunt: refuse, counterexample: refuse }, request, first: 1, count: 5, now: () => 0, tell: (state) => states.push(state) });
  expect(states).toEqual([{ ...atStart, phase: 'over', problem }]);
});
