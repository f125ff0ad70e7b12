import type { ReactNode } from 'react';
import type { NodeAt } from '../simulation/types.ts';
import { roleOf } from '../stage/roles.ts';
import { glyphOfNode } from '../stage/states.ts';

/** A node as it looks on the stage, small. */
export function NodePicture({ node }: { readonly node: NodeAt }): ReactNode {
  const router = glyphOfNode(node) === 'router';
  const role = roleOf(node);
  const look = role ? `role-${role.look.look} k-${role.look.hue}` : '';
  return (
    <svg className="big nodepicture" viewBox="-15 -15 30 30" aria-hidden="true">
      <g className={`${router ? 'router' : 'node'} ${look} ${node.up ? '' : 'crashed'}`}>
        {router ? <rect className="box" x="-12" y="-9" width="24" height="18" rx="5" /> : <circle className="disc" r="12" />}
        {role && node.spec.label.length <= 3 ? <text className="nid" y="4">{node.spec.label}</text> : null}
      </g>
    </svg>
  );
}
