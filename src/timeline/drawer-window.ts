/** The stretch of the axis that the drawer's diagram shows: the diagram sets it, the rail shows it between brackets. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Session } from '../simulation/types.ts';
import type { AxisKind, Span } from './axis.ts';

export type DrawerWindow = {
  /** What is shown; null while the diagram is not. */
  readonly shown: { readonly kind: AxisKind; readonly span: Span } | null;
  /** How long the stretch is that somebody has chosen, by what the axis counts: remembered as long as the run is open. */
  readonly lengths: { readonly [kind in AxisKind]?: number };
};

const windows = new WeakMap<Session, StoreApi<DrawerWindow>>();

/** It moves with the playhead, so it is read past React. */
export function drawerWindow(session: Session): StoreApi<DrawerWindow> {
  const known = windows.get(session);
  if (known) return known;
  const made = createStore<DrawerWindow>(() => ({ shown: null, lengths: {} }));
  windows.set(session, made);
  return made;
}
