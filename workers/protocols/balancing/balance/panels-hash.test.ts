// FIDELITY, Load balancing: removing one of n moves only that one's share on a ring; modulo hashing 10 → 9 moves about 90 %.
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../model/json.ts';
import { policyOf } from '../policies/policies.ts';
import type { Candidate, PolicyId, PolicySettings } from '../policies/policy.ts';
import { hashPanels } from './panels-hash.ts';
import { placingAfter, type Placing } from './placing.ts';

const servers = Array.from({ length: 10 }, (_item, index) => `S${index + 1}`);
const settings: PolicySettings = { choices: 1, tableSize: 1009, virtualNodes: 100, loadBound: 0, decay: 0 };
const everybody = servers.map((server, index): Candidate => ({ index, server, weight: 1, active: 0, queue: 0, latency: 0, latencyAt: 0 }));
const withoutS3 = everybody.filter(({ server }) => server !== 'S3');
const unplaced: Placing = { servers, keys: Array.from({ length: 500 }, (_item, number) => `user-${number + 1}`), now: { indices: [], weights: [] }, before: null };

function memoryOf(policy: PolicyId, candidates: readonly Candidate[]): Json {
  const by = policyOf(policy);
  return by.pick(by.initial(servers.length), candidates, { client: 'C1', request: 1, attempt: 1, key: 'user-1', now: 0 }, () => 0, settings).state;
}

function panelAfterLoss(policy: PolicyId) {
  const placing = placingAfter(placingAfter(unplaced, policy, everybody), policy, withoutS3);
  const [panel] = hashPanels({ policy, memory: memoryOf(policy, withoutS3), placing });
  if (panel?.kind !== 'hash-ring' && panel?.kind !== 'hash-table') throw new Error('no panel of keys');
  return panel;
}

describe('when one of ten servers goes', () => {
  test('only its keys move on the ring; modulo would have moved about nine of ten', () => {
    const { keys, aside } = panelAfterLoss('ring-hash');
    const moved = keys.filter(({ node, was }) => was !== node);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.every(({ was }) => was === 'S3')).toBe(true);
    expect(keys.filter(({ was }) => was === 'S3')).toEqual(moved);
    expect(aside).toMatchObject({ key: 'balance.keys.moved.modulo', args: { keys: 500, moved: moved.length } });
    expect(Number(aside?.args?.['modulo'])).toBeGreaterThan(420);
  });

  test('hardly more than its keys move in Maglev’s table', () => {
    const { keys } = panelAfterLoss('maglev');
    const moved = keys.filter(({ node, was }) => was !== node);
    const share = keys.filter(({ was }) => was === 'S3').length;
    expect(moved.length).toBeGreaterThanOrEqual(share);
    expect(moved.length).toBeLessThan(share + 0.06 * keys.length);
  });

  test('nearly all move with the hash modulo n, whose table has n entries', () => {
    const panel = panelAfterLoss('source-hash');
    const moved = panel.keys.filter(({ node, was }) => was !== node);
    expect(moved.length).toBeGreaterThan(420);
    expect(panel).toMatchObject({ kind: 'hash-table', size: 9, owners: withoutS3.map(({ server }) => server), ownersBefore: servers, aside: { key: 'balance.keys.moved', args: { moved: moved.length } } });
  });
});

describe('what is drawn', () => {
  test('a key lies at its hash, and the first point clockwise is its server’s', () => {
    const panel = panelAfterLoss('ring-hash');
    if (panel.kind !== 'hash-ring') throw new Error('no ring');
    expect(panel.points.length).toBe(900);
    for (const { at, node } of panel.keys) expect((panel.points.find((point) => point.at >= at) ?? panel.points[0])?.node).toBe(node);
  });

  test('a large table in at most 512 cells', () => {
    const panel = panelAfterLoss('maglev');
    if (panel.kind !== 'hash-table') throw new Error('no table');
    expect(panel).toMatchObject({ size: 1009 });
    expect(panel.owners.length).toBe(505);
    expect(panel.ownersBefore?.length).toBe(505);
  });

  test('the same object as long as nothing has changed, nothing without a hash, no move where the set never changed', () => {
    const placing = placingAfter(unplaced, 'ring-hash', everybody);
    const state = { policy: 'ring-hash' as const, memory: memoryOf('ring-hash', everybody), placing };
    expect(hashPanels(state)[0]).toBe(hashPanels({ ...state })[0]);
    expect(hashPanels(state)[0]).toMatchObject({ aside: { key: 'balance.keys', args: { keys: 500 } } });
    expect(hashPanels({ ...state, policy: 'random' })).toEqual([]);
  });
});

describe('what a set was before', () => {
  test('is remembered by policies that hash alone, and stays when another of them takes over', () => {
    const onRing = placingAfter(placingAfter(unplaced, 'ring-hash', everybody), 'ring-hash', withoutS3);
    expect(placingAfter(onRing, 'maglev', withoutS3)).toBe(onRing);
    expect(onRing.before?.indices.length).toBe(10);
    expect(placingAfter(unplaced, 'random', everybody)).toBe(unplaced);
  });
});
