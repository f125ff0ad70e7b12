import type { Protocol } from '../../../model/protocol.ts';
import { emptyTable } from '../../../model/table.ts';
import { SECOND } from '../../../model/time.ts';
import { databaseExpired, deadExpired, helloExpired, interfacesChanged, receiveDatabase, receiveDatabaseAck, receiveHello } from './adjacency.ts';
import { holddownExpired, learnExpired } from './backoff.ts';
import { ageExpired, originate, restartSequence, scheduleOrigination } from './database.ts';
import { ackExpired, gatherExpired, receiveAck, resendExpired } from './flood.ts';
import { LOWER_HEADERS, sizeOf } from './lsa.ts';
import { exchanges, neighbourOn, silent } from './neighbours.ts';
import { runSpf } from './spf.ts';
import type { Config, Message, State, Timer } from './state.ts';
import { receiveUpdate } from './update.ts';

/**
 * Link-State routing after OSPFv2 (RFC 2328): one area, point-to-point links, router-LSAs. What differs is said where it does:
 * the database exchange (state.ts), the answered Hello (adjacency.ts), the checksum (lsa.ts).
 */
export const linkState: Protocol<Config, State, Message, Timer, never> = {
  name: 'link-state',
  behaviour: 1,
  header: LOWER_HEADERS,
  // A Hello that is missing is noticed after one and a half intervals; from then on something is under way.
  settling: (config) => 2 * config.helloInterval,
  size: sizeOf,

  start(self) {
    const database = emptyTable<never>();
    const state: State = {
      id: self.id,
      neighbours: self.links.map(silent),
      database,
      flushed: [],
      sequence: null,
      originatedAt: null,
      stale: false,
      agesAt: null,
      spf: { backoff: 'quiet', due: null, runs: 0, database },
      routes: emptyTable(),
      previous: emptyTable(),
      recent: [],
      last: null,
    };
    self.installRoutes(state.routes);
    return helloExpired(self, state);
  },

  receive(self, state, _from, message, link) {
    const neighbour = neighbourOn(state, link);
    if (!neighbour) return state;
    switch (message.kind) {
      case 'Hello':
        return receiveHello(self, state, neighbour, message.neighbours.includes(self.id));
      case 'Database':
        return receiveDatabase(self, state, neighbour, message.headers, message.heard);
      case 'DatabaseAck':
        return receiveDatabaseAck(self, state, neighbour);
      // Before the exchange has begun there is nothing to compare with: it is sent again (section 13).
      case 'LinkStateUpdate':
        return exchanges(neighbour) ? receiveUpdate(self, state, neighbour, message.lsas) : state;
      case 'LinkStateAck':
        return exchanges(neighbour) ? restartSequence(self, receiveAck(self, state, neighbour, message.headers)) : state;
    }
  },

  expire(self, state, timer) {
    switch (timer) {
      case 'hello':
        return helloExpired(self, state);
      case 'originate':
        return originate(self, state);
      case 'refresh':
        self.note('link-state.refresh', { node: self.id, interval: 1800 });
        return scheduleOrigination(self, { ...state, stale: true }, 0);
      case 'age':
        return ageExpired(self, state);
      case 'spf':
        return runSpf(self, state);
      case 'spf-learn':
        return learnExpired(state);
      case 'spf-holddown':
        return holddownExpired(self, state);
    }
    const cut = timer.indexOf(':');
    const neighbour = neighbourOn(state, timer.slice(cut + 1));
    if (!neighbour) return state;
    switch (timer.slice(0, cut)) {
      case 'dead':
        return deadExpired(self, state, neighbour);
      case 'database':
        return databaseExpired(self, state, neighbour);
      case 'gather':
        return gatherExpired(self, state, neighbour);
      case 'resend':
        return resendExpired(self, state, neighbour);
      default:
        return ackExpired(self, state, neighbour);
    }
  },

  told: (_self, state) => state,
  linkChanged: (self, state) => interfacesChanged(self, state),
};

/** Point-to-point defaults of the RFC (appendix C) and of RFC 8405's example values. */
export const linkStateDefaults: Config = {
  helloInterval: 10 * SECOND,
  deadInterval: 40 * SECOND,
  retransmitInterval: 5 * SECOND,
  ackDelay: SECOND,
  floodPacing: 0,
  originateDelay: SECOND / 10,
  spfInitial: SECOND / 20,
  spfShort: SECOND / 5,
  spfLong: 5 * SECOND,
  spfLearn: SECOND / 2,
  spfHolddown: 10 * SECOND,
  lateRouter: '',
  lateBy: SECOND / 2,
};
