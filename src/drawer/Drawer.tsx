import { lazy, Suspense, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useText } from '../i18n/text.ts';
import { Icon } from '../kit/icons.tsx';
import { PHONE, useMedia } from '../kit/useMedia.ts';
import { useRuns } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import { firstPage } from './pages.ts';

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

/** Opens the drawer at its first page; it stands on the stage, at the lower right. */
export function DrawerOpener({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const closed = useStore(session.store, (state) => state.drawer === 'closed');
  const runs = useRuns(session);
  if (!closed) return null;
  const page = firstPage(session);
  const name = text(page === 'charts' && runs.length > 1 ? 'drawer.compare' : `drawer.${page}`);
  return (
    <button type="button" className="opener only-desk" title={`${name} (S)`} onClick={() => session.store.setState({ drawer: page })}>
      {name}
      <Icon name="up" size={14} />
    </button>
  );
}
