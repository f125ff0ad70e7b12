import type { Json } from '../model/json.ts';
import type { Parameter, Scenario } from '../model/scenario.ts';
import type { NodeId } from '../model/topology.ts';

function membersOf(scenario: Scenario, { protocol, config }: NonNullable<Parameter['counts']>): readonly NodeId[] {
  const named: Json | undefined = scenario.processes.find((spec) => spec.protocol === protocol)?.config[config];
  return Array.isArray(named) ? (named as readonly Json[]).filter((item) => typeof item === 'string') : [];
}

/**
 * The scenario with so many of the nodes that a configuration names in a list: the last ones go, or more come that are like
 * the last one, its links included (`S4` after `S3`).
 */
export function grown(scenario: Scenario, counts: NonNullable<Parameter['counts']>, count: number): Scenario {
  const members = membersOf(scenario, counts);
  const last = members.at(-1);
  if (last === undefined || count === members.length) return scenario;
  const stem = last.replace(/\d+$/, '');
  const wanted = Array.from({ length: count }, (_item, index) => members[index] ?? `${stem}${index + 1}`);
  const fresh = wanted.slice(members.length);
  const isLeft = (node: NodeId): boolean => !members.includes(node) || wanted.includes(node);
  const { nodes, links } = scenario.topology;
  const like = nodes.filter(({ id }) => id === last);
  const itsLinks = links.filter(({ ends }) => ends.includes(last));
  return {
    ...scenario,
    topology: {
      nodes: [...nodes.filter(({ id }) => isLeft(id)), ...fresh.flatMap((id) => like.map(({ position: _place, ...node }) => ({ ...node, id, label: id })))],
      links: [
        ...links.filter(({ ends }) => ends.every(isLeft)),
        ...fresh.flatMap((id) =>
          itsLinks.map((link) => {
            const [a, b] = link.ends.map((end) => (end === last ? id : end));
            return { ...link, id: `${a ?? id}-${b ?? id}`, ends: [a ?? id, b ?? id] as const };
          }),
        ),
      ],
    },
    processes: scenario.processes.map((spec) => ({
      ...spec,
      nodes: spec.nodes === 'all' ? spec.nodes : [...spec.nodes.filter(isLeft), ...(spec.nodes.includes(last) ? fresh : [])],
      config: spec.protocol === counts.protocol ? { ...spec.config, [counts.config]: wanted } : spec.config,
    })),
  };
}
