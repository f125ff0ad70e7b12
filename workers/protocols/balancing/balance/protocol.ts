import type { Protocol } from '../../../model/protocol.ts';
import { expireAtBalancer, receiveAtBalancer, reconfigureBalancer, startBalancer } from './balancer.ts';
import { ask, expireAtClient, receiveAtClient, reconfigureClient, startClient } from './client.ts';
import { expireAtServer, receiveAtServer, reconfigureServer, startServer } from './server.ts';
import { LOWER_HEADERS, sizeOf } from './size.ts';
import type { Config, Disk, Message, Request, State, Timer } from './state.ts';

/** Balancers and servers where the configuration says so, and clients on all other nodes that run this protocol. */
export const balance: Protocol<Config, State, Message, Timer, Request> = {
  name: 'balance',
  behaviour: 2,
  header: LOWER_HEADERS,
  settling: () => 0,
  size: sizeOf,
  identity: (message) => ('client' in message ? [message.client, message.request, message.attempt, message.leg] : null),
  start(self, config, disk) {
    if (config.servers.includes(self.id)) return startServer(self);
    return config.balancers.includes(self.id) ? startBalancer(self, config) : startClient(self, config, disk as Disk | undefined);
  },
  receive(self, state, from, message) {
    switch (state.role) {
      case 'client':
        return receiveAtClient(self, state, message);
      case 'balancer':
        return receiveAtBalancer(self, state, from, message);
      case 'server':
        return receiveAtServer(self, state, from, message);
    }
  },
  expire(self, state, timer) {
    switch (state.role) {
      case 'client':
        return expireAtClient(self, state, timer);
      case 'balancer':
        return expireAtBalancer(self, state, timer);
      case 'server':
        return expireAtServer(self, state);
    }
  },
  request: (self, state) => (state.role === 'client' ? ask(self, state) : state),
  told(self, state, layer) {
    if (layer !== 'config') return state;
    switch (state.role) {
      case 'client':
        return reconfigureClient(self, state);
      case 'balancer':
        return reconfigureBalancer(self, state);
      case 'server':
        return reconfigureServer(self, state);
    }
  },
};
