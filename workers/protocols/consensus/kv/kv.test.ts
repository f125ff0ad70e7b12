// The store above Raft in a simulated network.
import { describe, expect, test } from 'vitest';
import { applySettings } from '../../../formats/settings.ts';
import { MILLISECOND } from '../../../model/time.ts';
import { builtinScenarios, registry } from '../../registry.ts';
import { at, metric, notes, run, violations } from '../../routing/testing/run.ts';
import { sizeOf } from './size.ts';
import type { Operation } from './state.ts';

const named = (id: string) => builtinScenarios.find((scenario) => scenario.id === id)!;

describe('raft-retry: an answer is lost, and the client asks again (dissertation, section 6.3)', () => {
  test('with sessions the request is recognised on every server, and carried out once', () => {
    const done = run(named('raft-retry'), named('raft-retry').horizon);
    expect(new Set(notes(done, 'kv.duplicate').map(({ node }) => node))).toEqual(new Set(['S1', 'S2', 'S3']));
    expect(notes(done, 'kv.duplicate').length).toBe(3);
    expect(notes(done, 'client.ok').map(({ args }) => args['text'])).toEqual(['x ← 1', 'x: 1 → 2', 'x = 2']);
    expect(violations(done)).toEqual([]);
  });

  test('without sessions it is carried out again and fails: what C2 then reads nobody wrote', () => {
    const scenario = applySettings(named('raft-retry'), { set: { sessions: false } }, registry);
    const done = run(scenario, scenario.horizon);
    expect(notes(done, 'client.fail').map(({ args }) => args['text'])).toEqual(['x: 1 → 2']);
    expect(done.kernel.world.violations).toMatchObject([{ invariant: 'linearizability', args: { client: 'C2', key: 'x', text: 'x = 2', values: ['1'] } }]);
  });
});

describe('raft-chaos', () => {
  const chaos = named('raft-chaos');

  test('every client finishes its operations, and all servers hold the same in the end', () => {
    const done = run(chaos, chaos.horizon);
    expect(metric(done, 'operationsOk')! + metric(done, 'operationsFailed')!).toBe(240);
    expect([metric(done, 'operationsUnknown'), metric(done, 'linearizabilityUnknown'), violations(done)]).toEqual([0, 0, []]);
    const stores = ['S1', 'S2', 'S3', 'S4', 'S5'].map((node) => (done.kernel.look.state(node, 'kv') as { readonly values: unknown }).values);
    for (const store of stores) expect(store).toEqual(stores[0]);
  });

  test('the n-th operation of a client is the same whatever happens to the network', () => {
    const asked = (deeds: Parameters<typeof run>[2]) =>
      notes(run(chaos, chaos.horizon, deeds), 'client.invoke')
        .map(({ args }) => `${String(args['client'])} ${String(args['request'])} ${String(args['op'])} ${String(args['key'])}`)
        .sort();
    const leader = notes(run(chaos, chaos.horizon), 'raft.leader')[0]!.node!;
    expect(asked([at(700 * MILLISECOND, { kind: 'crash', node: leader }), at(1500 * MILLISECOND, { kind: 'restart', node: leader })])).toEqual(asked([]));
  });

  test('the leader crashes and comes back with nothing but its disk: the store is built again from the log', () => {
    const leader = notes(run(chaos, chaos.horizon), 'raft.leader')[0]!.node!;
    const done = run(chaos, chaos.horizon, [at(700 * MILLISECOND, { kind: 'crash', node: leader }), at(1500 * MILLISECOND, { kind: 'restart', node: leader })]);
    const [first, ...others] = ['S1', 'S2', 'S3', 'S4', 'S5'].map((node) => (done.kernel.look.state(node, 'kv') as { readonly values: unknown }).values);
    for (const store of others) expect(store).toEqual(first);
    expect([metric(done, 'linearizabilityUnknown'), violations(done)]).toEqual([0, []]);
  });

  test.each(Array.from({ length: 10 }, (_item, index) => index + 1))('seed %i: linearizable, and nothing unknown', (seed) => {
    const done = run({ ...chaos, seed }, chaos.horizon);
    expect([metric(done, 'operationsUnknown'), metric(done, 'linearizabilityUnknown'), violations(done)]).toEqual([0, 0, []]);
  });
});

describe('sizes, counted by hand: a header of 12, then the fields', () => {
  const put: Operation = { op: 'put', key: 'x', value: 'é' };
  test.each([
    // sequence 4
    [{ kind: 'RegisterClient', sequence: 1 }, 16],
    // sequence 4, status 1, client id 4, hint 2
    [{ kind: 'RegisterClientReply', sequence: 1, status: 'OK', clientId: 7, leaderHint: null }, 23],
    // client id 4, sequence 4, first unanswered 4, attempt 2; operation 1, key 2 + 1, value 2 + 2 (é in UTF-8)
    [{ kind: 'ClientRequest', clientId: 7, sequence: 2, firstUnanswered: 2, attempt: 1, operation: put }, 34],
    // the same with `expected`, which is absent: 2
    [{ kind: 'ClientRequest', clientId: 7, sequence: 2, firstUnanswered: 2, attempt: 1, operation: { ...put, op: 'cas', expected: null } }, 36],
    // sequence 4, attempt 2, status 1, flags 1, value 2 + 2, hint 2
    [{ kind: 'ClientRequestReply', sequence: 2, attempt: 1, status: 'OK', result: { ok: true, value: 'é' }, leaderHint: 'S1' }, 26],
    // sequence 4, attempt 2, key 2 + 1
    [{ kind: 'ClientQuery', sequence: 2, attempt: 1, key: 'x' }, 21],
    // sequence 4, attempt 2, status 1, value 2, hint 2
    [{ kind: 'ClientQueryReply', sequence: 2, attempt: 1, status: 'OK', value: null, leaderHint: 'S1' }, 23],
  ] as const)('%j', (message, size) => expect(sizeOf(message)).toBe(size));
});
