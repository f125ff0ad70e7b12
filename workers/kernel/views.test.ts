// A view's ring tells when the timer that the protocol names was set and when it runs out.
import { describe, expect, test } from 'vitest';
import type { ProtocolEntry } from '../model/protocol.ts';
import type { WorkloadRequest } from '../model/scenario.ts';
import { courierAt, courierEntry, couriers, errand } from '../testing/courier.ts';
import { deeds, finish, lineOf, scenarioOf, setupOf, type Deed } from '../testing/small.ts';
import { Kernel } from './kernel.ts';
import { KeyframeStore } from './keyframes.ts';
import { recordReel } from './reel.ts';
import { Tape } from './tape.ts';

const ringing: ProtocolEntry = { ...courierEntry, view: { ...courierEntry.view, ring: () => 't' } };
const timer = (time: number, delay: number) => errand(time, 'a', { do: 'timer', name: 't', delay });

function setup(workload: readonly WorkloadRequest[], hands: readonly Deed[] = []) {
  return setupOf(scenarioOf(lineOf(['a', 'b']), [couriers], { workload }), [ringing], deeds(...hands));
}

/** The ring of node a in the view of each of its events. */
function ringsOfA(workload: readonly WorkloadRequest[], hands: readonly Deed[] = []) {
  const kernel = new Kernel(setup(workload, hands));
  kernel.detail = { views: true, states: false };
  const rings = [];
  for (let event = kernel.step(); event; event = kernel.step()) if (event.node === 'a') rings.push(event.view?.ring ?? null);
  return { kernel, rings };
}

describe('the ring', () => {
  test('is there while its timer is set, moves when it is set again, and goes when it has run out', () => {
    expect(ringsOfA([timer(10, 5), timer(12, 8)]).rings).toEqual([null, { from: 10, until: 15 }, { from: 12, until: 20 }, null]);
  });

  test('goes with its timer when that is cleared', () => {
    expect(ringsOfA([timer(10, 5), errand(12, 'a', { do: 'clear', name: 't' })]).rings).toEqual([null, { from: 10, until: 15 }, null]);
  });

  test('is not of another timer', () => {
    const { kernel, rings } = ringsOfA([errand(10, 'a', { do: 'timer', name: 'u', delay: 5 })]);
    expect(rings).toEqual([null, null, null]);
    expect(courierAt(kernel, 'a').expired).toEqual([{ timer: 'u', at: 15 }]);
  });

  test('goes by the node’s own time, so that setting its clock changes nothing of it', () => {
    const hands: readonly Deed[] = [[1, { kind: 'set-clock', node: 'a', drift: -500_000 }], [13, { kind: 'set-clock', node: 'a', drift: 0 }]];
    expect(ringsOfA([timer(11, 4), errand(14, 'a', { do: 'draw', below: 2, times: 0 })], hands).rings).toEqual([null, { from: 6, until: 10 }, { from: 6, until: 10 }, null]);
  });

  test('stands in the opening of a reel as in the event before it', () => {
    const tape = Tape.start(setup([timer(10, 5)]), new KeyframeStore());
    const reel = finish(recordReel(tape, { run: 'r', branch: 0, first: 3, length: 1, watch: null }));
    expect(reel?.opening.time).toBe(10);
    expect(reel?.opening.nodes.map(({ processes }) => processes[0]?.view.ring)).toEqual([{ from: 10, until: 15 }, undefined]);
  });
});
