/** What a policy remembers from one choice to the next, in words that a reader can check its arithmetic by. */
import type { Json } from '../../../model/json.ts';
import type { NodeList, Panel } from '../../../model/view.ts';
import { decimal } from '../policies/policy.ts';
import type { BalancerState } from './state.ts';

type Field = Extract<Panel, { kind: 'fields' }>['fields'][number];

/** So many servers are told of in a row. */
const TOLD_MAX = 16;

/** As the policies that take turns have it (see their modules); the others remember nothing that is not drawn. */
type Memory = {
  readonly last?: number;
  readonly round?: number;
  /** IPVS: the weight of this turn; nginx: each server's current weight. */
  readonly current?: number | readonly number[];
  readonly line?: readonly ({ readonly deadline: number } | null)[];
};

export function memoryFields({ memory, servers }: Pick<BalancerState, 'memory' | 'servers'>): readonly Field[] {
  const { last = -1, round, current, line } = (memory ?? {}) as Memory & Json;
  const listed = (values: readonly (number | null)[]): NodeList =>
    values.slice(0, TOLD_MAX).flatMap((value, index) => (value === null ? [] : [{ node: servers[index]!.server, value: Number(decimal(value)) }]));
  return [
    ...(servers[last] ? [{ name: 'balance.field.last', value: '', nodes: [{ node: servers[last].server }] }] : []),
    ...(round === undefined ? [] : [{ name: 'balance.field.round', value: String(round) }]),
    ...(typeof current === 'number' ? [{ name: 'balance.field.turn-weight', value: decimal(current) }] : []),
    ...(typeof current === 'object' ? [{ name: 'balance.field.current-weights', value: '', nodes: listed(current) }] : []),
    ...(line === undefined ? [] : [{ name: 'balance.field.deadlines', value: '', nodes: listed(line.map((due) => due && due.deadline)) }]),
  ];
}
