import { describe, expect, test } from 'vitest';
import { Jobs, Urgency } from './jobs.ts';

/** Work of so many steps that notes each of them. */
function* steps(name: string, count: number, log: string[]): Generator<void, string, void> {
  for (let step = 0; step < count; step++) {
    log.push(name);
    yield;
  }
  return name;
}

/** Work that goes on until it is told to stop. */
function* endless(state: { stop: boolean; steps: number }): Generator<void, string, void> {
  while (!state.stop) {
    state.steps++;
    yield;
  }
  return 'stopped';
}

describe('jobs', () => {
  test('give the result of the work', async () => {
    expect(await new Jobs().run(Urgency.answer, steps('a', 3, [])).done).toBe('a');
  });

  test('the most urgent goes first, and of equally urgent ones the newest', async () => {
    const jobs = new Jobs();
    const log: string[] = [];
    const all = [
      jobs.run(Urgency.background, steps('background', 2, log)),
      jobs.run(Urgency.answer, steps('older', 2, log)),
      jobs.run(Urgency.answer, steps('newer', 2, log)),
      jobs.run(Urgency.picture, steps('picture', 2, log)),
    ];
    await Promise.all(all.map((job) => job.done));
    expect(log).toEqual(['picture', 'picture', 'newer', 'newer', 'older', 'older', 'background', 'background']);
  });

  test('whoever asks while long work goes on is heard before it ends', async () => {
    const jobs = new Jobs();
    const long = { stop: false, steps: 0 };
    const job = jobs.run(Urgency.background, endless(long));
    expect(await jobs.run(Urgency.picture, steps('first', 1, [])).done).toBe('first');
    expect(await jobs.run(Urgency.picture, steps('second', 1, [])).done).toBe('second');
    long.stop = true;
    expect(await job.done).toBe('stopped');
  });

  test('one that is called off gives null and is not worked on any more', async () => {
    const jobs = new Jobs();
    const long = { stop: false, steps: 0 };
    const job = jobs.run(Urgency.picture, endless(long));
    job.cancel();
    expect(await job.done).toBeNull();
    await jobs.run(Urgency.background, steps('a', 5, [])).done;
    expect(long.steps).toBe(0);
  });

  test('calling off what is done changes nothing', async () => {
    const job = new Jobs().run(Urgency.answer, steps('a', 1, []));
    await job.done;
    job.cancel();
    expect(await job.done).toBe('a');
  });

  test('an error of the work is its own: others go on', async () => {
    const jobs = new Jobs();
    const failing = (function* (): Generator<void, string, void> {
      yield;
      throw new Error('broken');
    })();
    const broken = jobs.run(Urgency.picture, failing).done;
    const fine = jobs.run(Urgency.answer, steps('a', 2, [])).done;
    await expect(broken).rejects.toThrow('broken');
    expect(await fine).toBe('a');
  });
});
