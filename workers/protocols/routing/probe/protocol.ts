import type { Protocol, Self } from '../../../model/protocol.ts';
import { MILLISECOND, SECOND } from '../../../model/time.ts';
import type { Config, Message, State, Timer } from './state.ts';

type Process = Self<Config, Message, Timer>;

/** Gaps that are remembered. */
const MISSING_MAX = 64;

function send(self: Process, state: State): State {
  const { to, size, interval, count } = self.config;
  const number = state.sent + 1;
  self.send(to, { kind: 'Probe', number, size }, undefined, true);
  self.note('probe.sent', { node: self.id, to, number, size });
  if (count === 0 || number < count) self.setTimer('next', interval, true);
  return { ...state, sent: number };
}

/** Sets the sender's clock going; everybody else only listens. */
function begin(self: Process): void {
  self.clearTimer('next');
  if (self.id === self.config.from) self.setTimer('next', Math.max(0, self.config.start - self.now), true);
}

/** A stream of data packets from one node to another, forwarded hop by hop by whatever the tables say. */
export const probe: Protocol<Config, State, Message, Timer, never> = {
  name: 'probe',
  behaviour: 1,
  // Below the data: UDP 8, IPv4 20, Ethernet 14 and 4.
  header: 46,
  settling: () => 0,
  size: (message) => message.size,
  start(self) {
    begin(self);
    return { sent: 0, received: 0, duplicated: 0, expected: 1, missing: [] };
  },
  receive(self, state, from, { number }) {
    const gap = state.missing.includes(number);
    if (number < state.expected && !gap) {
      self.note('probe.duplicate', { node: self.id, from, number });
      return { ...state, duplicated: state.duplicated + 1 };
    }
    const skipped = Math.max(0, number - state.expected);
    const args = { node: self.id, from, number, received: state.received + 1, skipped };
    self.note(gap ? 'probe.late' : skipped > 0 ? 'probe.gap' : 'probe.received', args);
    const gaps = Array.from({ length: Math.min(skipped, MISSING_MAX) }, (_item, index) => number - Math.min(skipped, MISSING_MAX) + index);
    return {
      ...state,
      received: state.received + 1,
      expected: Math.max(state.expected, number + 1),
      missing: [...state.missing.filter((missing) => missing !== number), ...gaps].slice(-MISSING_MAX),
    };
  },
  expire: send,
  told(self, state, layer) {
    if (layer === 'config') begin(self);
    return state;
  },
};

export const probeDefaults: Config = { from: '', to: '', start: SECOND, interval: 20 * MILLISECOND, size: 1000, count: 0 };
