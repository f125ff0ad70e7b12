// A run and the tree of its branches.
import { describe, expect, test } from 'vitest';
import type { BranchEdit } from './contract.ts';
import type { Intervention } from './model/intervention.ts';
import { MILLISECOND, SECOND } from './model/time.ts';
import { Run } from './run.ts';
import { chatterRegistry, chatterScenario } from './testing/chatter.ts';
import { deeds, digestOf, eventsOf, finish, lineOf, setupOf } from './testing/small.ts';
import { Kernel } from './kernel/kernel.ts';

const own = deeds([20 * MILLISECOND, { kind: 'crash', node: 'c' }]);
const scenario = chatterScenario(lineOf(['a', 'b', 'c']), {}, { interventions: own, horizon: SECOND });
const at = (time: number) => ({ time, done: 0, order: 0 });
const add = (time: number, deed: Intervention): BranchEdit => ({ kind: 'add', at: at(time), do: deed });
const cut: Intervention = { kind: 'cut', link: 'a-b' };
const make = () => new Run('r', scenario, chatterRegistry);
const COUNT = 200;

function digestAlone(interventions: Parameters<typeof setupOf>[2]): string {
  return digestOf(eventsOf(new Kernel(setupOf(scenario, chatterRegistry, interventions)), Infinity, COUNT));
}

describe('branches', () => {
  test('the first is the run as the scenario has it', () => {
    const run = make();
    expect(run.info.branches).toEqual([{ branch: 0, parent: null, forkEvent: 0, forkTime: 0, edit: null, interventions: own }]);
    expect(finish(run.branch(0)!.tape.digest(COUNT))).toBe(digestAlone(own));
  });

  test('an added intervention makes one that leaves its parent at the intervention’s event', () => {
    const run = make();
    const info = finish(run.fork(run.branch(0)!, add(10 * MILLISECOND, cut)));
    const { tape } = run.branch(1)!;
    expect(info).toMatchObject({ branch: 1, parent: 0, forkTime: 10 * MILLISECOND, edit: { kind: 'add' } });
    expect(info.interventions.map(({ do: deed }) => deed.kind)).toEqual(['cut', 'crash']);
    expect(finish(tape.kernelAt(info.forkEvent))!.step()).toMatchObject({ time: 10 * MILLISECOND, input: { kind: 'intervention', intervention: { do: cut } } });
    expect(finish(tape.digest(info.forkEvent))).toBe(finish(run.branch(0)!.tape.digest(info.forkEvent)));
    expect(finish(tape.digest(COUNT))).toBe(digestAlone(info.interventions));
  });

  test('a new intervention gets a name that is not in use', () => {
    const run = make();
    const info = finish(run.fork(run.branch(0)!, add(10 * MILLISECOND, cut)));
    const more = finish(run.fork(run.branch(info.branch)!, add(12 * MILLISECOND, { kind: 'restore', link: 'a-b' })));
    expect(new Set(more.interventions.map(({ id }) => id)).size).toBe(3);
  });

  test('removing one leaves where the parent had it; the others stay', () => {
    const run = make();
    const first = finish(run.fork(run.branch(0)!, add(10 * MILLISECOND, cut)));
    const id = first.interventions[0]!.id;
    const info = finish(run.fork(run.branch(1)!, { kind: 'remove', id }));
    expect(info).toMatchObject({ branch: 2, parent: 1, forkEvent: first.forkEvent, forkTime: 10 * MILLISECOND, interventions: own });
    expect(finish(run.branch(2)!.tape.digest(COUNT))).toBe(digestAlone(own));
  });

  test('replacing one keeps its place', () => {
    const run = make();
    const info = finish(run.fork(run.branch(0)!, { kind: 'replace', id: 'i1', do: { kind: 'crash', node: 'a' } }));
    expect(info.interventions).toEqual([{ ...own[0]!, do: { kind: 'crash', node: 'a' } }]);
    expect(finish(run.branch(1)!.tape.digest(COUNT))).toBe(digestAlone(info.interventions));
  });

  test('one that differs after the run has ended begins at its end', () => {
    const run = make();
    const info = finish(run.fork(run.branch(0)!, add(1000 * SECOND, { kind: 'restart', node: 'c' })));
    expect(info.forkTime).toBe(1000 * SECOND);
    expect(finish(run.branch(1)!.tape.kernelAt(info.forkEvent))!.step()).toMatchObject({ time: 1000 * SECOND, input: { kind: 'intervention', applied: true } });
  });
});

describe('a recording', () => {
  test('makes the same run again, with its branches in their order', () => {
    const run = make();
    finish(run.fork(run.branch(0)!, add(10 * MILLISECOND, cut)));
    finish(run.fork(run.branch(1)!, add(12 * MILLISECOND, { kind: 'crash', node: 'a' })));
    finish(run.fork(run.branch(1)!, { kind: 'remove', id: own[0]!.id }));
    const branch = run.branch(2)!;
    finish(run.ahead({ ...branch, wanted: 50 * MILLISECOND }));
    const recording = finish(run.record(branch, 20));
    expect(recording).toMatchObject({ branch: 2, playhead: 20, behaviours: { chatter: 1, echo: 1 }, branches: [{ parent: 0 }, { parent: 1 }, { parent: 1, edit: { kind: 'remove' } }] });
    expect(recording.events).toBeGreaterThan(50);
    const again = new Run('again', recording.scenario, chatterRegistry, undefined, recording);
    for (const { parent, edit } of recording.branches) finish(again.fork(again.branch(parent)!, edit));
    expect(again.info.branches).toEqual(run.info.branches);
    expect(again.info.recorded).toEqual({ branch: 2, playhead: 20, events: recording.events, digest: recording.digest, changed: [] });
    expect(finish(again.branch(2)!.tape.digest(recording.events))).toBe(recording.digest);
  });

  test('says which protocols behave otherwise now', () => {
    const run = make();
    const recording = finish(run.record(run.branch(0)!, -1));
    expect(new Run('again', recording.scenario, chatterRegistry, undefined, { ...recording, behaviours: { chatter: 0, echo: 1, gone: 1 } }).info.recorded?.changed).toEqual(['chatter', 'gone']);
  });
});
