import { describe, expect, test } from 'vitest';
import type { ClientOperation, Mark, OperationHistory } from '../../workers/contract.ts';
import type { Intervention } from '../../workers/model/intervention.ts';
import { detailOf } from './OperationDetail.tsx';
import { brokenSince, faultsOf, firstView, pointsOf, rowsOf } from './rows.ts';

function operation(client: string, invokedAt: number, returnedAt: number | null, more: Partial<ClientOperation> = {}): ClientOperation {
  return { client, request: 1, key: 'x', text: 'x ?', outcome: returnedAt === null ? 'open' : 'ok', invokedAt, returnedAt, invokedEvent: invokedAt, returnedEvent: returnedAt, order: 0, ...more };
}

describe('rows', () => {
  test('one a client, C2 before C10; what overlaps stands in lanes', () => {
    const rows = rowsOf([operation('C10', 0, 5), operation('C2', 1, 9), operation('C2', 3, 4), operation('C2', 6, 8), operation('C2', 9, null)]);
    expect(rows).toEqual([
      { client: 'C2', lanes: 2, operations: [{ place: 1, lane: 0, next: 4 }, { place: 2, lane: 1, next: 3 }, { place: 3, lane: 1, next: null }, { place: 4, lane: 0, next: null }] },
      { client: 'C10', lanes: 1, operations: [{ place: 0, lane: 0, next: null }] },
    ]);
  });

  test('few operations are seen whole; of many as many as can be read, around the playhead', () => {
    expect(firstView([operation('C1', 100, 200), operation('C1', 250, null)], 7, 12)).toEqual({ start: 92.5, end: 268.75 });
    const many = Array.from({ length: 30 }, (_item, at) => operation('C1', 20 * at, 20 * at + 10));
    expect(firstView(many, 200, 12)).toEqual({ start: 170, end: 290 });
  });
});

test('points follow the order, each as early as it can be and never after its answer', () => {
  const operations = [operation('C1', 0, 10), operation('C2', 2, 4), operation('C3', 3, 12)];
  const points = pointsOf({ key: 'x', operations: [1, 0, 2], before: 0, value: '1', blocked: null }, operations);
  expect([...points]).toEqual([[1, 2], [0, 2], [2, 3]]);
});

describe('faults', () => {
  const mark = (event: number, deed: Intervention, applied = true): Mark => ({ kind: 'intervention', event, time: event * 10, id: String(event), do: deed, applied });

  test('last until they are mended; a partition until its last link is', () => {
    const faults = faultsOf([
      mark(1, { kind: 'partition', cuts: [{ link: 'a' }, { link: 'b' }] }),
      mark(2, { kind: 'crash', node: 'S1' }),
      mark(3, { kind: 'restore', link: 'a' }),
      mark(4, { kind: 'heal', links: ['b'] }),
      mark(5, { kind: 'cut', link: 'c' }),
    ]);
    expect(faults.map(({ event, from, until, lane }) => [event, from, until, lane])).toEqual([[1, 10, 40, 0], [2, 20, Infinity, 1], [5, 50, Infinity, 0]]);
  });

  test('a packet taken away is a moment; requests, and what had no effect, are none', () => {
    const faults = faultsOf([mark(1, { kind: 'drop', packet: 'S1.1' }), mark(2, { kind: 'request', node: 'S1', process: 'raft', request: null }), mark(3, { kind: 'crash', node: 'S9' }, false)]);
    expect(faults.map(({ event, from, until }) => [event, from, until])).toEqual([[1, 10, 10]]);
  });
});

describe('what is said of an operation', () => {
  const operations = [operation('C1', 0, 1, { text: 'x ← 1' }), operation('C2', 2, 3, { text: 'x = 2' }), operation('C3', 4, 5, { outcome: 'fail', order: null }), operation('C3', 6, null, { order: null }), operation('C1', 7, 8, { text: 'x = 1' })];
  const history = (order: readonly number[], blocked: number | null): OperationHistory => ({ operations, before: 0, orders: [{ key: 'x', operations: order, before: 3, value: '1', blocked }], keys: [] });

  test.each([
    [[0, 1, 4], null, 1, 'operations.detail.placed', { number: 5, count: 6 }],
    [[0, 1], null, 4, 'operations.detail.unseen', { text: 'x = 1' }],
    [[0], 1, 0, 'operations.detail.prefix', { count: 4, value: '1', blockedText: 'x = 2', blockedClient: 'C2' }],
    [[0], 1, 1, 'operations.detail.blocked', { text: 'x = 2', client: 'C2', value: '1' }],
    [[0], 1, 4, 'operations.detail.beyond', { text: 'x = 1', blockedText: 'x = 2' }],
    [[0], 1, 2, 'operations.detail.failed', {}],
    [[0], 1, 3, 'operations.detail.silent', {}],
  ] as const)('order %j, blocked %j: operation %i', (order, blocked, place, key, args) => {
    expect(detailOf(history(order, blocked), place)).toMatchObject({ key, args });
  });
});

test('no order explains the answers since the live check said so, or since what could not come was answered', () => {
  const history: OperationHistory = { operations: [operation('C1', 0, 1), operation('C2', 2, 9)], before: 0, orders: [{ key: 'x', operations: [0], before: 0, value: '1', blocked: 1 }], keys: [] };
  const violation = { invariant: 'linearizability', event: 7, time: 8, args: { key: 'x' } };
  expect([brokenSince(history, 'x', [{ ...violation, args: { key: 'y' } }, violation]), brokenSince(history, 'x', [])]).toEqual([8, 9]);
});
