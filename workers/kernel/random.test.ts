// What holds on every run: random small networks, random parameters, random interventions.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TapeEvent } from '../model/event.ts';
import { SECOND } from '../model/time.ts';
import { chatterRegistry } from '../testing/chatter.ts';
import { anyInterventions, anyScenario } from '../testing/networks.ts';
import { afterEvent, sorted, type Picture } from '../testing/picture.ts';
import { frozen } from '../testing/frozen.ts';
import { digestOf, eventsOf, finish, setupOf } from '../testing/small.ts';
import { Kernel } from './kernel.ts';
import { KeyframeStore } from './keyframes.ts';
import { recordReel } from './reel.ts';
import { Tape } from './tape.ts';
import { copyWorld } from './world.ts';

const UNTIL = SECOND;
const EVENTS = 400;
const settings = { numRuns: 40 } as const;
/** Generous: the machine may be busy with other things. */
const TIMEOUT = 60_000;

/** As `expect`, which takes too long to ask a hundred thousand times. */
function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** Every hop of every packet that was put on a link ends once: it arrives, is lost, is taken off, or is still on its way. */
function assertConserved(kernel: Kernel, events: readonly TapeEvent[]): void {
  const flying = new Set<string>();
  const known = new Set<string>();
  for (const { event, input, effects } of events) {
    const at = `event ${event}`;
    if (input.kind === 'hop' || (input.kind === 'receive' && input.link !== null)) holds(flying.delete(input.packet), `${at}: ${input.packet} was not on its way`);
    if (input.kind === 'drop') flying.delete(input.packet);
    for (const effect of effects) {
      if (effect.kind === 'lost') holds(flying.delete(effect.packet), `${at}: ${effect.packet} was not on its way`);
      if (effect.kind !== 'flight' && effect.kind !== 'send') continue;
      if (effect.flight === null) continue;
      const isChange = input.kind === 'intervention' && ['delay', 'hold', 'release'].includes(input.intervention.do.kind);
      holds(flying.has(effect.packet) === isChange, `${at}: ${effect.packet} is on two links at a time, or was on none`);
      if (effect.kind === 'flight' && !isChange) holds(!known.has(effect.packet), `${at}: the copy ${effect.packet} has a name that was used`);
      flying.add(effect.packet);
      known.add(effect.packet);
    }
  }
  const left = kernel.world.agenda.entries().flatMap(({ work }) => ((work.kind === 'transit' || work.kind === 'drop') && work.transit ? [work.transit.packet.id] : []));
  expect([...flying].sort()).toEqual(left.sort());
}

function assertOrdered(events: readonly TapeEvent[]): void {
  let time = 0;
  for (const [index, event] of events.entries()) {
    holds(event.event === index, `event ${index} is numbered ${event.event}`);
    holds(event.time >= time, `event ${index}: time goes back`);
    holds((event.cause ?? -1) < index, `event ${index}: its cause comes later`);
    time = event.time;
  }
}

test('packets are conserved, time never goes back, causes come first, and handlers change nothing that they were given', () => {
  fc.assert(
    fc.property(anyScenario, anyInterventions, (scenario, interventions) => {
      const kernel = new Kernel(setupOf(scenario, frozen(chatterRegistry), interventions));
      const events = eventsOf(kernel, UNTIL, EVENTS);
      expect(kernel.halt).toBeNull();
      assertOrdered(events);
      assertConserved(kernel, events);
    }),
    settings,
  );
}, TIMEOUT);

test('background work aside, what is counted as left to do is what is on the agenda', () => {
  fc.assert(
    fc.property(anyScenario, anyInterventions, fc.integer({ min: 0, max: EVENTS }), (scenario, interventions, count) => {
      const kernel = new Kernel(setupOf(scenario, chatterRegistry, interventions));
      eventsOf(kernel, UNTIL, count);
      const { world } = kernel;
      const live = world.agenda.entries().filter(({ background, work, ...entry }) => {
        if (background) return false;
        return work.kind !== 'timer' || world.processes[work.process]!.timers.get(work.timer)?.sequence === entry.sequence;
      });
      expect(world.foreground).toBe(live.length);
      expect(world.requests).toBe(live.filter((entry) => entry.work.kind === 'request').length);
    }),
    settings,
  );
}, TIMEOUT);

test('the same twice: equal digests', () => {
  fc.assert(
    fc.property(anyScenario, anyInterventions, (scenario, interventions) => {
      const run = () => digestOf(eventsOf(new Kernel(setupOf(scenario, chatterRegistry, interventions)), UNTIL, EVENTS));
      expect(run()).toBe(run());
    }),
    { numRuns: 50 },
  );
}, TIMEOUT);

