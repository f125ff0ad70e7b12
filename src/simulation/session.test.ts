import { afterEach, describe, expect, test } from 'vitest';
import { writeLink } from '../../workers/formats/share.ts';
import { createSimulator } from '../../workers/simulator.ts';
import { ringEntry, ringScenario } from '../../workers/testing/ring.ts';
import { connect, type SimulatorClient } from './client.ts';
import type { AnimationClock } from './player.ts';
import { createSession } from './session.ts';
import { FakeClock } from './testing/fake-clock.ts';
import { FakeWorker } from './testing/fake-worker.ts';
import type { Session } from './types.ts';

const scenario = ringScenario(5);

/** A client of simulators in this thread; the newest worker comes last. */
function localClient(): { readonly client: SimulatorClient; readonly workers: readonly FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const start = (): FakeWorker => {
    const worker = new FakeWorker(createSimulator([ringEntry], [scenario]));
    workers.push(worker);
    return worker;
  };
  const client = connect(start);
  clients.push(client);
  return { client, workers };
}

const clients: SimulatorClient[] = [];
const open: Session[] = [];

/** Animation frames that come by themselves. */
function pictures(): AnimationClock {
  let time = 0;
  return { now: () => time, request: (tick) => Number(setTimeout(() => tick((time += 16)))), cancel: (handle) => clearTimeout(handle) };
}

/** A session standing still at an event. */
async function sessionAt(event: number): Promise<{ session: Session; workers: readonly FakeWorker[] }> {
  const { client, workers } = localClient();
  const clock = pictures();
  const answer = await createSession(client, { kind: 'scenario', request: { scenario: scenario.id } }, { clock, reducedMotion: () => false });
  if (!answer.ok) throw new Error(answer.problem.key);
  const session = answer.value;
  open.push(session);
  session.player.pause();
  session.player.seekEvent(event);
  await idle(session);
  return { session, workers };
}

/** Resolves as soon as nothing is being loaded, and what is there is seen. */
function idle(session: Session): Promise<void> {
  return new Promise((resolve) => {
    if (session.store.getState().idle) return resolve();
    const stop = session.store.subscribe((state) => {
      if (!state.idle) return;
      stop();
      resolve();
    });
  });
}

afterEach(() => {
  for (const session of open.splice(0)) session.close();
  for (const client of clients.splice(0)) client.close();
});

const cut = (link: string) => ({ kind: 'cut', link }) as const;
const current = (session: Session) => session.player.frame()?.current;

test('a reel is read for whoever draws more than the playhead needs, and the playhead stays', async () => {
  const { session } = await sessionAt(2);
  const { reelLength } = session;
  const [first, second] = [await session.readReel(0, 0), await session.readReel(0, 1)];
  expect(first?.opening.event).toBe(-1);
  expect(first?.events).toHaveLength(reelLength);
  expect(second?.opening.event).toBe(reelLength - 1);
  expect(session.player.playhead.event).toBe(2);
});

