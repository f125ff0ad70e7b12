import type { ReactNode } from 'react';
import type { Panel } from '../../workers/model/view.ts';

type HashPanelProps = { readonly panel: Extract<Panel, { kind: 'hash-ring' | 'hash-table' }> };

/** Where keys lie on a hash ring or in a lookup table, and which of them have moved. */
export function HashPanel({ panel }: HashPanelProps): ReactNode {
  return (
    <ul>
      {panel.keys.map(({ key, node, was }) => (
        <li key={key}>
          {key} {was === undefined || was === node ? null : <del>{was}</del>} {node}
        </li>
      ))}
    </ul>
  );
}
