// Invariants, metrics, quiescence, deadlines, and runs that stop themselves.
import { describe, expect, test } from 'vitest';
import type { Invariant, Metric } from '../model/invariant.ts';
import type { Json } from '../model/json.ts';
import type { ProtocolEntry } from '../model/protocol.ts';
import type { WorkloadRequest } from '../model/scenario.ts';
import { MILLISECOND, SECOND } from '../model/time.ts';
import { chatterRegistry, chatterScenario } from '../testing/chatter.ts';
import { courierEntry, errand, type Errand } from '../testing/courier.ts';
import { ringEntry, ringScenario } from '../testing/ring.ts';
import { deeds, eventsOf, finish, lineOf, scenarioOf, setupOf, type Deed } from '../testing/small.ts';
import { AGENDA_MAX, EVENTS_AT_ONE_INSTANT_MAX, Kernel } from './kernel.ts';
import { KeyframeStore } from './keyframes.ts';
import { Tape } from './tape.ts';
import { copyWorld, type Setup } from './world.ts';

const topology = lineOf(['a', 'b'], { latency: MILLISECOND, bandwidth: 0 });
const SETTLING = 100 * MILLISECOND;

const invariant = (rest: Partial<Invariant>): Invariant => ({ name: 'test', source: 'here', sense: 'always', on: [], initial: null, step: (value) => value, ...rest });
/** A check that is always wrong when the run has come to rest: its violations show when it was judged. */
const judge = invariant({ name: 'judge', settled: (look) => ({ at: look.time }) });

function setup(entry: Partial<ProtocolEntry>, workload: readonly WorkloadRequest[], list: readonly Deed[] = [], settling = SETTLING): Setup {
  const processes = [{ protocol: 'courier', nodes: 'all', config: { settling } }] as const;
  return setupOf(scenarioOf(topology, processes, { workload }), [{ ...courierEntry, ...entry }], deeds(...list));
}
function run(...parts: Parameters<typeof setup>): Kernel {
  const kernel = new Kernel(setup(...parts));
  eventsOf(kernel, 100 * SECOND, 2000);
  return kernel;
}
const violations = (kernel: Kernel) => kernel.world.violations.map(({ invariant: name, event, time }) => [name, event, time]);

const send = (time: number, background = false) => errand(time, 'a', { do: 'send', to: 'b', bytes: 1, background });
const timer = (time: number, delay: number, background: boolean): WorkloadRequest => errand(time, 'a', { do: 'timer', name: 't', delay, background } satisfies Errand);