describe('a session', () => {
  test('opens at the scenario’s opening, playing at its speed', async () => {
    const answer = await createSession(localClient().client, { kind: 'scenario', request: { scenario: scenario.id } }, { clock: new FakeClock(), reducedMotion: () => false });
    if (!answer.ok) throw new Error(answer.problem.key);
    open.push(answer.value);
    expect(answer.value.store.getState()).toMatchObject({ playing: true, speed: 1, branch: 0 });
    await idle(answer.value);
    expect(answer.value.player.playhead.time).toBe(0);
  });

  test('answers with what is wrong when there is no such scenario', async () => {
    const answer = await createSession(localClient().client, { kind: 'scenario', request: { scenario: 'nothing' } }, { clock: new FakeClock() });
    expect(answer).toMatchObject({ ok: false, problem: { key: 'scenario.unknown' } });
  });

  test('goes onto what was done, and shows it done', async () => {
    const { session } = await sessionAt(40);
    const { time } = session.player.playhead;
    await session.act(cut('l2'));
    await idle(session);
    expect(session.player.playhead).toEqual({ event: 41, time });
    expect(current(session)?.input).toMatchObject({ kind: 'intervention', applied: true, intervention: { do: cut('l2'), at: { time } } });
    expect(session.player.frame()?.links.find((link) => link.spec.id === 'l2')?.state.cut).toEqual([0.5, 0.5]);
  });

  test('keeps both futures when something else is done before: the first is not in the second', async () => {
    const { session } = await sessionAt(40);
    await session.act(cut('l2'));
    await idle(session);
    session.player.seekEvent(20);
    await idle(session);
    await session.act(cut('l4'));
    await idle(session);
    const { branches, branch } = session.store.getState();
    expect(branches.map((info) => info.parent)).toEqual([null, 0, 0]);
    expect(branches.find((info) => info.branch === branch)?.interventions.map(({ do: deed }) => deed)).toEqual([cut('l4')]);
  });

  test('undo goes to the step that it touches in the parent, redo comes back', async () => {
    const { session } = await sessionAt(40);
    await session.act(cut('l2'));
    await idle(session);
    session.player.seekEvent(60);
    await idle(session);
    session.undo();
    await idle(session);
    expect(session.store.getState().branch).toBe(0);
    expect(session.player.playhead.event).toBe(40);
    session.redo();
    await idle(session);
    expect(session.store.getState().branch).toBe(1);
    expect(session.player.playhead.event).toBe(41);
  });

  test('switching keeps the event where two branches have it in common, and the time elsewhere', async () => {
    const { session } = await sessionAt(40);
    await session.act(cut('l2'));
    await idle(session);
    session.player.seekEvent(30);
    await idle(session);
    session.switchBranch(0);
    await idle(session);
    expect(session.player.playhead.event).toBe(30);
    session.player.seekTime(50_000_000);
    await idle(session);
    session.switchBranch(1);
    await idle(session);
    expect(session.player.playhead.time).toBe(50_000_000);
  });

  test('a dead worker leaves the picture; after a restart the same branch is there at the same event', async () => {
    const { session, workers } = await sessionAt(40);
    await session.act(cut('l2'));
    await idle(session);
    session.player.seekEvent(55);
    await idle(session);
    const frame = session.player.frame();
    workers[0]?.crash();
    expect(session.store.getState().stoppedAt).toBe(55);
    expect(session.player.frame()).toBe(frame);
    await session.restartWorker();
    await idle(session);
    expect(workers).toHaveLength(2);
    expect(session.store.getState()).toMatchObject({ stoppedAt: null, branch: 1 });
    expect(session.player.playhead.event).toBe(55);
    expect(session.player.frame()).toEqual(frame);
  });
});

describe('a shared run', () => {
  /** What a link of a run with a cut says, looked at 20 events later, with something about its recording changed. */
  async function shared(change: object = {}): Promise<{ link: string; events: number }> {
    const { session } = await sessionAt(40);
    await session.act(cut('l2'));
    const { info, branch } = session.store.getState();
    const recording = { ...(await session.simulator.export(info.run, branch, 60)), ...change };
    return { link: (await writeLink(recording, [scenario])) ?? '', events: recording.events };
  }

  async function opened(link: string, id: string = scenario.id) {
    return createSession(localClient().client, { kind: 'link', link, scenario: id }, { clock: pictures(), reducedMotion: () => false });
  }

  async function sessionOf(link: string): Promise<Session> {
    const answer = await opened(link);
    if (!answer.ok) throw new Error(answer.problem.key);
    open.push(answer.value);
    await idle(answer.value);
    return answer.value;
  }

  test('stands still where its maker stood, in the same branch, with the others around it', async () => {
    const session = await sessionOf((await shared()).link);
    expect(session.store.getState()).toMatchObject({ branch: 1, playing: false, problem: null });
    expect(session.store.getState().branches).toHaveLength(2);
    expect(session.player.playhead.event).toBe(60);
    session.undo();
    await idle(session);
    expect(session.store.getState().branch).toBe(0);
  });

  test('whose tape has become another one says so, and names the protocols that changed', async () => {
    const other = await sessionOf((await shared({ digest: '0'.repeat(64) })).link);
    expect((await told(other))?.key).toBe('share.other');
    const changed = await sessionOf((await shared({ digest: '0'.repeat(64), behaviours: { ring: 0 } })).link);
    expect(await told(changed)).toEqual({ key: 'share.changed', args: { protocols: 'ring' } });
  });

  test('that cannot be read is replaced by its scenario, and what is wrong is told', async () => {
    const session = await sessionOf((await shared()).link.slice(0, -8));
    expect(session.store.getState()).toMatchObject({ problem: { key: 'share.unreadable', because: { key: 'link.damaged' } }, branches: [{ branch: 0 }], playing: true });
    expect(await opened('#/nowhere?r=eJw', 'nowhere')).toMatchObject({ ok: false, problem: { key: 'link.damaged' } });
  });

  /** Resolves when the session has something to tell. */
  function told(session: Session): Promise<{ readonly key: string } | null> {
    return new Promise((resolve) => {
      const { problem } = session.store.getState();
      if (problem) return resolve(problem);
      const stop = session.store.subscribe((state) => {
        if (!state.problem) return;
        stop();
        resolve(state.problem);
      });
    });
  }
});
