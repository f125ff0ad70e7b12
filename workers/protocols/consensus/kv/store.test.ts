import { describe, expect, test } from 'vitest';
import { tableGet } from '../../../model/table.ts';
import type { Command, Operation, Store } from './state.ts';
import { applyCommand, emptyStore, operate, operationText } from './store.ts';

const put = (key: string, value: string): Operation => ({ op: 'put', key, value });
const get = (key: string): Operation => ({ op: 'get', key });
const cas = (key: string, expected: string | null, value: string): Operation => ({ op: 'cas', key, expected, value });

/** Applies commands one after the other, from index 1 on, and says what came of each. */
function run(commands: readonly Command[], sessions = true) {
  let store: Store = emptyStore;
  const said = commands.map((command, at) => {
    const applied = applyCommand(store, command, at + 1, sessions);
    store = applied.store;
    return [applied.outcome, applied.result.ok, applied.result.value];
  });
  return { said, x: tableGet(store.values, 'x') ?? null, store };
}

const register: Command = { kind: 'register', client: 'C1', sequence: 1 };
const asked = (sequence: number, operation: Operation, firstUnanswered = sequence, clientId = 1): Command => ({ kind: 'operation', client: 'C1', clientId, sequence, firstUnanswered, operation });

describe('operations', () => {
  test('a key holds what was put last, and nothing before', () => {
    const { store, result } = operate(emptyStore, put('x', '1'));
    expect([operate(emptyStore, get('x')).result, result, operate(store, get('x')).result]).toEqual([{ ok: true, value: null }, { ok: true, value: '1' }, { ok: true, value: '1' }]);
  });

  test('a compare-and-set writes where it finds what it expects, and says what it found where it does not', () => {
    expect(operate(emptyStore, cas('x', null, '1')).result).toEqual({ ok: true, value: '1' });
    const { store, result } = operate(operate(emptyStore, put('x', '1')).store, cas('x', '2', '3'));
    expect([result, tableGet(store.values, 'x')]).toEqual([{ ok: false, value: '1' }, '1']);
  });

  test('are written in a few characters', () => {
    expect([operationText(put('x', '1')), operationText(cas('x', null, '1')), operationText(get('x')), operationText(get('x'), null), operationText(get('x'), '2')]).toEqual(['x ← 1', 'x: ∅ → 1', 'x ?', 'x = ∅', 'x = 2']);
  });
});

describe('sessions (dissertation, section 6.3)', () => {
  test('paper, section 8: a command whose serial number has already been executed is answered without executing it again', () => {
    expect(run([register, asked(2, cas('x', null, '1')), asked(2, cas('x', null, '1'))]).said.at(-1)).toEqual(['duplicate', true, '1']);
  });

  test('Figure 6.1, ClientRequest, 3: where the answer has been discarded, there is none, and nothing happens', () => {
    const { said, x } = run([register, asked(2, cas('x', null, '1')), asked(3, put('x', '2')), asked(2, cas('x', null, '1'), 2)]);
    expect([said.at(-1), x]).toEqual([['expired', false, null], '2']);
  });

  test('several requests of one client may be under way: each has its own answer, in whatever order they come', () => {
    const { said } = run([register, asked(3, put('x', '3'), 2), asked(2, put('x', '2'), 2), asked(3, put('x', '3'), 2), asked(2, put('x', '2'), 2)]);
    expect(said.slice(1)).toEqual([['applied', true, '3'], ['applied', true, '2'], ['duplicate', true, '3'], ['duplicate', true, '2']]);
  });

  test('answers below the lowest sequence number without an answer are forgotten', () => {
    const { store } = run([register, asked(2, put('x', '2')), asked(3, put('x', '3')), asked(4, put('x', '4'), 3)]);
    expect(tableGet(store.sessions, '1')?.answers.map(({ sequence }) => sequence)).toEqual([3, 4]);
  });

  test('a request without a session is not carried out', () => {
    expect(run([register, asked(2, put('x', '1'), 2, 7)])).toMatchObject({ said: [['applied', true, null], ['expired', false, null]], x: null });
  });

  test('without sessions a repeated request happens again', () => {
    expect(run([asked(2, cas('x', null, '1')), asked(2, cas('x', null, '1'))], false).said).toEqual([['applied', true, '1'], ['applied', false, '1']]);
  });
});
