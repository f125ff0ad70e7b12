import type { Protocol, Self } from '../../../model/protocol.ts';
import { compute } from './computed.ts';
import type { Config, State, Timer } from './state.ts';
import { initialise, step } from './stepped.ts';

type Process = Self<Config, never, Timer>;

/** Begins anew, with the configuration and the map as they are now. */
function begin(self: Process, before: State | null): State {
  const source = self.config.source === '' ? self.id : self.config.source;
  self.clearTimer('step');
  return self.config.stepped ? initialise(self, source, before) : compute(self, source, before);
}

/**
 * Dijkstra's algorithm on the map of the network (E. W. Dijkstra, A note on two problems in connexion with graphs, 1959).
 * It is told of every change of the map at once, and begins anew.
 */
export const dijkstra: Protocol<Config, State, never, Timer, never> = {
  name: 'dijkstra',
  behaviour: 1,
  header: 0,
  seesMap: true,
  settling: () => 0,
  size: () => 0,
  start: (self) => begin(self, null),
  receive: (_self, state) => state,
  expire: step,
  told: (self, state, layer) => (layer === 'config' ? begin(self, state) : state),
  linkChanged(self, state, link) {
    self.note('dijkstra.map-changed', { source: state.source, link });
    return begin(self, state);
  },
};

/** Every node computes for itself, at once. */
export const dijkstraDefaults: Config = { source: '', stepped: false };
