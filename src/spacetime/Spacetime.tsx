import { useEffect, useRef, type ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { IconButton } from '../kit/IconButton.tsx';
import type { Session } from '../simulation/types.ts';
import { mountSpacetime, type MountedSpacetime } from './mount.ts';
import './spacetime.css';

/** How much nearer or further one press of a button goes. */
const STEP = 1.6;

/** The space–time diagram: a lifeline a node, an arrow a packet, time from left to right (on a phone downwards). */
export function Spacetime({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const root = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedSpacetime>(null);
  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    const diagram = mountSpacetime(element, session);
    mounted.current = diagram;
    return () => {
      mounted.current = null;
      diagram.destroy();
    };
  }, [session]);
  return (
    <section className="spacetime" aria-label={text('spacetime.title')}>
      <div ref={root} className="stdiagram" />
      <div className="stzoom">
        <IconButton icon="minus" name={text('spacetime.zoom-out')} shortcut="⇧Z" size={14} onClick={() => mounted.current?.zoom(STEP)} />
        <IconButton icon="plus" name={text('spacetime.zoom-in')} shortcut="Z" size={14} onClick={() => mounted.current?.zoom(1 / STEP)} />
      </div>
    </section>
  );
}
