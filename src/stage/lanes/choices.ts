import type { NodeAt } from '../../simulation/types.ts';
import type { NodeId } from '../../../workers/model/topology.ts';
import type { LaneChoice } from '../../../workers/model/view.ts';
import { translate } from '../../i18n/text.ts';

/** What a lane was in its balancer's last choice; `out`: its server gets nothing now. */
export type LaneRole = 'pick' | 'cand' | 'out';

export type Why = LaneChoice['out'][number]['why'];

/** A server that gets nothing, and of how many balancers. */
export type Out = { readonly why: Why; readonly balancers: number };

/** The last choices of all balancers. */
export type Choices = {
  readonly balancers: number;
  /** By balancer, then by server. */
  readonly roles: ReadonlyMap<NodeId, ReadonlyMap<NodeId, LaneRole>>;
  readonly out: ReadonlyMap<NodeId, Out>;
};

export function choicesOf(nodes: readonly NodeAt[]): Choices {
  const roles = new Map<NodeId, ReadonlyMap<NodeId, LaneRole>>();
  const out = new Map<NodeId, Out>();
  let balancers = 0;
  for (const { spec, up, processes } of nodes) {
    const choice = up ? choiceOf(processes) : undefined;
    if (!choice) continue;
    balancers += 1;
    const own = new Map<NodeId, LaneRole>();
    roles.set(spec.id, own);
    for (const { node, why } of choice.out) {
      own.set(node, 'out');
      out.set(node, { why, balancers: (out.get(node)?.balancers ?? 0) + 1 });
    }
    for (const node of choice.among) own.set(node, 'cand');
    if (choice.to !== null) own.set(choice.to, 'pick');
  }
  return { balancers, roles, out };
}

function choiceOf(processes: NodeAt['processes']): LaneChoice | undefined {
  return processes.findLast(({ view }) => view.choice !== undefined)?.view.choice;
}

/** What a lane was in the last choice, whichever of its ends is named first. */
export function laneRole({ roles }: Choices, [a, b]: readonly [NodeId, NodeId]): LaneRole | null {
  return roles.get(a)?.get(b) ?? roles.get(b)?.get(a) ?? null;
}

/** Why a server gets nothing, in a word; empty for one that does. */
export function outText({ out, balancers }: Choices, server: NodeId): string {
  const found = out.get(server);
  if (!found) return '';
  const why = translate(`stage.out.${found.why}`);
  return found.balancers === balancers ? why : translate('stage.out.some', { why, count: found.balancers, of: balancers });
}
