import type { Reel } from '../../workers/contract.ts';
import type { LinkId, LinkSpec, NodeId, NodeSpec } from '../../workers/model/topology.ts';
import type { Session } from '../simulation/types.ts';
import type { Names } from './names.ts';

type Directory = {
  readonly reel: Reel | null;
  readonly topology: number;
  readonly nodes: ReadonlyMap<NodeId, NodeSpec>;
  readonly links: ReadonlyMap<LinkId, LinkSpec>;
};

/** The names of a session's network, with those of nodes and links that were added by hand. */
export type SessionNames = Names & {
  /** The long name where there is one: `Denver`. */
  readonly long: (id: NodeId) => string;
  readonly nodeSpec: (id: NodeId) => NodeSpec | undefined;
  readonly linkSpec: (id: LinkId) => LinkSpec | undefined;
};

const known = new WeakMap<Session, SessionNames>();

export function sessionNames(session: Session): SessionNames {
  const before = known.get(session);
  if (before) return before;
  const names = makeNames(session);
  known.set(session, names);
  return names;
}

function makeNames(session: Session): SessionNames {
  let directory: Directory | null = null;
  const look = (): Directory => {
    const frame = session.player.frame();
    const reel = session.player.reel();
    if (directory && directory.reel === reel && directory.topology === (frame?.topology ?? -1)) return directory;
    const topology = session.store.getState().info.scenario.topology;
    const nodes = frame ? frame.nodes.map((node) => node.spec) : topology.nodes;
    const links = frame ? frame.links.map((link) => link.spec) : topology.links;
    directory = {
      reel,
      topology: frame?.topology ?? -1,
      // What was removed keeps its name in sentences about the past.
      nodes: new Map([...topology.nodes, ...nodes].map((node) => [node.id, node])),
      links: new Map([...topology.links, ...links].map((link) => [link.id, link])),
    };
    return directory;
  };
  const nodeSpec = (id: NodeId): NodeSpec | undefined => look().nodes.get(id);
  const linkSpec = (id: LinkId): LinkSpec | undefined => look().links.get(id);
  const long = (id: NodeId): string => nodeSpec(id)?.name ?? nodeSpec(id)?.label ?? id;
  return {
    nodeSpec,
    linkSpec,
    long,
    node: (id) => nodeSpec(id)?.label ?? id,
    link: (id) => {
      const spec = linkSpec(id);
      return spec ? `${long(spec.ends[0])}–${long(spec.ends[1])}` : id;
    },
    light: (id) => session.store.setState({ hover: id === null ? null : { kind: 'node', id } }),
  };
}
