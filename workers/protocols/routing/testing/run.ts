import { Kernel } from '../../../kernel/kernel.ts';
import type { Input, NoteArgs, TapeEvent } from '../../../model/event.ts';
import type { AddressedIntervention, Intervention } from '../../../model/intervention.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Scenario } from '../../../model/scenario.ts';
import { MILLISECOND, type Nanoseconds } from '../../../model/time.ts';
import type { LinkDirection, LinkSpec } from '../../../model/topology.ts';
import { registry } from '../../registry.ts';
import type { State } from '../link-state/state.ts';
import { link, plainNode, routingScenario } from '../scenarios/build.ts';

export type Run = { readonly kernel: Kernel; readonly events: TapeEvent[] };

/** What is done to a network, each at its time. */
export function at(time: Nanoseconds, deed: Intervention, order = 0): AddressedIntervention {
  return { id: `${time} ${order}`, at: { time, done: 0, order }, do: deed };
}

/** Runs a scenario to `until`, with its own interventions and more. */
export function run(scenario: Scenario, until: Nanoseconds, interventions: readonly AddressedIntervention[] = [], limit = 2_000_000): Run {
  const kernel = new Kernel({ scenario, seed: scenario.seed, registry, interventions: [...scenario.interventions, ...interventions] });
  const events: TapeEvent[] = [];
  while (events.length < limit) {
    const event = kernel.step(until);
    if (!event) break;
    events.push(event);
  }
  if (kernel.halt) throw new Error(`${kernel.halt.key} ${JSON.stringify(kernel.halt.args)}`);
  return { kernel, events };
}

type Edge = readonly [a: string, b: string, direction?: Partial<LinkDirection>, id?: string];

/** A network of Link-State routers, 1 ms between neighbours. */
export function network(edges: readonly Edge[], config: JsonObject = {}, more: Partial<Scenario> = {}): Scenario {
  const ids = [...new Set(edges.flatMap(([a, b]) => [a, b]))].sort();
  const links = edges.map(([a, b, direction, id]): LinkSpec => ({ ...link(a, b, { latency: MILLISECOND, ...direction }), ...(id !== undefined && { id }) }));
  return routingScenario({
    id: 'routing-test',
    text: { en: { title: '', watch: '', try: '' }, zh: { title: '', watch: '', try: '' } },
    nodes: ids.map(plainNode),
    links,
    processes: [{ protocol: 'link-state', nodes: 'all', config }],
    ...more,
  });
}

export function ringOf(size: number, config: JsonObject = {}): Scenario {
  return network(Array.from({ length: size }, (_item, index) => [`r${index}`, `r${(index + 1) % size}`] as const), config);
}

export function stateOf({ kernel }: Run, node: string): State {
  const state = kernel.look.state(node, 'link-state');
  if (state === undefined) throw new Error(`${node} is down`);
  return state as State;
}

export type Noted = { readonly event: number; readonly time: Nanoseconds; readonly node: string | null; readonly args: NoteArgs };

/** All notes of one kind, in order. */
export function notes({ events }: Run, key: string): Noted[] {
  return events.flatMap(({ event, time, node, effects }) =>
    effects.flatMap((effect) => (effect.kind === 'note' && effect.key === key ? [{ event, time, node, args: effect.args }] : [])),
  );
}

/** Events of one kind of message received. */
export function received({ events }: Run, kind: string): (TapeEvent & { readonly input: Extract<Input, { kind: 'receive' }> })[] {
  return events.flatMap((event) => {
    const { input } = event;
    if (input.kind !== 'receive') return [];
    const message = input.message as { readonly kind: string };
    return message.kind === kind ? [{ ...event, input }] : [];
  });
}

export function metric({ kernel }: Run, name: string): number | null | undefined {
  return kernel.folds.metricValues(kernel.world)[name];
}

export function violations({ kernel }: Run): string[] {
  return kernel.world.violations.map(({ invariant, args }) => `${invariant} ${JSON.stringify(args)}`);
}
