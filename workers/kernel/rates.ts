/** How much happens when: running totals at the start of each stretch of time. */
import type { TapeIndex } from '../contract.ts';
import { MILLISECOND, type Nanoseconds } from '../model/time.ts';
import type { World } from './world.ts';

const BUCKETS_MAX = 1024;

type Totals = { readonly events: number; readonly sent: number; readonly dropped: number };

function totalsOf(world: World): Totals {
  return { events: world.event, sent: world.sent, dropped: world.dropped };
}

export class TapeRates {
  #bucket: Nanoseconds;
  /** Totals before each bucket. */
  #before: Totals[];
  /** Totals after the last event taken in. */
  #now: Totals = { events: 0, sent: 0, dropped: 0 };

  /** @param horizon How long the run is expected to be: sets the first width of a bucket. */
  constructor(horizon: Nanoseconds) {
    this.#bucket = Math.max(MILLISECOND, Math.ceil(horizon / (BUCKETS_MAX / 2)));
    this.#before = [];
  }

  /** Takes in the event at `time`; the world stands after it. */
  add(time: Nanoseconds, world: World): void {
    while (this.#before.length * this.#bucket <= time) {
      if (this.#before.length === BUCKETS_MAX) this.#widen();
      else this.#before.push(this.#now);
    }
    this.#now = totalsOf(world);
  }

  /** Buckets of twice the width. */
  #widen(): void {
    this.#bucket *= 2;
    this.#before = this.#before.filter((_, index) => index % 2 === 0);
  }

  /** The same up to where this world stands, to go on from there in a branch. */
  copyTo(world: World): TapeRates {
    const copy = new TapeRates(0);
    copy.#bucket = this.#bucket;
    if (world.event > 0) copy.#before = this.#before.slice(0, Math.floor(world.time / this.#bucket) + 1);
    copy.#now = totalsOf(world);
    return copy;
  }

  read(): Pick<TapeIndex, 'bucket' | 'sent' | 'dropped' | 'eventsBefore'> {
    const ends = [...this.#before.slice(1), this.#now];
    return {
      bucket: this.#bucket,
      sent: this.#before.map((before, index) => ends[index]!.sent - before.sent),
      dropped: this.#before.map((before, index) => ends[index]!.dropped - before.dropped),
      eventsBefore: this.#before.map((before) => before.events),
    };
  }
}
