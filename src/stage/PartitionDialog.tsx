import { useState, type ReactNode } from 'react';
import type { LinkId, NodeId } from '../../workers/model/topology.ts';
import { useText } from '../i18n/text.ts';
import { Dialog } from '../kit/Dialog.tsx';
import type { Session } from '../simulation/types.ts';
import { linksBetween } from './deeds.ts';
import { dividingCuts } from './divide.ts';
import type { Scene } from './scene.ts';

type Props = {
  readonly session: Session;
  readonly close: () => void;
  readonly preview: (links: readonly LinkId[]) => void;
  /** Where everything is drawn. */
  readonly scene: () => Scene | null;
};

/** Where one begins: the dialog would give the focus to the button that closes it. */
function first(box: HTMLInputElement | null): void {
  box?.setAttribute('autofocus', '');
}

/** The partition for whoever does not draw it: the nodes of one side are ticked, the links between the sides are cut. */
export function PartitionDialog({ session, close, preview, scene }: Props): ReactNode {
  const text = useText();
  const frame = session.player.frame();
  const selection = session.store.getState().selection;
  const [side, setSide] = useState<ReadonlySet<NodeId>>(() => new Set(selection?.kind === 'node' ? [selection.id] : []));
  if (!frame) return null;
  const links = linksBetween(frame, side);
  const toggle = (node: NodeId, chosen: boolean): void => {
    const next = new Set(side);
    if (chosen) next.add(node);
    else next.delete(node);
    setSide(next);
    preview(linksBetween(frame, next));
  };
  const cut = (): void => {
    const drawn = scene();
    close();
    if (drawn) void session.act({ kind: 'partition', cuts: dividingCuts(links, side, drawn) });
  };
  return (
    <Dialog title={text('stage.partition.title')} close={close}>
      <div className="partition">
        <p>{text('stage.partition.what')}</p>
        <ul>
          {frame.nodes.map(({ spec }, at) => (
            <li key={spec.id}>
              <label>
                <input ref={at === 0 ? first : undefined} type="checkbox" checked={side.has(spec.id)} onChange={(event) => toggle(spec.id, event.target.checked)} />
                {spec.label}
              </label>
            </li>
          ))}
        </ul>
      </div>
      <button type="button" className="btn primary" disabled={links.length === 0} onClick={cut}>
        {text('stage.partition.cut', { count: links.length })}
      </button>
    </Dialog>
  );
}
