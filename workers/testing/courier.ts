/** A protocol that does nothing by itself: it carries out what clients ask for. For tests of the network and of the kernel. */
import type { TapeEvent } from '../model/event.ts';
import type { AddressedIntervention } from '../model/intervention.ts';
import type { Json } from '../model/json.ts';
import type { Protocol, ProtocolEntry, Route, Self } from '../model/protocol.ts';
import type { Scenario, WorkloadRequest } from '../model/scenario.ts';
import { emptyTable, tableSet, type Table } from '../model/table.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { Topology } from '../model/topology.ts';
import type { ProtocolView } from '../model/view.ts';
import { Kernel } from '../kernel/kernel.ts';
import { ask, eventsOf, scenarioOf, setupOf } from './small.ts';

export type Errand =
  | { readonly do: 'send'; readonly to: string; readonly bytes: number; readonly times?: number; readonly link?: string; readonly background?: boolean }
  /** Installs a forwarding table: destination, link, next node. */
  | { readonly do: 'routes'; readonly routes: readonly (readonly [to: string, link: string, node: string])[] }
  /** Adds a destination with several equal-cost ways to the table. */
  | { readonly do: 'spread'; readonly to: string; readonly links: readonly string[]; readonly node: string }
  | { readonly do: 'timer'; readonly name: string; readonly delay: Nanoseconds; readonly background?: boolean }
  | { readonly do: 'clear'; readonly name: string }
  | { readonly do: 'persist'; readonly value: Json; readonly synced?: boolean }
  | { readonly do: 'sync' }
  | { readonly do: 'tell'; readonly layer: string; readonly data: Json }
  | { readonly do: 'draw'; readonly below: number; readonly times: number }
  | { readonly do: 'loop' }
  | { readonly do: 'fail' };

type Message = { readonly kind: 'Parcel'; readonly number: number; readonly bytes: number };

export type CourierState = {
  readonly disk: Json;
  readonly routes: Table<Route>;
  readonly started: Nanoseconds;
  readonly sent: number;
  readonly received: readonly { readonly from: string; readonly number: number; readonly at: Nanoseconds }[];
  readonly links: readonly { readonly link: string; readonly up: boolean; readonly at: Nanoseconds }[];
  readonly expired: readonly { readonly timer: string; readonly at: Nanoseconds }[];
  readonly told: readonly { readonly layer: string; readonly data: Json }[];
  readonly drawn: readonly number[];
};

function install(self: Self<Json, Message, string>, state: CourierState, routes: Table<Route>): CourierState {
  self.installRoutes(routes);
  return { ...state, routes };
}

const protocol: Protocol<Json, CourierState, Message, string, Errand> = {
  name: 'courier',
  behaviour: 1,
  header: 0,
  settling: (config) => (config as { readonly settling: Nanoseconds }).settling,
  size: (message) => message.bytes,
  start: (self, _config, disk) => ({ disk: disk ?? null, routes: emptyTable(), started: self.now, sent: 0, received: [], links: [], expired: [], told: [], drawn: [] }),
  receive: (self, state, from, { number }) => ({ ...state, received: [...state.received, { from, number, at: self.now }] }),
  expire(self, state, timer) {
    if (timer === 'loop') self.setTimer('loop', 0);
    return { ...state, expired: [...state.expired.slice(-7), { timer, at: self.now }] };
  },
  told: (_self, state, layer, data) => ({ ...state, told: [...state.told, { layer, data }] }),
  linkChanged: (self, state, link, up) => ({ ...state, links: [...state.links, { link, up, at: self.now }] }),
  request(self, state, asked) {
    switch (asked.do) {
      case 'send': {
        const times = asked.times ?? 1;
        for (let at = 0; at < times; at++) {
          self.send(asked.to, { kind: 'Parcel', number: state.sent + at, bytes: asked.bytes }, asked.link, asked.background);
        }
        return { ...state, sent: state.sent + times };
      }
      case 'routes':
        return install(self, state, asked.routes.reduce((table, [to, link, node]) => tableSet(table, to, { cost: 1, next: [{ link, node }] }), emptyTable<Route>()));
      case 'spread':
        return install(self, state, tableSet(state.routes, asked.to, { cost: 1, next: asked.links.map((link) => ({ link, node: asked.node })) }));
      case 'timer':
        self.setTimer(asked.name, asked.delay, asked.background);
        return state;
      case 'clear':
        self.clearTimer(asked.name);
        return state;
      case 'persist':
        self.persist(asked.value, asked.synced);
        return state;
      case 'sync':
        self.sync();
        return state;
      case 'tell':
        self.tell(asked.layer, asked.data);
        return state;
      case 'draw':
        return { ...state, drawn: [...state.drawn, ...Array.from({ length: asked.times }, () => self.random(asked.below))] };
      case 'loop':
        self.setTimer('loop', 0);
        return state;
      case 'fail':
        throw new Error('asked to fail');
    }
  },
};

const view: ProtocolView<CourierState, Message> = {
  project: (state) => ({ glyph: 'plain', numbers: { received: state.received.length } }),
  panels: (state) => [{ kind: 'fields', id: 'courier', title: { key: 'courier' }, fields: [{ name: 'received', value: String(state.received.length) }] }],
  glyphs: { Parcel: { shape: 'square', hue: 'slate' } },
  carries: () => [],
  notes: {},
};

export const courierEntry: ProtocolEntry = { protocol, view, invariants: [], metrics: [], bugs: [], defaults: { settling: 0 } };

/** The courier on every node. */
export const couriers = { protocol: 'courier', nodes: 'all', config: {} } as const;

export function errand(time: Nanoseconds, node: string, request: Errand): WorkloadRequest {
  return ask(time, node, 'courier', request);
}

/** What became of each packet that arrived: who got it, when, and the parts of its delay. */
export function arrivals(events: readonly TapeEvent[]): readonly { packet: string; at: string | null; time: Nanoseconds; link: string | null; parts: readonly [number, number, number] }[] {
  return events.flatMap(({ node, time, input }) =>
    input.kind === 'receive' ? [{ packet: input.packet, at: node, time, link: input.link, parts: [input.queueing, input.transmission, input.propagation] as const }] : [],
  );
}

/** What became of each packet that did not arrive. */
export function drops(events: readonly TapeEvent[]): readonly { packet: string; reason: string; time: Nanoseconds; node: string | null; link?: string; position?: number }[] {
  return events.flatMap(({ node, time, input }) => {
    if (input.kind !== 'drop') return [];
    const { packet, reason, link, position } = input;
    return [{ packet, reason, time, node, ...(link !== undefined && { link }), ...(position !== undefined && { position }) }];
  });
}

/** Runs couriers on a network to the end. */
export function runCouriers(topology: Topology, workload: readonly WorkloadRequest[], interventions: readonly AddressedIntervention[] = [], rest: Partial<Scenario> = {}): { kernel: Kernel; events: readonly TapeEvent[] } {
  const kernel = new Kernel(setupOf(scenarioOf(topology, [couriers], { workload, ...rest }), [courierEntry], interventions));
  return { kernel, events: eventsOf(kernel) };
}

export function courierAt(kernel: Kernel, node: string): CourierState {
  return kernel.look.state(node, 'courier') as CourierState;
}
