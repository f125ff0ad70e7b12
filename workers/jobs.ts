/**
 * Long work in short slices, so that whoever asks next is heard soon. A job is a generator that pauses often; the most
 * urgent one goes first, and of equally urgent ones the newest.
 */

/** What waits for whom: a picture that is wanted now, everything else that someone waits for, and what may be needed later. */
export const Urgency = { picture: 0, answer: 1, ahead: 2, background: 3 } as const;

const SLICE_MILLISECONDS = 10;

type Job = {
  readonly urgency: number;
  readonly number: number;
  /** Advances the work. @returns whether it is done. */
  readonly step: () => boolean;
  readonly cancel: () => void;
};

export class Jobs {
  #jobs: Job[] = [];
  #count = 0;
  #running = false;

  /**
   * Does the work as its turn comes.
   * @returns its result, and a way to call it off: then the result is null.
   */
  run<Result>(urgency: number, work: Iterator<void, Result, void>): { readonly done: Promise<Result | null>; cancel(): void } {
    const { promise, resolve, reject } = withResolvers<Result | null>();
    const step = (): boolean => {
      try {
        const next = work.next();
        if (next.done === true) resolve(next.value);
        return next.done === true;
      } catch (error) {
        reject(error);
        return true;
      }
    };
    const job: Job = { urgency, number: this.#count++, step, cancel: () => resolve(null) };
    this.#jobs.push(job);
    if (!this.#running) void this.#loop();
    return { done: promise, cancel: () => this.#remove(job) };
  }

  #remove(job: Job): void {
    this.#jobs = this.#jobs.filter((candidate) => candidate !== job);
    job.cancel();
  }

  async #loop(): Promise<void> {
    this.#running = true;
    while (this.#jobs.length > 0) {
      await pause();
      const end = performance.now() + SLICE_MILLISECONDS;
      while (this.#jobs.length > 0 && performance.now() < end) this.#advance();
    }
    this.#running = false;
  }

  #advance(): void {
    const job = this.#jobs.reduce((best, other) => (other.urgency < best.urgency || (other.urgency === best.urgency && other.number > best.number) ? other : best));
    if (job.step()) this.#jobs = this.#jobs.filter((candidate) => candidate !== job);
  }
}

/** Lets messages in. Unlike a timer, a message channel is not slowed down when it is used often. */
function pause(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function withResolvers<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void; reject: (reason: unknown) => void } {
  let resolve!: (value: Value) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<Value>((accept, refuse) => {
    resolve = accept;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
