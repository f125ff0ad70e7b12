// Two policies under the same arrivals and the same faults: issue 4, "Side by side".
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Intervention } from '../../workers/model/intervention.ts';
import { builtinScenarios, registry } from '../../workers/protocols/registry.ts';
import { createSimulator } from '../../workers/simulator.ts';
import { isAlone } from '../beside/beside.ts';
import { connect, type SimulatorClient } from './client.ts';
import { createPair, type Pair } from './pair.ts';
import type { AnimationClock } from './playback.ts';
import { createSession, type OpenSession } from './session.ts';
import { FakeWorker } from './testing/fake-worker.ts';

const id = 'balance-unequal';
const policy = (name: string): Intervention => ({ kind: 'configure', process: 'balance', set: { policy: name } });
const crash: Intervention = { kind: 'crash', node: 'S1' };
const restart: Intervention = { kind: 'restart', node: 'S1' };

/** Animation frames that come by themselves. */
function pictures(): AnimationClock {
  let time = 0;
  return { now: () => time, request: (tick) => Number(setTimeout(() => tick((time += 16)))), cancel: (handle) => clearTimeout(handle) };
}

let workers: FakeWorker[] = [];
let client: SimulatorClient;
let pair: Pair;
let a: OpenSession;
let b: OpenSession;

/** Resolves as soon as nothing is being loaded in either run, and what is there is seen. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    const isIdle = (): boolean => [a, b].every((run) => run.store.getState().idle);
    if (isIdle()) return resolve();
    const stops = [a, b].map((run) =>
      run.store.subscribe(() => {
        if (!isIdle()) return;
        for (const stop of stops) stop();
        resolve();
      }),
    );
  });
}

async function standAt(run: OpenSession, event: number): Promise<void> {
  run.player.seekEvent(event);
  await idle();
}

/** What was done by hand in the branch in view. */
function done(run: OpenSession): readonly Intervention[] {
  const { branches, branch } = run.store.getState();
  return branches.find((info) => info.branch === branch)?.interventions.map((each) => each.do) ?? [];
}

beforeEach(async () => {
  workers = [];
  client = connect(() => {
    const worker = new FakeWorker(createSimulator(registry, builtinScenarios));
    workers.push(worker);
    return worker;
  });
  const options = { clock: pictures(), reducedMotion: () => false };
  const opened = await createSession(client, { kind: 'scenario', request: { scenario: id, set: { requests: 150 } } }, options);
  if (!opened.ok) throw new Error(opened.problem.key);
  a = opened.value;
  a.player.pause();
  const made = await createPair(a, { policy: 'power-of-two' }, { isAlone });
  if (!made.ok) throw new Error(made.problem.key);
  pair = made.value;
  b = pair.runs[1];
  await standAt(a, 400);
});

afterEach(() => {
  a.close();
  client.close();
});

/** The digest of the branch in view, and that of the same run opened alone and given the same deeds. */
async function digests(run: OpenSession): Promise<readonly [beside: string, alone: string]> {
  const { info, branches, branch } = run.store.getState();
  const alone = createSimulator(registry, builtinScenarios);
  const opened = await alone.open({ scenario: JSON.parse(JSON.stringify(info.scenario)) });
  if (!opened.ok) throw new Error(opened.problem.key);
  let parent = 0;
  for (const { id: name, at, do: deed } of branches.find((each) => each.branch === branch)?.interventions ?? []) {
    const made = await alone.branch(opened.value.run, parent, { kind: 'add', id: name, at, do: deed });
    if (made.ok) parent = made.value.branch;
  }
  return [await run.simulator.digest(info.run, branch, 3_000), await alone.digest(opened.value.run, parent, 3_000)];
}

