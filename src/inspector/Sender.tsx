import type { ReactNode } from 'react';
import { senderOf, type PacketId } from '../../workers/model/packet.ts';
import { useText } from '../i18n/text.ts';
import type { Frame, Session } from '../simulation/types.ts';
import { roleOf } from '../stage/roles.ts';
import { NodePicture } from './NodePicture.tsx';
import { PanelView } from './PanelView.tsx';
import { roleLine } from './role.ts';

type Props = { readonly session: Session; readonly frame: Frame; readonly packet: PacketId };

/** Who sent a packet, where that plays a role: what it is now, its state and its log. */
export function Sender({ session, frame, packet }: Props): ReactNode {
  const text = useText();
  const id = senderOf(packet);
  const node = frame.nodes.find(({ spec }) => spec.id === id);
  if (!node || !roleOf(node)) return null;
  const panels = frame.panels.filter((panel) => panel.node === id).flatMap((process) => process.panels.filter(({ kind }) => kind === 'fields' || kind === 'log'));
  return (
    <>
      <div className="sec">
        <div className="ihead">
          <NodePicture node={node} />
          <div className="iname">
            <h2>
              <button type="button" className="inlineb" onClick={() => session.select({ kind: 'node', id })}>
                {text('inspector.sender', { label: node.spec.label })}
              </button>
            </h2>
            <p>{roleLine(node, text)}</p>
          </div>
        </div>
      </div>
      {panels.map((panel) => <PanelView key={panel.id} session={session} panel={panel} />)}
    </>
  );
}
