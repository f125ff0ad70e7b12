import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { NamesContext } from '../i18n/names.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import { useFrame } from '../kit/useFrame.ts';
import { PHONE, useMedia } from '../kit/useMedia.ts';
import type { Frame, Selection, Session } from '../simulation/types.ts';
import { NodeInspector } from './NodeInspector.tsx';
import './inspector.css';

// A scenario may open with a node selected, never with a link or a packet.
const LinkInspector = lazy(async () => ({ default: (await import('./LinkInspector.tsx')).LinkInspector }));
const PacketInspector = lazy(async () => ({ default: (await import('./PacketInspector.tsx')).PacketInspector }));

/** Everything about what is selected; it exists only while something is. On a phone it is a tab of the drawer instead. */
export function Inspector({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const selected = useStore(session.store, (state) => state.selection !== null);
  const phone = useMedia(PHONE);
  if (!selected || phone) return null;
  return (
    <section className="inspector" aria-label={text('inspector.title')}>
      <InspectorBody session={session} />
    </section>
  );
}

/** What the inspector holds, for wherever it is shown. */
export function InspectorBody({ session }: { readonly session: Session }): ReactNode {
  const selection = useStore(session.store, (state) => state.selection);
  const frame = useFrame(session);
  const gone = selection !== null && frame !== null && !exists(selection, frame);
  // A node or link that this branch does not have cannot be looked at; a packet that has arrived can.
  useEffect(() => {
    if (gone) session.select(null);
  }, [session, gone]);
  if (!selection || !frame || gone) return null;
  return (
    <NamesContext value={sessionNames(session)}>
      <div className="inspectorbody" key={`${selection.kind} ${selection.id}`} tabIndex={-1}>
        <Suspense>
          <Body session={session} selection={selection} frame={frame} />
        </Suspense>
      </div>
    </NamesContext>
  );
}

function exists(selection: Selection, frame: Frame): boolean {
  switch (selection.kind) {
    case 'node':
      return frame.nodes.some(({ spec }) => spec.id === selection.id);
    case 'link':
      return frame.links.some(({ spec }) => spec.id === selection.id);
    case 'packet':
      return true;
  }
}

type BodyProps = { readonly session: Session; readonly selection: Selection; readonly frame: Frame };

function Body({ session, selection, frame }: BodyProps): ReactNode {
  switch (selection.kind) {
    case 'node': {
      const node = frame.nodes.find(({ spec }) => spec.id === selection.id);
      return node ? <NodeInspector session={session} frame={frame} node={node} /> : null;
    }
    case 'link': {
      const link = frame.links.find(({ spec }) => spec.id === selection.id);
      return link ? <LinkInspector session={session} frame={frame} link={link} /> : null;
    }
    case 'packet':
      return <PacketInspector session={session} frame={frame} packet={selection.id} />;
  }
}