describe('folds', () => {
  test('see the kinds and notes that they ask for, each event once', () => {
    const counting = (on: readonly string[]): Metric => ({ name: on.join(), on, initial: 0, step: (value) => (value as number) + 1, read: (value) => value as number });
    const metrics = [counting(['receive']), counting(['start', 'request']), counting(['link']), counting([])];
    const kernel = run({ metrics }, [send(0), send(1)]);
    expect(kernel.folds.metricValues(kernel.world)).toEqual({ receive: 2, 'start,request': 4, link: 0, '': 0 });
  });

  test('an event that is asked for by its input and by several of its notes is seen once', () => {
    const on = ['timer', 'chatter.asked', 'chatter.impatient', 'start', 'chatter.started'];
    const seen: number[] = [];
    const metric: Metric = { name: 'seen', on, initial: 0, step: (value, event) => (seen.push(event.event), value), read: () => null };
    const [chatter, echo] = chatterRegistry;
    const kernel = new Kernel(setupOf(chatterScenario(topology), [{ ...chatter!, metrics: [metric] }, echo!]));
    const events = eventsOf(kernel, SECOND);
    const asked = events.filter(({ input, effects }) => on.includes(input.kind) || effects.some((effect) => effect.kind === 'note' && on.includes(effect.key)));
    expect(seen).toEqual(asked.map((event) => event.event));
  });

  test('metrics that read one record fold it once', () => {
    let steps = 0;
    const record = { on: ['receive'], initial: 0, step: (value: Json): Json => (steps++, (value as number) + 1) };
    const metrics: Metric[] = [{ ...record, name: 'count', read: (value) => value as number }, { ...record, name: 'double', read: (value) => 2 * (value as number) }];
    const kernel = run({ metrics }, [send(0), send(1)]);
    expect(kernel.folds.metricValues(kernel.world)).toEqual({ count: 2, double: 4 });
    expect(steps).toBe(2);
  });

  test('an invariant says at which event it was broken, and with what', () => {
    const broken = invariant({ on: ['receive'], initial: 0, step: (value, _event, _look, wrong) => (wrong({ count: value as number }), (value as number) + 1) });
    expect(run({ invariants: [broken] }, [send(0), send(1)]).world.violations).toMatchObject([
      { invariant: 'test', time: MILLISECOND, args: { count: 0 } },
      { invariant: 'test', time: MILLISECOND + 1, args: { count: 1 } },
    ]);
  });

  test('values stand in the world: a kernel that goes on from a copy goes on with them', () => {
    const metrics: Metric[] = [{ name: 'received', on: ['receive'], initial: 0, step: (value) => (value as number) + 1, read: (value) => value as number }];
    const made = setup({ metrics }, [send(0), send(5)]);
    const first = new Kernel(made);
    eventsOf(first, MILLISECOND);
    const second = new Kernel(made, copyWorld(first.world));
    eventsOf(second);
    expect(second.folds.metricValues(second.world)).toEqual({ received: 2 });
    expect(first.folds.metricValues(first.world)).toEqual({ received: 1 });
  });

  test('look shows the world as it is', () => {
    const seen: unknown[] = [];
    const looking = invariant({ on: ['receive'], step: (value, _event, look) => (seen.push([look.time, look.nodes, look.isUp('a'), look.carries('a-b', 'a'), look.state('b', 'courier') !== undefined, look.state('x', 'courier')]), value) });
    run({ invariants: [looking] }, [send(0)]);
    expect(seen).toEqual([[MILLISECOND, ['a', 'b'], true, true, true, undefined]]);
  });
});

