import type { Violation } from '../../workers/model/invariant.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { culpritsOf } from '../caption/violations.ts';
import type { Frame, SessionState } from '../simulation/types.ts';

/** Finds whom the violation under the playhead is about; null where there is none, or the run plays on. The same set for the same violation. */
export function culpritFinder(): (frame: Frame, state: SessionState) => ReadonlySet<NodeId> | null {
  let last: { readonly violation: Violation; readonly culprits: ReadonlySet<NodeId> } | null = null;
  return (frame, { index, playing }) => {
    const violation = playing ? undefined : index?.violations.find(({ event }) => event === frame.playhead.event);
    if (!violation) return null;
    if (last?.violation !== violation) last = { violation, culprits: culpritsOf(violation, new Set(frame.nodes.map(({ spec }) => spec.id))) };
    return last.culprits;
  };
}
