/** The few reels that the page holds: the one under the playhead, and what lies ahead of it in the direction of travel. */
import type { BranchId, Reel, ReelRequest, RunId, Simulator } from '../../workers/contract.ts';
import type { Nanoseconds } from '../../workers/model/time.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { eventAt, prepare } from './frame.ts';
import { lastIndexWhere } from './search.ts';

type Slot = 'current' | 'ahead';


export type ReelsOptions = {
  readonly run: RunId;
  readonly ask: Simulator['reel'];
  /** Events a reel. All reels begin at multiples of it, so that a playhead needs one reel only. */
  readonly length: number;
  /** Reels that are kept; the ones that were looked at longest ago go first. */
  readonly keep: number;
  /** A reel has come, or it is known that there is none. */
  readonly changed: () => void;
};

export class Reels {
  private readonly options: ReelsOptions;
  /** By branch and number; in the order in which they were looked at. */
  private readonly loaded = new Map<string, Reel>();
  private readonly asked: { [slot in Slot]: ReelRequest | null } = { current: null, ahead: null };
  /** For each branch, the first event that is known not to exist. */
  private readonly ends = new Map<BranchId, number>();
  /** Whoever waits for the next answer, whatever it is. */
  private waiting: { readonly resolve: () => void; readonly reject: (reason: unknown) => void }[] = [];
  private run: RunId;
  private watch: NodeId | null = null;

  constructor(options: ReelsOptions) {
    this.options = options;
    this.run = options.run;
  }

  /** Begins anew with a run that was opened again. */
  reopen(run: RunId): void {
    this.run = run;
    this.loaded.clear();
    this.ends.clear();
    this.asked.current = null;
    this.asked.ahead = null;
  }

  /** The reel that holds this event, from the worker if need be. */
  async load(branch: BranchId, event: number): Promise<Reel> {
    for (;;) {
      const reel = this.get(branch, event);
      if (reel) return reel;
      this.request('current', branch, this.number(event));
      await new Promise<void>((resolve, reject) => this.waiting.push({ resolve, reject }));
    }
  }

  /** The node whose panels come along. What is loaded stays until it has come again with them. */
  setWatch(node: NodeId | null): void {
    this.watch = node;
  }

  /** The reel that holds this event (−1: the one that opens before the first), if it is there. */
  get(branch: BranchId, event: number): Reel | null {
    const key = this.key(branch, this.number(event));
    const reel = this.loaded.get(key);
    if (!reel || event > lastEvent(reel)) return null;
    this.loaded.delete(key);
    this.loaded.set(key, reel);
    return reel;
  }

  /** When an event happens (the beginning is event −1, at 0); null where it is not loaded, or where there is none. */
  timeOf(branch: BranchId, event: number): Nanoseconds | null {
    const reel = this.get(branch, event);
    return reel && (eventAt(reel, event)?.time ?? reel.opening.time);
  }

  /** When the one after this event happens; null where that is unknown, or where there is none. */
  timeAfter(branch: BranchId, event: number): Nanoseconds | null {
    const reel = this.get(branch, event);
    return reel && (eventAt(reel, event + 1)?.time ?? reel.nextTime);
  }

  /** The next event of a node from `from` on (not that one itself), or else the first that is not there to be looked at. */
  findOf(branch: BranchId, node: NodeId, from: number, direction: 1 | -1): { readonly event: number; readonly found: boolean } {
    for (let event = from + direction; ; event += direction) {
      const reel = event < 0 ? null : this.get(branch, event);
      if (!reel) return { event, found: false };
      if (eventAt(reel, event)?.node === node) return { event, found: true };
    }
  }

  /** The last event at or before this time (−1: none), if a loaded reel can tell; otherwise null. */
  locate(branch: BranchId, time: Nanoseconds): number | null {
    for (const reel of this.loaded.values()) {
      if (reel.branch !== branch || !covers(reel, time)) continue;
      return reel.opening.event + 1 + lastIndexWhere(reel.events, (event) => event.time <= time);
    }
    return null;
  }

  /**
   * Makes sure that the reel under a playhead at `event` comes, and the one after it in the direction of travel.
   * @returns whether the first of them is there as it should be.
   */
  want(branch: BranchId, event: number, direction: 1 | -1): boolean {
    const number = this.number(event);
    if (!this.fresh(branch, number)) {
      this.request('current', branch, number);
      return false;
    }
    const ahead = number + direction;
    if (ahead >= 0 && !this.isBeyondEnd(branch, ahead * this.options.length) && !this.fresh(branch, ahead)) this.request('ahead', branch, ahead);
    return true;
  }

  /** The first event that is known not to exist in this branch, or null while none is known. */
  end(branch: BranchId): number | null {
    return this.ends.get(branch) ?? null;
  }

  /** Whether it is known that there is no such event. */
  isBeyondEnd(branch: BranchId, event: number): boolean {
    const end = this.end(branch);
    return end !== null && event >= end;
  }

  private number(event: number): number {
    return Math.floor(Math.max(0, event) / this.options.length);
  }

  private key(branch: BranchId, number: number): string {
    return `${branch}:${number}`;
  }

  private fresh(branch: BranchId, number: number): boolean {
    const reel = this.loaded.get(this.key(branch, number));
    return reel !== undefined && reel.watch === this.watch;
  }

  private isAsked(slot: Slot, branch: BranchId, number: number): boolean {
    const asked = this.asked[slot];
    return asked?.branch === branch && asked.first === number * this.options.length && asked.watch === this.watch;
  }

  private request(slot: Slot, branch: BranchId, number: number): void {
    // What is on its way in the other slot need not be asked for again.
    if (this.isAsked('current', branch, number) || this.isAsked('ahead', branch, number)) return;
    const { length, ask } = this.options;
    const request: ReelRequest = { run: this.run, branch, first: number * length, length, watch: this.watch };
    this.asked[slot] = request;
    ask(request, slot).then(
      (reel) => this.receive(slot, request, reel),
      // A worker that dies is reported by its client; the picture stays as it is.
      (reason: unknown) => {
        for (const { reject } of this.waiting.splice(0)) reject(reason);
      },
    );
  }

  private receive(slot: Slot, request: ReelRequest, reel: Reel | null): void {
    // A newer request took its place: whatever this is, nobody waits for it any more.
    if (this.asked[slot] !== request) return;
    this.asked[slot] = null;
    if (reel) {
      prepare(reel);
      const key = this.key(reel.branch, this.number(request.first));
      this.loaded.delete(key);
      this.loaded.set(key, reel);
      // A short reel is the last one.
      if (reel.nextTime === null || reel.events.length < request.length) this.ends.set(reel.branch, lastEvent(reel) + 1);
    } else {
      this.ends.set(request.branch, Math.min(request.first, this.ends.get(request.branch) ?? Infinity));
    }
    for (const key of [...this.loaded.keys()].slice(0, Math.max(0, this.loaded.size - this.options.keep))) this.loaded.delete(key);
    for (const { resolve } of this.waiting.splice(0)) resolve();
    this.options.changed();
  }
}

/** The number of the last event that a reel holds. */
export function lastEvent(reel: Reel): number {
  return reel.opening.event + reel.events.length;
}

/** Whether the last event at or before this time is one of this reel (or lies before the first event of all). */
function covers(reel: Reel, time: Nanoseconds): boolean {
  const first = reel.events[0];
  const from = reel.opening.event === -1 ? 0 : (first?.time ?? Infinity);
  return time >= from && (reel.nextTime === null || time < reel.nextTime);
}