describe('quiescence: only background work has been left for the settling time', () => {
  test('is judged once, when nothing is left', () => {
    const kernel = run({ invariants: [judge] }, [send(0)]);
    expect(violations(kernel)).toEqual([['judge', 3, MILLISECOND + SETTLING]]);
    expect(kernel.settled).toBe(true);
  });

  test('background work does not keep a run from it', () => {
    const kernel = run({ invariants: [judge] }, [send(0), timer(0, SECOND, true)]);
    expect(violations(kernel)).toEqual([['judge', 4, MILLISECOND + SETTLING]]);
    expect(kernel.world.time).toBe(SECOND);
  });

  test('a background packet on its way does not either', () => {
    expect(violations(run({ invariants: [judge] }, [send(0, true)], [], 10))).toEqual([['judge', 2, 10]]);
  });

  test('foreground work does, however long it takes', () => {
    expect(violations(run({ invariants: [judge] }, [timer(0, SECOND, false)]))).toEqual([['judge', 3, SECOND + SETTLING]]);
  });

  test('a timer that was cleared or moved does not count any more', () => {
    const workload = [timer(0, SECOND, false), errand(1, 'a', { do: 'clear', name: 't' })];
    expect(violations(run({ invariants: [judge] }, workload))).toEqual([['judge', 3, 1 + SETTLING]]);
    expect(violations(run({ invariants: [judge] }, [timer(0, SECOND, false), timer(1, 5, false)]))).toEqual([['judge', 4, 6 + SETTLING]]);
  });

  test('a packet that was taken off its link does not count any more', () => {
    const kernel = run({ invariants: [judge] }, [send(0)], [[5, { kind: 'drop', packet: 'a.1' }]]);
    expect(violations(kernel)).toEqual([['judge', 3, 5 + SETTLING]]);
  });

  test('a timer that died in a crash does not count any more', () => {
    const kernel = run({ invariants: [judge] }, [timer(0, SECOND, false)], [[MILLISECOND, { kind: 'crash', node: 'a' }]]);
    expect(violations(kernel)).toEqual([['judge', 4, 11 * MILLISECOND + SETTLING]]);
  });

  test('comes again after each disturbance', () => {
    const kernel = run({ invariants: [judge] }, [], [[SECOND, { kind: 'cut', link: 'a-b' }], [2 * SECOND, { kind: 'restart', node: 'a' }]]);
    // A cut is over when both ends have been told of it; an intervention without effect disturbs nothing.
    expect(violations(kernel).map(([, , time]) => time)).toEqual([SETTLING, SECOND + 10 * MILLISECOND + SETTLING]);
  });

  test('does not depend on how far the run is asked to go', () => {
    const made = setup({ invariants: [judge] }, [send(0), send(SECOND)], [[2 * SECOND, { kind: 'cut', link: 'a-b' }]]);
    const whole = new Kernel(made);
    eventsOf(whole);
    const stepped = new Kernel(made);
    for (let until = 0; until < 3 * SECOND; until += 7 * MILLISECOND) eventsOf(stepped, until);
    eventsOf(stepped);
    expect(stepped.world.violations).toEqual(whole.world.violations);
  });

  test('the settling time is that of the configuration as it stands', () => {
    const kernel = run({ invariants: [judge] }, [], [[SECOND, { kind: 'configure', process: 'courier', set: { settling: 7 } }]]);
    expect(violations(kernel).map(([, , time]) => time)).toEqual([SETTLING, SECOND + 7]);
    expect(new Kernel(kernel.setup, copyWorld(kernel.world)).settling).toBe(7);
  });

  test('is marked on the tape once after each disturbance, in a fork as well', () => {
    const made = setup({}, [], [[SECOND, { kind: 'cut', link: 'a-b' }], [2 * SECOND, { kind: 'restore', link: 'a-b' }]]);
    const marks = (tape: Tape) => {
      while (tape.advance()) continue;
      return tape.index(0, false).marks.map(({ kind, time }) => [kind, time]);
    };
    const tape = Tape.start(made, new KeyframeStore(undefined, 1));
    const expected = [['settled', SETTLING], ['intervention', SECOND], ['settled', SECOND + 110 * MILLISECOND], ['intervention', 2 * SECOND], ['settled', 2 * SECOND + 110 * MILLISECOND]];
    expect(marks(tape)).toEqual(expected);
    expect(marks(tape.fork(made.interventions.slice(0, 1)))).toEqual(expected.slice(0, 3));
    expect(finish(tape.eventOf('i2', Infinity))).toBe(5);
  });
});

describe('deadlines', () => {
  const late = invariant({ name: 'late', sense: 'eventually', deadline: SECOND });
  const busy = Array.from({ length: 30 }, (_, index) => timer(100 * MILLISECOND * index, 100 * MILLISECOND, false));

  test('a run that has not come to rest by its deadline breaks what had to hold eventually', () => {
    const loop = [errand(0, 'a', { do: 'timer', name: 'loop', delay: 2 * SECOND })];
    const kernel = new Kernel(setup({ invariants: [late] }, loop));
    eventsOf(kernel, 3 * SECOND, 50);
    expect(kernel.world.violations).toMatchObject([{ invariant: 'late', time: 2 * SECOND, args: { deadline: SECOND } }]);
  });

  test('each invariant has its own deadline', () => {
    const later = invariant({ name: 'later', sense: 'eventually', deadline: 2 * SECOND });
    const timers = Array.from({ length: 5 }, (_, index) => errand(0, 'a', { do: 'timer', name: `t${index}`, delay: (index + 1) * 700 * MILLISECOND }));
    const kernel = run({ invariants: [later, late] }, timers);
    expect(kernel.world.violations.map(({ invariant: name, time }) => [name, time])).toEqual([['late', 1400 * MILLISECOND], ['later', 2100 * MILLISECOND]]);
  });

  test('once it has come to rest, what it does by itself later breaks nothing', () => {
    const waking = [timer(0, 2 * SECOND, true), errand(0, 'a', { do: 'timer', name: 'loop', delay: 3 * SECOND, background: true })];
    const kernel = new Kernel(setup({ invariants: [late] }, waking));
    eventsOf(kernel, 3 * SECOND, 30);
    expect(kernel.world.foreground).toBeGreaterThan(0);
    expect(kernel.world.violations).toEqual([]);
  });

  test('one that has, does not', () => {
    expect(violations(run({ invariants: [late] }, [send(0)]))).toEqual([]);
  });

  test('each request and each intervention gives it time again', () => {
    expect(violations(run({ invariants: [late] }, busy))).toEqual([]);
  });

  test('a request that lies ahead is no unrest', () => {
    expect(violations(run({ invariants: [late] }, [send(0), timer(0, 3 * SECOND, true), send(50 * SECOND)]))).toEqual([]);
  });
});

