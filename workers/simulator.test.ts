// The service that the page talks to, as it runs in Node.
import { describe, expect, test } from 'vitest';
import { CONTRACT_VERSION, type Answer, type RunInfo, type Simulator } from './contract.ts';
import type { Json } from './model/json.ts';
import { MILLISECOND, SECOND } from './model/time.ts';
import { createSimulator } from './simulator.ts';
import { chatterRegistry, chatterScenario } from './testing/chatter.ts';
import { lineOf } from './testing/small.ts';

const scenario = chatterScenario(lineOf(['a', 'b', 'c']), {}, { id: 'message-chatter', horizon: 200 * MILLISECOND });
const at = { time: 10 * MILLISECOND, done: 0, order: 0 };

function valueOf<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw new Error(answer.problem.key);
  return answer.value;
}

async function opened(): Promise<{ simulator: Simulator; run: RunInfo['run'] }> {
  const simulator = createSimulator(chatterRegistry, [scenario]);
  return { simulator, run: valueOf(await simulator.open({ scenario: scenario.id })).run };
}
const reelRequest = (run: string, first: number, branch = 0) => ({ run, branch, first, length: 20, watch: 'a' });

describe('opening', () => {
  test('answers the handshake with its version', async () => {
    expect(await createSimulator([], []).hello(0)).toEqual({ version: CONTRACT_VERSION });
  });

  test('a built-in scenario by its id', async () => {
    const info = valueOf(await createSimulator(chatterRegistry, [scenario]).open({ scenario: scenario.id, seed: 5 }));
    expect(info).toMatchObject({ scenario: { id: 'message-chatter', seed: 5 }, branches: [{ branch: 0, parent: null }] });
  });

  test('a scenario as such', async () => {
    const info = valueOf(await createSimulator(chatterRegistry, []).open({ scenario: JSON.parse(JSON.stringify(scenario)) as Json }));
    expect(info.scenario).toEqual(scenario);
  });

  test('what is wrong comes back as a problem to read, not as an exception', async () => {
    const simulator = createSimulator(chatterRegistry, []);
    for (const request of [{ scenario: 'nothing' }, { scenario: { version: 1 } }, { scenario: [] }]) {
      const answer = await simulator.open(request);
      expect(answer).toMatchObject({ ok: false, problem: { key: expect.any(String), args: expect.any(Object) } });
    }
  });

  test('a file that is no graph, scenario or recording is a problem', async () => {
    const bytes = new TextEncoder().encode('what is this');
    expect(await createSimulator(chatterRegistry, []).summarize('x.txt', bytes)).toMatchObject({ ok: false });
  });
});

describe('measuring', () => {
  test('up to an event is the same whenever it is asked, and up to none is nothing', async () => {
    const { simulator, run } = await opened();
    const reel = await simulator.reel(reelRequest(run, 10), 'current');
    const early = await simulator.measure(run, 0, 10);
    expect(early).toMatchObject({ branch: 0, event: 10, time: reel!.events[0]!.time });
    const late = await simulator.measure(run, 0, 60);
    expect(late!.time).toBeGreaterThan(early!.time);
    expect(await simulator.measure(run, 0, 10)).toEqual(early);
    expect(await simulator.measure(run, 0, -1)).toMatchObject({ event: -1, time: 0, drops: {} });
  });

  test('is called off by a newer question for the same run', async () => {
    const { simulator, run } = await opened();
    const [older, newer] = await Promise.all([simulator.measure(run, 0, 20), simulator.measure(run, 0, 30)]);
    expect(older).toBeNull();
    expect(newer).toMatchObject({ event: 30 });
  });

  test('a run that is closed is no failure: whoever looks at it asks once more', async () => {
    const { simulator, run } = await opened();
    await simulator.close(run);
    expect(await simulator.measure(run, 0, 10)).toBeNull();
  });
});

