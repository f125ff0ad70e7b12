import type { ReactNode } from 'react';
import type { NodeAt } from '../simulation/types.ts';
import { roleOf } from '../stage/roles.ts';
import { glyphOfNode } from '../stage/states.ts';

/** A node as it looks on the stage, small. */
export function NodePicture({ node }: { readonly node: NodeAt }): ReactNode {
  const glyph = glyphOfNode(node);
  const role = roleOf(node);
  const look = role ? `role-${role.look.look} k-${role.look.hue}` : '';
  return (
    <svg className="big nodepicture" viewBox="-15 -15 30 30" aria-hidden="true">
      <g className={`${glyph === 'router' ? 'router' : `node ${glyph}`} ${look} ${node.up ? '' : 'crashed'}`}>
        {glyph === 'router' || glyph === 'server' ? <rect className="box" x="-12" y="-9" width="24" height="18" rx="5" /> : null}
        {glyph === 'balancer' ? <path className="disc" d="M0-13L13 0 0 13-13 0z" /> : null}
        {glyph === 'router' || glyph === 'server' || glyph === 'balancer' ? null : <circle className="disc" r="12" />}
        {role && node.spec.label.length <= 3 ? <text className="nid" y="4">{node.spec.label}</text> : null}
      </g>
    </svg>
  );
}
