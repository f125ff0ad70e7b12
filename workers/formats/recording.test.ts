// Recordings: read, checked, brought up to the present version. CONTRACT.md, "Files".
import { describe, expect, test } from 'vitest';
import type { RecordedBranch } from '../contract.ts';
import type { Json } from '../model/json.ts';
import { ringEntry, ringScenario } from '../testing/ring.ts';
import { interventionsIn, readRecording } from './recording.ts';
import { complaint } from './testing/read.ts';

const registry = [ringEntry];
const scenario = ringScenario(3);
const at = { time: 1_000, done: 0, order: 0 };
const branches: readonly RecordedBranch[] = [
  { parent: 0, edit: { kind: 'add', id: 'i1', at, do: { kind: 'crash', node: 'n0' } } },
  { parent: 1, edit: { kind: 'replace', id: 'i1', do: { kind: 'crash', node: 'n1' } } },
  { parent: 1, edit: { kind: 'remove', id: 'i1' } },
];
const recording = { netsplit: 2, scenario, seed: 3, interventions: [], branches, branch: 2, playhead: 4, behaviours: { ring: 1 }, events: 10, digest: 'ab'.repeat(32) };
const read = (change: object) => readRecording(JSON.parse(JSON.stringify({ ...recording, ...change })) as Json, registry);

test('come back as they were written', () => {
  expect(read({})).toEqual(recording);
});

test('a branch has what its parents have, edited on the way', () => {
  const of = (branch: number) => interventionsIn(read({}), branch).map(({ id, do: deed }) => [id, deed.kind === 'crash' && deed.node]);
  expect([0, 1, 2, 3].map(of)).toEqual([[], [['i1', 'n0']], [['i1', 'n1']], []]);
});

test('version 1 had one branch and no playhead', () => {
  const { branches: _branches, branch: _branch, playhead: _playhead, ...rest } = recording;
  const old = { ...rest, netsplit: 1, interventions: [{ id: 'i1', at, do: { kind: 'crash', node: 'n0' } }] };
  expect(readRecording(JSON.parse(JSON.stringify(old)) as Json, registry)).toEqual({ ...old, netsplit: 2, branches: [], branch: 0, playhead: 9 });
});

describe('what is wrong is said in one sentence', () => {
  test.each([
    [{ netsplit: 9 }, 'netsplit is 9; this program reads recordings of version 2.'],
    [{ netsplit: 'constructor' }, 'netsplit is "constructor"; this program reads recordings of version 2.'],
    [{ digest: 'xyz' }, 'digest is "xyz"; 64 hexadecimal digits are expected.'],
    [{ events: -1 }, 'events is -1; a whole number, zero or more, is expected.'],
    [{ evnets: 1 }, '"evnets" is not known here (did you mean "events"?).'],
    [{ scenario: { ...scenario, horizon: 'x' } }, 'scenario.horizon is "x"; expected number.'],
    [{ scenario: { ...scenario, bugs: ['x'] } }, 'scenario.bugs[0] is "x", and the scenario has no such thing.'],
    [{ interventions: [{ id: 'a', at, do: { kind: 'crash', node: 'q' } }] }, 'interventions[0].do.node is "q", and the scenario has no such thing.'],
    [{ playhead: -2 }, 'playhead is -2; the number of an event is expected, or −1 for before the first.'],
    [{ playhead: 10 }, 'playhead is 10; a recording is run again up to event 9 at most.'],
    [{ events: 1e9 }, 'events is 1000000000; a recording is run again up to event 20000000 at most.'],
    [{ branches: [{ parent: 0, edit: { kind: 'add', id: 'a', at: { ...at, time: 1e15 }, do: { kind: 'crash', node: 'n0' } } }] }, 'branches[0].edit.at.time is 1000000000000000; a branch leaves at most 1000000000000 ns after the start.'],
    [{ branch: 4 }, 'branch is 4; the recording has branches 0 to 3.'],
    [{ branches: [{ parent: 1, edit: branches[0]?.edit }] }, 'branches[0].parent is 1; a branch leaves one that was made before it: a whole number up to 0 is expected.'],
    [{ branches: [{ parent: 0, edit: { kind: 'remove', id: 'i1' } }] }, 'branches[0].edit.id is "i1", and the scenario has no such thing.'],
    [{ branches: [branches[0], { parent: 1, edit: branches[0]?.edit }] }, 'branches[1].edit.id is "i1", which is already taken; each needs its own.'],
    [{ branches: [{ parent: 0, edit: { kind: 'add', id: 'a', at, do: { kind: 'crash', node: 'q' } } }] }, 'branches[0].edit.do.node is "q", and the scenario has no such thing.'],
    [{ branches: [{ parent: 0, edit: { kind: 'add', at, do: { kind: 'crash', node: 'n0' } } }] }, 'branches[0].edit.id is missing.'],
  ])('%j', (change, sentence) => {
    expect(complaint(() => read(change))).toBe(sentence);
  });
});
