import { lazy, Suspense, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useText } from '../i18n/text.ts';
import { Icon } from '../kit/icons.tsx';
import { PHONE, useMedia } from '../kit/useMedia.ts';
import type { Session } from '../simulation/types.ts';

// The first screen is shown before anybody opens the drawer.
const DesktopDrawer = lazy(async () => ({ default: (await import('./DrawerPanels.tsx')).DesktopDrawer }));
const PhonePanel = lazy(async () => ({ default: (await import('./DrawerPanels.tsx')).PhonePanel }));

/** Lists below the caption: events, packets, branches, checks, numbers. On a phone always there, with the inspector as a tab. */
export function Drawer({ session }: { readonly session: Session }): ReactNode {
  const phone = useMedia(PHONE);
  const open = useStore(session.store, (state) => state.drawer);
  if (!phone && open === 'closed') return null;
  return (
    <Suspense fallback={<div className="drawer" />}>
      {phone ? <PhonePanel session={session} /> : <DesktopDrawer session={session} />}
    </Suspense>
  );
}

/** Opens the drawer at its space–time diagram; it stands on the stage, at the lower right. */
export function DrawerOpener({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const closed = useStore(session.store, (state) => state.drawer === 'closed');
  if (!closed) return null;
  return (
    <button type="button" className="opener only-desk" title={`${text('drawer.spacetime')} (S)`} onClick={() => session.store.setState({ drawer: 'spacetime' })}>
      {text('drawer.spacetime')}
      <Icon name="up" size={14} />
    </button>
  );
}
