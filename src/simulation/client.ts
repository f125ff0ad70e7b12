/** The page's end of the worker. Calls into a dead worker would hang for ever, so every call is raced against its death. */
import { releaseProxy, transfer, wrap, type Remote } from 'comlink';
import { CONTRACT_VERSION, type Answer, type BranchInfo, type Counterexample, type FileSummary, type HuntOutcome, type Reel, type ReelPart, type ReelRequest, type ReelSlot, type RunInfo, type Simulator } from '../../workers/contract.ts';

/** What a call is answered with when the worker has died. */
export class WorkerDied extends Error {
  override readonly name = 'WorkerDied';
}

export interface SimulatorClient {
  /** The same object through restarts. */
  readonly simulator: Simulator;
  /** Told once for every worker that dies. @returns unsubscribes. */
  onDeath(listener: (reason: WorkerDied) => void): () => void;
  /** Starts a new worker if the old one is dead. @returns when it has answered the handshake. */
  restart(): Promise<void>;
  close(): void;
}

/** One worker, from its start to its death. */
class Connection {
  private readonly worker: Worker;
  private readonly remote: Remote<Simulator>;
  private readonly onDeath: (reason: WorkerDied) => void;
  /** Whoever waits for an answer. Not a race with one promise of its death: that would keep every answer for as long as it lives. */
  private readonly waiting = new Set<(reason: WorkerDied) => void>();
  dead: WorkerDied | null = null;

  constructor(worker: Worker, onDeath: (reason: WorkerDied) => void) {
    this.worker = worker;
    this.onDeath = onDeath;
    this.remote = wrap<Simulator>(worker);
    worker.addEventListener('error', (event) => {
      this.die(new WorkerDied(event.message || 'The worker stopped'));
    });
    worker.addEventListener('messageerror', () => {
      this.die(new WorkerDied('The worker sent what cannot be read'));
    });
  }

  private die(reason: WorkerDied): void {
    if (this.dead) return;
    this.dead = reason;
    this.worker.terminate();
    for (const reject of this.waiting) reject(reason);
    this.waiting.clear();
    this.onDeath(reason);
  }

  /** A worker that throws has a broken run behind it: it is not asked again. */
  async call<Value>(ask: (remote: Remote<Simulator>) => Promise<Value>): Promise<Value> {
    if (this.dead) throw this.dead;
    let giveUp: (reason: WorkerDied) => void = () => {};
    try {
      return await new Promise<Value>((resolve, reject) => {
        giveUp = reject;
        this.waiting.add(giveUp);
        ask(this.remote).then(resolve, reject);
      });
    } catch (error) {
      const reason = error instanceof WorkerDied ? error : new WorkerDied(error instanceof Error ? error.message : String(error));
      this.die(reason);
      throw reason;
    } finally {
      this.waiting.delete(giveUp);
    }
  }

  async greet(): Promise<void> {
    const { version } = await this.call((remote) => remote.hello(CONTRACT_VERSION));
    if (version === CONTRACT_VERSION) return;
    // An old page from a cache with a new worker, or the other way round.
    this.die(new WorkerDied(`Page and worker are of different versions (${CONTRACT_VERSION}, ${version})`));
    throw this.dead ?? new WorkerDied('');
  }

  close(): void {
    this.remote[releaseProxy]();
    this.worker.terminate();
  }
}

/** A reel, put together from the parts in which it comes. */
async function gather(remote: Remote<Simulator>, request: ReelRequest, slot: ReelSlot): Promise<Reel | null> {
  const { port1, port2 } = new MessageChannel();
  const parts = partsFrom(port1);
  try {
    const reel = await remote.reel(request, slot, transfer(port2, [port2]));
    return reel && joined(reel, await parts);
  } finally {
    port1.close();
  }
}

function partsFrom(port: MessagePort): Promise<readonly ReelPart[]> {
  const parts: ReelPart[] = [];
  return new Promise((resolve) => {
    port.addEventListener('message', ({ data }: MessageEvent<ReelPart | null>) => {
      if (data) parts.push(data);
      else resolve(parts);
    });
    port.start();
  });
}

function joined(reel: Reel, parts: readonly ReelPart[]): Reel {
  const { opening } = reel;
  return {
    ...reel,
    opening: {
      ...opening,
      nodes: [...opening.nodes, ...parts.flatMap((part) => part.nodes)],
      links: [...opening.links, ...parts.flatMap((part) => part.links)],
      flights: [...opening.flights, ...parts.flatMap((part) => part.flights)],
    },
    events: [...reel.events, ...parts.flatMap((part) => part.events)],
    panels: [...reel.panels, ...parts.flatMap((part) => part.panels)],
  };
}

/** Starts a worker with `start` and shakes hands with it. */
export function connect(start: () => Worker): SimulatorClient {
  const listeners = new Set<(reason: WorkerDied) => void>();
  const open = (): Connection => new Connection(start(), (reason) => listeners.forEach((listener) => listener(reason)));
  let connection = open();
  let greeting = connection.greet();
  greeting.catch(() => {});

  const ask = async <Value>(question: (remote: Remote<Simulator>) => Promise<Value>): Promise<Value> => {
    await greeting;
    return connection.call(question);
  };

  return {
    simulator: {
      hello: (version) => ask((remote) => remote.hello(version)),
      open: (request) => ask<Answer<RunInfo>>((remote) => remote.open(request)),
      summarize: (name, bytes) => ask<Answer<FileSummary>>((remote) => remote.summarize(name, bytes)),
      openFile: (request) => ask<Answer<RunInfo>>((remote) => remote.openFile(request)),
      reel: (request, slot) => ask((remote) => gather(remote, request, slot)),
      locate: (run, branch, time) => ask((remote) => remote.locate(run, branch, time)),
      branch: (run, parent, edit) => ask<Answer<BranchInfo>>((remote) => remote.branch(run, parent, edit)),
      index: (run, branch) => ask((remote) => remote.index(run, branch)),
      computeTo: (run, branch, time) => ask((remote) => remote.computeTo(run, branch, time)),
      inspect: (run, branch, event, node, process) => ask((remote) => remote.inspect(run, branch, event, node, process)),
      measure: (run, branch, event) => ask((remote) => remote.measure(run, branch, event)),
      operations: (run, branch) => ask((remote) => remote.operations(run, branch)),
      digest: (run, branch, events) => ask((remote) => remote.digest(run, branch, events)),
      export: (run, branch, playhead) => ask((remote) => remote.export(run, branch, playhead)),
      share: (run, branch, playhead) => ask((remote) => remote.share(run, branch, playhead)),
      openLink: (link) => ask<Answer<RunInfo>>((remote) => remote.openLink(link)),
      hunt: (request, seeds) => ask<Answer<readonly HuntOutcome[]>>((remote) => remote.hunt(request, seeds)),
      counterexample: (request, seed, small) => ask<Answer<Counterexample | null>>((remote) => remote.counterexample(request, seed, small)),
      close: (run) => ask((remote) => remote.close(run)),
    },
    onDeath(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async restart() {
      if (connection.dead) {
        connection = open();
        greeting = connection.greet();
        greeting.catch(() => {});
      }
      await greeting;
    },
    close: () => connection.close(),
  };
}
