import type { Json } from '../../../model/json.ts';
import type { Protocol } from '../../../model/protocol.ts';
import { MILLISECOND } from '../../../model/time.ts';
import type { Told } from '../raft/state.ts';
import { expireAtClient, receiveAtClient, requestAtClient, startClient } from './client.ts';
import { receiveAtServer, startServer, toldAtServer } from './server.ts';
import { LOWER_HEADERS, sizeOf } from './size.ts';
import type { Config, Disk, Message, Request, State, Timer } from './state.ts';

/** A key-value store on the servers, above Raft, and its clients on all other nodes that run this protocol. */
export const kv: Protocol<Config, State, Message, Timer, Request> = {
  name: 'kv',
  behaviour: 1,
  header: LOWER_HEADERS,
  settling: () => 0,
  size: sizeOf,
  start: (self, config, disk) => (config.servers.includes(self.id) ? startServer() : startClient(self, config, disk as Disk | undefined)),
  receive: (self, state, from, message) => (state.role === 'server' ? receiveAtServer(self, state, from, message) : receiveAtClient(self, state, from, message)),
  expire: (self, state, timer) => (state.role === 'client' ? expireAtClient(self, state, timer) : state),
  request: (self, state, request) => (state.role === 'client' ? requestAtClient(self, state, request.operation) : state),
  told: (self, state, layer, data) => (state.role === 'server' && layer === 'raft' && isTold(data) ? toldAtServer(self, state, data) : state),
};

function isTold(data: Json): data is Told & Json {
  return typeof data === 'object' && data !== null && 'kind' in data;
}

export const kvDefaults: Config = {
  servers: [],
  sessions: true,
  reads: 'read-index',
  loop: 'closed',
  interval: 20 * MILLISECOND,
  start: 400 * MILLISECOND,
  count: 0,
  keys: ['x', 'y'],
  gets: 2,
  puts: 2,
  compareAndSets: 1,
  timeout: 250 * MILLISECOND,
  attempts: 8,
};
