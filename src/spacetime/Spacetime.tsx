import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import type { Session } from '../simulation/types.ts';

/** The space–time diagram: a lifeline a node, an arrow a packet, time from left to right. */
export function Spacetime({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  return <section className="spacetime" aria-label={text('spacetime.title')} data-run={session.store.getState().info.run} />;
}
