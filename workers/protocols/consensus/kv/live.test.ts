import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { History, historyEventOf, judgeHistory, verdictOf } from '../../../checks/history.ts';
import type { Effect, NoteArgs, TapeEvent } from '../../../model/event.ts';
import type { Look } from '../../../model/invariant.ts';
import type { Json } from '../../../model/json.ts';
import { emptyTable } from '../../../model/table.ts';
import { kvInvariants, kvMetrics } from './checks.ts';
import { advance, emptyLive, type Live } from './live.ts';

/** A world that nobody asks. */
const nowhere: Look = { time: 0, nodes: [], links: [], isUp: () => false, carries: () => false, state: () => undefined, config: () => undefined, routes: () => emptyTable() };

type Step = { readonly type: 'invoke' | 'ok' | 'fail' | 'info'; readonly client: string; readonly request?: number; readonly op: 'get' | 'put' | 'cas'; readonly key?: string; readonly value?: NoteArgs[string] };

function eventOf(number: number, effects: readonly Effect[]): TapeEvent {
  return { event: number, time: number, cause: null, node: 'C1', process: 'kv', input: { kind: 'timer', timer: 'next' }, effects };
}

function noteOf({ type, client, request, op, key, value }: Step): Effect {
  return { kind: 'note', key: `client.${type}`, args: { client, request: request ?? 1, op, key: key ?? 'x', value: value ?? null } };
}

/** What the live check makes of a history, one event a step. */
function judge(steps: readonly (Step | Effect)[]) {
  let live: Live = emptyLive;
  const broken: NoteArgs[] = [];
  for (const [number, step] of steps.entries()) {
    live = advance(live, eventOf(number, ['kind' in step ? step : noteOf(step)]));
    if (live.broken?.event === number) broken.push(live.broken.args);
  }
  return { live, broken };
}

const put = (client: string, value: string, type: Step['type'] = 'invoke', request = 1): Step => ({ type, client, request, op: 'put', value });
const get = (client: string, value: string | null = null, type: Step['type'] = 'invoke', request = 1): Step => ({ type, client, request, op: 'get', value });

describe('the live check', () => {
  test('says it at the answer that nothing explains, once, and what could have been read', () => {
    const { broken } = judge([put('C1', '1'), put('C1', '1', 'ok'), get('C2'), put('C1', '2', 'invoke', 2), get('C2', '7', 'ok'), put('C1', '2', 'ok', 2), get('C2', null, 'invoke', 2), get('C2', '9', 'ok', 2)]);
    expect(broken).toEqual([{ client: 'C2', request: 1, op: 'get', key: 'x', value: '7', text: null, values: ['1', '2'] }]);
  });

  test('where nothing is under way only what the key may hold is kept', () => {
    const { live } = judge([put('C1', '1'), put('C2', '2'), put('C1', '1', 'ok'), put('C2', '2', 'ok')]);
    expect(live.keys).toEqual([{ key: 'x', from: [{ value: '2', used: [] }, { value: '1', used: [] }], operations: [], closed: null }]);
  });

  test('an operation that was given up may take effect later, and is forgotten when it surely has', () => {
    const { live, broken } = judge([put('C1', '1'), put('C1', '1', 'info'), get('C2'), get('C2', null, 'ok'), get('C2', null, 'invoke', 2), get('C2', '1', 'ok', 2)]);
    expect([broken, live.keys[0]?.operations, live.keys[0]?.from]).toEqual([[], [], [{ value: '1', used: [] }]]);
  });

  test('a client that crashes waits no more: what it asked may have happened', () => {
    const crash: Effect = { kind: 'node', node: 'C1', up: false };
    const steps = [put('C1', '1'), crash, get('C2'), get('C2', '1', 'ok')];
    expect(judge(steps).live.keys[0]?.operations).toEqual([]);
    expect(judge(steps).broken).toEqual([]);
  });

  test('a key that takes too much is given up, is no violation, and is counted', () => {
    const steps: Step[] = [put('C0', '0')];
    for (let number = 1; number <= 500; number++) steps.push(put('C1', String(number), 'invoke', number), put('C1', String(number), 'ok', number));
    const { live, broken } = judge(steps);
    const value = live as Live & Json;
    expect([broken, live.keys[0]?.closed, kvMetrics.find(({ name }) => name === 'linearizabilityUnknown')?.read(value, nowhere), kvInvariants[0]?.unknown?.(value)]).toEqual([[], 'unknown', 1, true]);
  });
});

/** Three clients do one operation at a time on two keys, and read, lose and fail as it comes. */
const script = fc.array(fc.record({ client: fc.integer({ min: 0, max: 2 }), op: fc.constantFrom('get', 'put', 'cas'), key: fc.constantFrom('x', 'y'), read: fc.constantFrom(null, 'a', 'b'), value: fc.constantFrom('a', 'b'), end: fc.constantFrom('ok', 'ok', 'ok', 'ok', 'fail', 'info') }), { maxLength: 24 });

test('agrees with the judgement of the whole history, whatever the history', () => {
  const verdicts = new Set<string>();
  fc.assert(
    fc.property(script, (drafts) => {
      const open = new Map<string, Step>();
      const requests = new Map<string, number>();
      const steps = drafts.map((draft): Step => {
        const client = `C${draft.client}`;
        const begun = open.get(client);
        if (begun) {
          open.delete(client);
          return { ...begun, type: draft.end, ...(begun.op === 'get' && { value: draft.read }) };
        }
        const request = (requests.get(client) ?? 0) + 1;
        requests.set(client, request);
        const value = draft.op === 'get' ? null : draft.op === 'put' ? draft.value : [draft.read, draft.value];
        const step: Step = { type: 'invoke', client, request, op: draft.op, key: draft.key, value };
        open.set(client, step);
        return step;
      });
      const history = new History();
      for (const [number, step] of steps.entries()) {
        const note = noteOf(step);
        const said = note.kind === 'note' ? historyEventOf(note.key, note.args, number) : null;
        expect(said && history.add(said)).toBeNull();
      }
      const verdict = verdictOf(judgeHistory(history.operations));
      verdicts.add(verdict);
      expect(judge(steps).broken.length > 0 ? 'violation' : 'linearizable').toBe(verdict);
    }),
    { numRuns: 3000 },
  );
  expect(verdicts).toEqual(new Set(['linearizable', 'violation']));
});