describe('a run that stops itself', () => {
  test('after ten million events at one instant', () => {
    const kernel = new Kernel(setup({}, [errand(5, 'a', { do: 'loop' })]));
    eventsOf(kernel, Infinity, 10);
    // To do all of them would take seconds: the count is taken as far as it goes without changing anything.
    kernel.world.done = EVENTS_AT_ONE_INSTANT_MAX - 3;
    expect(eventsOf(kernel)).toHaveLength(3);
    expect(kernel.halt).toEqual({ key: 'kernel.instant', args: { time: 5, events: 10_000_000 } });
    expect(kernel.step()).toBeNull();
  });

  test('when more is under way at once than any network needs', () => {
    const doubling: ProtocolEntry = {
      ...ringEntry,
      protocol: {
        ...ringEntry.protocol,
        start: (self) => {
          self.setTimer('1', MILLISECOND);
          return {};
        },
        expire: (self, state, name) => {
          self.setTimer(`${name}l`, MILLISECOND);
          self.setTimer(`${name}r`, MILLISECOND);
          return state;
        },
      },
    };
    const kernel = new Kernel(setupOf(ringScenario(2), [doubling]));
    while (kernel.step()) continue;
    expect(kernel.halt).toEqual({ key: 'kernel.storm', args: { time: kernel.world.time, entries: AGENDA_MAX } });
  });

  test('when a handler throws: the message says where and what, and everything before stays', () => {
    const kernel = new Kernel(setup({}, [send(0), errand(5, 'a', { do: 'fail' }), send(6)]));
    const events = eventsOf(kernel);
    expect(kernel.halt).toEqual({ key: 'kernel.fault', args: { node: 'a', process: 'courier', event: 3, what: 'asked to fail' } });
    expect(events.at(-1)).toMatchObject({ event: 3, time: 5, node: 'a' });
  });

  test('it stays stopped after a keyframe, and its tape says why', () => {
    const made = setup({}, [send(0), errand(5, 'a', { do: 'fail' }), send(6)]);
    const tape = Tape.start(made, new KeyframeStore(undefined, 4));
    while (tape.advance()) continue;
    expect(tape.events).toBe(4);
    expect(tape.index(0, false)).toMatchObject({ ended: true, problem: { key: 'kernel.fault' } });
    expect(finish(tape.kernelAt(4))!.step()).toBeNull();
    expect(finish(tape.kernelAt(5))).toBeNull();
  });

  test('an intervention before the fault gives a branch that goes on', () => {
    const made = setup({}, [send(0), errand(5, 'a', { do: 'fail' }), send(6)]);
    const tape = Tape.start(made, new KeyframeStore(undefined, 4));
    while (tape.advance()) continue;
    const fork = tape.fork(deeds([2, { kind: 'crash', node: 'a' }]));
    while (fork.advance()) continue;
    expect(fork.index(1, false).problem).toBeNull();
  });
});
