/** Timers of processes, which run by the clock of their node. */
import { clockOffset, ownTime, setClock, whenOwnTime, type ClockError } from '../model/clock.ts';
import type { Effect } from '../model/event.ts';
import { TIME_MAX, type Nanoseconds } from '../model/time.ts';
import { entryOf, put, type Entry, type ProcessRecord, type World } from './world.ts';

/**
 * Sets or moves a timer. `delay` is counted by the node's own clock.
 * @returns when it expires if nothing changes; null when the clock stands.
 * @throws Error when it would expire at no whole number of ns below 2^53.
 */
export function setTimer(world: World, index: number, timer: string, delay: Nanoseconds, background: boolean): Nanoseconds | null {
  const process = world.processes[index]!;
  const { clock } = world.nodes[process.node]!;
  forgetTimer(world, process, timer);
  const setAt = ownTime(clock, world.time);
  const due = setAt + Math.max(0, delay);
  if (!Number.isInteger(due) || due > TIME_MAX) throw new Error(`The timer ${timer} is set to ${due} ns; expected a whole number up to ${TIME_MAX}`);
  const at = whenOwnTime(clock, due, world.time);
  const entry = entryOf(world, at ?? Infinity, { kind: 'timer', process: index, timer, setAt, due }, world.event, background, null);
  process.timers.set(timer, entry);
  if (at !== null) put(world, entry);
  return at;
}

/** The entry stays on the agenda, stale. @returns whether there was one. */
export function forgetTimer(world: World, process: ProcessRecord, timer: string): boolean {
  const entry = process.timers.get(timer);
  if (!entry) return false;
  if (counts(entry)) world.foreground--;
  return process.timers.delete(timer);
}

/** Forgets all timers of a process that stops. */
export function forgetTimers(world: World, process: ProcessRecord): void {
  for (const entry of process.timers.values()) if (counts(entry)) world.foreground--;
  process.timers = new Map();
}

/** A smaller agenda is not swept. */
export const SWEEP_MIN = 1024;

/**
 * Takes the stale timers off an agenda that has doubled since the last time: a router that sets one anew for every LSA it
 * learns would leave tens of thousands of them. Nothing is to be seen of it, for they pass in silence.
 */
export function sweepTimers(world: World): void {
  const { agenda, processes } = world;
  if (agenda.size < world.sweepAt) return;
  agenda.rewrite((entry) => (entry.work.kind === 'timer' && processes[entry.work.process]!.timers.get(entry.work.timer) !== entry ? null : entry));
  world.sweepAt = SWEEP_MIN + 2 * agenda.size;
}

/** Whether an entry is among the foreground work of the agenda. */
function counts(entry: Entry): boolean {
  return !entry.background && entry.time !== Infinity;
}

/** Sets a node's clock by hand; what is left of its timers, in its own time, is left of them still. @returns what that did; null when the clock is as wanted. */
export function setNodeClock(world: World, index: number, set: Partial<ClockError>): Effect | null {
  const node = world.nodes[index]!;
  const clock = setClock(node.clock, world.time, set);
  if (clock.drift === node.clock.drift && clock.offset === clockOffset(node.clock, world.time)) return null;
  const runsOtherwise = clock.drift !== node.clock.drift;
  node.clock = clock;
  if (runsOtherwise) for (const process of node.processes) retime(world, world.processes[process]!);
  return { kind: 'clock', node: node.spec.id, clock };
}

/** Moves the timers of a process to where its node's clock now brings them; one that stands leaves the agenda, and comes back. */
function retime(world: World, process: ProcessRecord): void {
  const { clock } = world.nodes[process.node]!;
  const moved = new Map<Entry, Entry>();
  for (const [timer, entry] of process.timers) {
    if (entry.work.kind !== 'timer') continue;
    const next = { ...entry, time: whenOwnTime(clock, entry.work.due, world.time) ?? Infinity };
    process.timers.set(timer, next);
    if (counts(entry)) world.foreground--;
    moved.set(entry, next);
  }
  world.agenda.rewrite((entry) => (moved.has(entry) ? null : entry));
  for (const next of moved.values()) if (next.time !== Infinity) put(world, next);
}
