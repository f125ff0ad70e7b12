// Whoever comes back finds what was done: visual specification, gallery, "Continue". With two runs, in each of them.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Intervention } from '../../workers/model/intervention.ts';
import { builtinScenarios, registry } from '../../workers/protocols/registry.ts';
import { createSimulator } from '../../workers/simulator.ts';
import { isAlone } from '../beside/beside.ts';
import { connect } from '../simulation/client.ts';
import { createPair, type Pair } from '../simulation/pair.ts';
import { createSession, type OpenSession } from '../simulation/session.ts';
import type { AnimationClock } from '../simulation/playback.ts';
import { FakeWorker } from '../simulation/testing/fake-worker.ts';
import { askToContinue, rememberRun } from './last-run.ts';

const crash: Intervention = { kind: 'crash', node: 'S1' };
const weights = (of: readonly number[]): Intervention => ({ kind: 'configure', process: 'balance', set: { weights: of } });

/** On a machine that is busy. */
const patience = { timeout: 30_000 };

const clock: AnimationClock = { now: () => 0, request: (tick) => Number(setTimeout(() => tick(0))), cancel: (handle) => clearTimeout(handle) };
const client = connect(() => new FakeWorker(createSimulator(registry, builtinScenarios)));

async function twoRuns(): Promise<Pair> {
  const opened = await createSession(client, { kind: 'scenario', request: { scenario: 'balance-unequal', set: { requests: 60 } } }, { clock, reducedMotion: () => true });
  if (!opened.ok) throw new Error(opened.problem.key);
  opened.value.player.pause();
  const made = await createPair(opened.value, { policy: 'power-of-two' }, { isAlone });
  if (!made.ok) throw new Error(made.problem.key);
  return made.value;
}

function done({ store }: OpenSession): readonly Intervention[] {
  const { branches, branch } = store.getState();
  return branches.find((info) => info.branch === branch)?.interventions.map((each) => each.do) ?? [];
}

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('what was done to both of two runs, and in each alone, is done again', async () => {
  const before = await twoRuns();
  const [a, b] = before.runs;
  const forget = rememberRun(a);
  a.player.seekEvent(200);
  const deeds: readonly (readonly [OpenSession, Intervention])[] = [[a, crash], [a, weights([2, 1, 1, 1])], [b, weights([1, 1, 1, 5])]];
  for (const [run, deed] of deeds) {
    // Something is done to the picture that is there.
    await vi.waitUntil(() => a.store.getState().idle, patience);
    await run.act(deed);
  }
  const wanted = [done(a), done(b)];
  expect(wanted).toEqual([[crash, weights([2, 1, 1, 1])], [crash, weights([1, 1, 1, 5])]]);
  await vi.waitUntil(() => a.store.getState().idle, patience);
  forget();
  a.close();

  const after = await twoRuns();
  askToContinue();
  const stop = rememberRun(after.runs[0]);
  await vi.waitUntil(() => after.runs.every((run, at) => done(run).length === wanted[at]?.length), patience);
  expect(after.runs.map(done)).toEqual(wanted);
  stop();
  after.runs[0].close();
  client.close();
});
