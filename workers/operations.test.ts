// What clients did, as the page is told: CONTRACT `Simulator.operations`.
import { expect, test } from 'vitest';
import { builtinScenarios, registry } from './protocols/registry.ts';
import { createSimulator } from './simulator.ts';

async function historyOf(request: { readonly scenario: string; readonly set?: { readonly sessions: boolean } }, crashAt: number | null = null) {
  const simulator = createSimulator(registry, builtinScenarios);
  const opened = await simulator.open(request);
  if (!opened.ok) throw new Error(opened.problem.key);
  const { run, scenario } = opened.value;
  const branched = crashAt === null ? null : await simulator.branch(run, 0, { kind: 'add', at: { time: crashAt, done: 0, order: 0 }, do: { kind: 'crash', node: 'C1' } });
  const branch = branched?.ok ? branched.value.branch : 0;
  await simulator.locate(run, branch, scenario.horizon);
  const history = await simulator.operations(run, branch);
  await simulator.close(run);
  return history;
}

test('raft-retry: three operations in one order', async () => {
  const { operations, orders, keys, before } = await historyOf({ scenario: 'raft-retry' });
  expect([operations.map(({ client, text, outcome, order }) => [client, text, outcome, order]), before]).toEqual([[['C1', 'x ← 1', 'ok', 0], ['C1', 'x: 1 → 2', 'ok', 0], ['C2', 'x = 2', 'ok', 0]], 0]);
  expect([orders, keys]).toEqual([[{ key: 'x', operations: [0, 1, 2], before: 0, value: '2', blocked: null }], [{ key: 'x', verdict: 'linearizable' }]]);
});

test('without sessions: the order ends before the read that nothing explains, and what surely failed stands in none', async () => {
  const { operations, orders, keys } = await historyOf({ scenario: 'raft-retry', set: { sessions: false } });
  expect(operations.map(({ text, outcome, order }) => [text, outcome, order])).toEqual([['x ← 1', 'ok', 0], ['x: 1 → 2', 'fail', null], ['x = 2', 'ok', 0]]);
  expect([orders, keys]).toEqual([[{ key: 'x', operations: [0], before: 0, value: '1', blocked: 2 }], [{ key: 'x', verdict: 'violation' }]]);
});

test('every operation names the events of its question and its answer', async () => {
  const { operations } = await historyOf({ scenario: 'raft-chaos' });
  expect(operations).toHaveLength(240);
  for (const { invokedAt, returnedAt, invokedEvent, returnedEvent } of operations) expect([invokedAt < (returnedAt ?? 0), invokedEvent < (returnedEvent ?? 0)]).toEqual([true, true]);
});

test('a branch has a history of its own: what a client asked before it crashed stays open', async () => {
  const before = await historyOf({ scenario: 'raft-chaos' });
  const { invokedAt, returnedAt } = before.operations.filter(({ client }) => client === 'C1')[4]!;
  const { operations, keys } = await historyOf({ scenario: 'raft-chaos' }, Math.round((invokedAt + returnedAt!) / 2));
  expect(operations.filter(({ client }) => client === 'C1').at(-1)).toMatchObject({ request: 5, outcome: 'open', returnedAt: null });
  expect(keys.map(({ verdict }) => verdict)).toEqual(['linearizable', 'linearizable']);
});

test('where there are no clients, nothing is read', async () => {
  expect(await historyOf({ scenario: 'raft-election' })).toEqual({ operations: [], before: 0, orders: [], keys: [] });
});