describe('two runs side by side', () => {
  test('are the scenario and the same with other values, at one time', () => {
    expect([a, b].map((run) => run.store.getState().info.scenario.processes[0]?.config['policy'])).toEqual(['round-robin', 'power-of-two']);
    expect(a.player.playhead.time).toBe(b.player.playhead.time);
  });

  test('have the same faults: what is done to the network or the servers is done to both, at the same time', async () => {
    await a.act(crash);
    await idle();
    expect([a, b].map((run) => run.player.frame()?.nodes.find(({ spec }) => spec.id === 'S1')?.up)).toEqual([false, false]);
    expect(a.player.playhead.time).toBe(b.player.playhead.time);
    expect(done(a)).toEqual(done(b));
  });

  test('differ in what is compared: a policy is set in one of them', async () => {
    await b.act(policy('maglev'));
    await idle();
    expect([done(a), done(b)]).toEqual([[], [policy('maglev')]]);
  });

  test('are each as it would be alone', async () => {
    await a.act(crash);
    await idle();
    await standAt(b, 700);
    await b.act(policy('least-connections'));
    await idle();
    for (const run of [a, b]) {
      const [beside, alone] = await digests(run);
      expect(beside).toBe(alone);
    }
  });

  test('undo the latest deed in every run in which it was done, and do it again', async () => {
    await a.act(crash);
    await idle();
    await b.act(policy('maglev'));
    await idle();
    // It is asked of one run, whichever is focused.
    a.undo();
    await idle();
    expect([done(a), done(b)]).toEqual([[crash], [crash]]);
    b.undo();
    await idle();
    expect([done(a), done(b)]).toEqual([[], []]);
    expect([a, b].map((run) => run.player.playhead.time)).toEqual([a.player.playhead.time, a.player.playhead.time]);
    b.redo();
    await idle();
    expect([done(a), done(b)]).toEqual([[crash], [crash]]);
    a.redo();
    await idle();
    expect([done(a), done(b)]).toEqual([[crash], [crash, policy('maglev')]]);
  });

  test('leave the same things behind when one of them is changed in the past', async () => {
    await a.act(crash);
    await idle();
    await standAt(a, 200);
    await a.act(policy('smooth-wrr'));
    await idle();
    expect([done(a), done(b)]).toEqual([[policy('smooth-wrr')], []]);
    expect(a.player.playhead.time).toBe(b.player.playhead.time);
    // The branches with the crash are still there, and are gone to together.
    a.switchBranch(1);
    await idle();
    expect([done(a), done(b)]).toEqual([[crash], [crash]]);
  });

  test('take back together what was done to both, by name', async () => {
    await a.act(crash);
    await idle();
    await a.act(restart);
    await idle();
    const { branches, branch } = a.store.getState();
    const [first] = branches.find((info) => info.branch === branch)?.interventions ?? [];
    await a.edit({ kind: 'remove', id: first?.id ?? '' });
    await idle();
    expect([done(a), done(b)]).toEqual([[restart], [restart]]);
  });

  test('drop the same request in both', async () => {
    const asked = (run: OpenSession): readonly string[] =>
      run.player.frame()?.flights.flatMap(({ message, packet: sent }) => (JSON.stringify(message).includes('"leg":1') ? [sent] : [])) ?? [];
    const inBoth = (): string | undefined => asked(a).find((packet) => asked(b).includes(packet));
    for (let steps = 0; steps < 60 && inBoth() === undefined; steps++) {
      a.player.step(1);
      await idle();
    }
    const packet = inBoth() ?? '';
    await a.act({ kind: 'drop', packet });
    await idle();
    for (const run of [a, b]) expect(run.player.frame()?.current?.input).toMatchObject({ kind: 'intervention', applied: true });
  });

  test('look at the same node', () => {
    b.select({ kind: 'node', id: 'S4' });
    expect(a.store.getState().selection).toEqual({ kind: 'node', id: 'S4' });
    a.store.setState({ speed: 2, drawer: 'events', tool: 'scissors' });
    expect(b.store.getState()).toMatchObject({ speed: 2, drawer: 'events', tool: 'scissors' });
  });

  test('both come back when the worker has died', async () => {
    await a.act(crash);
    await idle();
    await standAt(b, 500);
    const heads = [a, b].map((run) => run.player.playhead);
    workers[0]?.crash();
    expect([a, b].map((run) => run.store.getState().stoppedAt)).toEqual(heads.map(({ event }) => event));
    await b.restartWorker();
    await idle();
    expect(workers).toHaveLength(2);
    expect([a, b].map((run) => run.player.playhead)).toEqual(heads);
    expect([done(a), done(b)]).toEqual([[crash], [crash]]);
  });

  test('part: the focused one goes on alone, the other one is closed', async () => {
    pair.focus(b);
    pair.end();
    await b.act(crash);
    b.player.step(1);
    expect([done(a), done(b)]).toEqual([[], [crash]]);
    expect(b.pair).toBeNull();
    b.close();
  });

  test('begin with what was done before', async () => {
    pair.end(b);
    const options = { clock: pictures(), reducedMotion: () => false };
    const opened = await createSession(client, { kind: 'scenario', request: { scenario: id, set: { requests: 150 } } }, options);
    if (!opened.ok) throw new Error(opened.problem.key);
    a = opened.value;
    a.player.pause();
    b = a;
    await standAt(a, 400);
    await a.act(crash);
    await idle();
    await a.act(policy('maglev'));
    const made = await createPair(a, { policy: 'random' }, { isAlone });
    if (!made.ok) throw new Error(made.problem.key);
    b = made.value.runs[1];
    await idle();
    expect([done(a), done(b)]).toEqual([[crash, policy('maglev')], [crash]]);
    expect(b.player.playhead.time).toBe(a.player.playhead.time);
    a.undo();
    await idle();
    a.undo();
    await idle();
    expect([done(a), done(b)]).toEqual([[], []]);
  });
});
