import { describe, expect, test, vi } from 'vitest';
import { CONTRACT_VERSION, type Simulator } from '../../workers/contract.ts';
import { WorkerDied, connect } from './client.ts';
import { FakeWorker } from './testing/fake-worker.ts';
import { drawsFrom, makeTape, reelOf } from './testing/tapes.ts';

const hello: Simulator['hello'] = () => Promise.resolve({ version: CONTRACT_VERSION });
const never = new Promise<never>(() => {});

describe('connect', () => {
  test('passes calls through after the handshake', async () => {
    const client = connect(() => new FakeWorker({ hello, digest: (run, branch) => Promise.resolve(`${run}/${branch}`) }));
    await expect(client.simulator.digest('r', 3)).resolves.toBe('r/3');
    client.close();
  });

  test('puts a reel together from the parts that come before it, in their order', async () => {
    const empty = { nodes: [], links: [], flights: [], events: [], panels: [] };
    const whole = reelOf(makeTape(4, 3, drawsFrom(1)), 0, 3);
    const worker = new FakeWorker({
      hello,
      async reel(_request, _slot, port) {
        port?.postMessage({ ...empty, nodes: whole.opening.nodes, events: whole.events.slice(0, 2) });
        port?.postMessage({ ...empty, events: whole.events.slice(2) });
        port?.postMessage(null);
        return { ...whole, opening: { ...whole.opening, nodes: [] }, events: [] };
      },
    });
    const client = connect(() => worker);
    const got = await client.simulator.reel({ run: 'r', branch: 0, first: 0, length: 3, watch: null }, 'current');
    expect(got).toEqual(whole);
    client.close();
  });

  test('fails a call that was waiting when the worker died, and every one after it', async () => {
    const worker = new FakeWorker({ hello, digest: () => never });
    const client = connect(() => worker);
    const died = vi.fn<(reason: WorkerDied) => void>();
    client.onDeath(died);
    await client.simulator.hello(CONTRACT_VERSION);
    const waiting = client.simulator.digest('r', 0);
    worker.crash();
    await expect(waiting).rejects.toBeInstanceOf(WorkerDied);
    await expect(client.simulator.digest('r', 0)).rejects.toBeInstanceOf(WorkerDied);
    expect(died).toHaveBeenCalledTimes(1);
    expect(worker.terminated).toBe(true);
  });

  test('does not ask a worker again that has thrown', async () => {
    const worker = new FakeWorker({ hello, digest: () => Promise.reject(new Error('broken')) });
    const client = connect(() => worker);
    await expect(client.simulator.digest('r', 0)).rejects.toThrow('broken');
    await expect(client.simulator.hello(CONTRACT_VERSION)).rejects.toBeInstanceOf(WorkerDied);
  });

  test('refuses a worker of another version', async () => {
    const client = connect(() => new FakeWorker({ hello: () => Promise.resolve({ version: CONTRACT_VERSION + 1 }) }));
    await expect(client.simulator.digest('r', 0)).rejects.toThrow(/different versions/);
  });

  test('goes on with a new worker behind the same object', async () => {
    const workers = [new FakeWorker({ hello, digest: () => never }), new FakeWorker({ hello, digest: () => Promise.resolve('again') })];
    const started = workers.values();
    const client = connect(() => started.next().value ?? new FakeWorker({ hello }));
    await client.simulator.hello(CONTRACT_VERSION);
    workers[0]?.crash();
    await client.restart();
    await expect(client.simulator.digest('r', 0)).resolves.toBe('again');
    client.close();
  });
});