describe('reading', () => {
  test('a reel', async () => {
    const { simulator, run } = await opened();
    const reel = await simulator.reel(reelRequest(run, 10), 'current');
    expect(reel).toMatchObject({ run, branch: 0, watch: 'a', opening: { event: 9 } });
    expect(reel!.events.map((event) => event.event)).toEqual(Array.from({ length: 20 }, (_, index) => index + 10));
  });

  test('a newer request for the same slot calls the older off', async () => {
    const { simulator, run } = await opened();
    const [older, other, newer] = await Promise.all([
      simulator.reel(reelRequest(run, 50), 'current'),
      simulator.reel(reelRequest(run, 60), 'ahead'),
      simulator.reel(reelRequest(run, 70), 'current'),
    ]);
    expect([older, other?.opening.event, newer?.opening.event]).toEqual([null, 59, 69]);
  });

  test('the event at a time, and the state of a process after it', async () => {
    const { simulator, run } = await opened();
    const event = await simulator.locate(run, 0, at.time);
    const reel = await simulator.reel(reelRequest(run, event), 'current');
    expect(reel!.events[0]!.time).toBeLessThanOrEqual(at.time);
    expect(reel!.events[1]!.time).toBeGreaterThan(at.time);
    expect(await simulator.inspect(run, 0, event, 'a', 'chatter')).toMatchObject({ event, state: { lives: 1 }, panels: [{ id: 'chatter' }] });
    expect(await simulator.inspect(run, 0, event, 'a', 'nothing')).toBeNull();
  });

  test('the index grows to the horizon, and on when asked', async () => {
    const { simulator, run } = await opened();
    expect((await simulator.index(run, 0)).computing).toBe(true);
    await simulator.digest(run, 0);
    const known = await simulator.index(run, 0);
    expect(known.time).toBeLessThanOrEqual(scenario.horizon);
    expect(known.metrics['answers']).toBeGreaterThan(0);
    await simulator.computeTo(run, 0, SECOND);
    const far = await simulator.locate(run, 0, SECOND);
    expect((await simulator.index(run, 0)).events).toBe(far + 1);
  });
});

describe('branching', () => {
  test('both branches can be read, and their digests part where they do', async () => {
    const { simulator, run } = await opened();
    const info = valueOf(await simulator.branch(run, 0, { kind: 'add', at, do: { kind: 'cut', link: 'a-b' } }));
    expect(await simulator.digest(run, 1, info.forkEvent)).toBe(await simulator.digest(run, 0, info.forkEvent));
    expect(await simulator.digest(run, 1, info.forkEvent + 1)).not.toBe(await simulator.digest(run, 0, info.forkEvent + 1));
    expect((await simulator.reel(reelRequest(run, info.forkEvent, 1), 'current'))!.events[0]).toMatchObject({ time: at.time, input: { kind: 'intervention' } });
    expect((await simulator.index(run, 1)).marks.some((mark) => mark.kind === 'intervention')).toBe(true);
    expect((await simulator.index(run, 0)).marks.some((mark) => mark.kind === 'intervention')).toBe(false);
  });

  test('removing an intervention that is not there is a problem', async () => {
    const { simulator, run } = await opened();
    expect(await simulator.branch(run, 0, { kind: 'remove', id: 'x' })).toEqual({ ok: false, problem: { key: 'branch.no-intervention', args: { id: 'x' } } });
  });

  test('an exported recording, opened as a file, is the same run with its branches', async () => {
    const { simulator, run } = await opened();
    valueOf(await simulator.branch(run, 0, { kind: 'add', at, do: { kind: 'crash', node: 'b' } }));
    await simulator.digest(run, 1);
    const recording = await simulator.export(run, 1, 7);
    const bytes = new TextEncoder().encode(JSON.stringify(recording));
    expect(valueOf(await simulator.summarize('run.json', bytes))).toEqual({ kind: 'recording', title: 'Small' });
    const again = valueOf(await simulator.openFile({ name: 'run.json', bytes, protocol: 'dijkstra' }));
    expect(again.branches).toHaveLength(2);
    expect(again.recorded).toMatchObject({ branch: 1, playhead: 7, changed: [] });
    expect(await simulator.digest(again.run, 1, recording.events)).toBe(recording.digest);
  });

  test('a shared link, opened, is the same run; a damaged one is a problem', async () => {
    const { simulator, run } = await opened();
    valueOf(await simulator.branch(run, 0, { kind: 'add', at, do: { kind: 'cut', link: 'a-b' } }));
    const link = await simulator.share(run, 1, 12);
    const again = valueOf(await simulator.openLink(link ?? ''));
    expect(again.branches).toEqual([expect.objectContaining({ branch: 0 }), expect.objectContaining({ branch: 1, edit: { kind: 'add', id: 'i1', at, do: { kind: 'cut', link: 'a-b' } } })]);
    expect(again.recorded).toMatchObject({ branch: 1, playhead: 12 });
    expect(await simulator.openLink((link ?? '').slice(0, -9))).toEqual({ ok: false, problem: { key: 'link.damaged', args: {} } });
  });

  test('a run that was closed is not there any more', async () => {
    const { simulator, run } = await opened();
    const reading = simulator.reel(reelRequest(run, 0), 'current');
    await simulator.close(run);
    expect(await reading).toBeNull();
    await expect(simulator.index(run, 0)).rejects.toThrow(run);
  });
});