test('a kernel that goes on from a copy of the world at any event does the same', () => {
  fc.assert(
    fc.property(anyScenario, anyInterventions, fc.integer({ min: 0, max: EVENTS }), (scenario, interventions, at) => {
      const setup = setupOf(scenario, chatterRegistry, interventions);
      const kernel = new Kernel(setup);
      eventsOf(kernel, UNTIL, at);
      const copy = new Kernel(setup, copyWorld(kernel.world));
      expect(copy.nextTime).toBe(kernel.nextTime);
      expect(eventsOf(copy, UNTIL, 100)).toEqual(eventsOf(kernel, UNTIL, 100));
      expect([copy.halt, copy.settled, copy.world.violations]).toEqual([kernel.halt, kernel.settled, kernel.world.violations]);
    }),
    settings,
  );
}, TIMEOUT);

test('the announced time of the next event is the time of the next event', () => {
  fc.assert(
    fc.property(anyScenario, anyInterventions, (scenario, interventions) => {
      const kernel = new Kernel(setupOf(scenario, chatterRegistry, interventions));
      const announced: (number | null)[] = [];
      const happened: (number | null)[] = [];
      for (let count = 0; count < EVENTS; count++) {
        announced.push(kernel.nextTime);
        happened.push(kernel.step()?.time ?? null);
      }
      expect(announced).toEqual(happened);
    }),
    { numRuns: 50 },
  );
}, TIMEOUT);

test('a reel’s events make of its opening the opening of the next', () => {
  fc.assert(
    fc.property(anyScenario, anyInterventions, fc.integer({ min: 1, max: 60 }), (scenario, interventions, length) => {
      const tape = Tape.start(setupOf(scenario, chatterRegistry, interventions), new KeyframeStore(undefined, 32));
      const reelAt = (first: number) => finish(recordReel(tape, { run: 'r', branch: 0, first, length, watch: null }));
      for (let first = 0; first < EVENTS; first += length) {
        const reel = reelAt(first);
        const next = reelAt(first + length);
        if (!reel || !next) break;
        const { panels: _panels, ...opening } = next.opening;
        expect(sorted(reel.events.reduce<Picture>(afterEvent, reel.opening))).toEqual(sorted(opening));
      }
    }),
    settings,
  );
}, TIMEOUT);

describe('branches', () => {
  const tapeOf = (tape: Tape): string => {
    while (tape.events < EVENTS && tape.advance(UNTIL)) continue;
    return finish(tape.digest(tape.events));
  };

  test('a fork is the run that it would be by itself, with interventions added, removed and replaced', () => {
    fc.assert(
      fc.property(anyScenario, anyInterventions, anyInterventions, fc.integer({ min: 0, max: EVENTS }), (scenario, first, second, known) => {
        const parent = Tape.start(setupOf(scenario, chatterRegistry, first), new KeyframeStore(undefined, 16));
        while (parent.events < known && parent.advance(UNTIL)) continue;
        const fork = parent.fork(setupOf(scenario, chatterRegistry, second).interventions);
        const alone = Tape.start(setupOf(scenario, chatterRegistry, second), new KeyframeStore());
        expect(tapeOf(fork)).toBe(tapeOf(alone));
        expect(fork.index(0, false)).toEqual(alone.index(0, false));
      }),
      settings,
    );
  }, TIMEOUT);

  test('one that differs late shares what comes before, and is the run that it would be by itself', () => {
    fc.assert(
      fc.property(anyScenario, anyInterventions, fc.nat(), (scenario, interventions, choice) => {
        const setup = setupOf(scenario, chatterRegistry, interventions);
        const parent = Tape.start(setup, new KeyframeStore(undefined, 16));
        while (parent.events < EVENTS && parent.advance(UNTIL)) continue;
        const others = setup.interventions.filter((_, index) => index !== choice % Math.max(1, interventions.length));
        const fork = parent.fork(others);
        expect(tapeOf(fork)).toBe(tapeOf(Tape.start({ ...setup, interventions: others }, new KeyframeStore())));
      }),
      settings,
    );
  }, TIMEOUT);

  test('an event is the same from whichever keyframe it is computed', () => {
    fc.assert(
      fc.property(anyScenario, anyInterventions, fc.array(fc.nat(EVENTS), { minLength: 1, maxLength: 8 }), (scenario, interventions, seeks) => {
        const setup = setupOf(scenario, chatterRegistry, interventions);
        const events = eventsOf(new Kernel(setup), UNTIL, EVENTS);
        const tape = Tape.start(setup, new KeyframeStore(undefined, 16));
        for (const seek of seeks) {
          const kernel = finish(tape.kernelAt(seek % (events.length + 1)))!;
          const from = kernel.world.event;
          expect(eventsOf(kernel, UNTIL, Math.min(5, events.length - from))).toEqual(events.slice(from, from + 5));
          tape.leave(kernel.world);
        }
      }),
      settings,
    );
  }, TIMEOUT);
});
