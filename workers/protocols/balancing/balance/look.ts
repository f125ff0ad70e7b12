/** What checks and charts see of clients, balancers and servers. */
import type { Look } from '../../../model/invariant.ts';
import type { NodeId } from '../../../model/topology.ts';
import type { Config, State } from './state.ts';

/** Undefined while the node is down. */
export function stateAt(look: Look, node: NodeId): State | undefined {
  return look.state(node, 'balance') as State | undefined;
}

export function configAt(look: Look, node: NodeId): Config | undefined {
  return look.config(node, 'balance') as Config | undefined;
}

/** The settings as the first node has them; null in a network without nodes. */
export function configOf(look: Look): Config | null {
  for (const node of look.nodes) {
    const config = configAt(look, node);
    if (config) return config;
  }
  return null;
}
