import { useEffect, useEffectEvent } from 'react';
import { preferences } from '../stores/preferences.ts';
import { shortcutOf, type ShortcutActions } from './shortcuts.ts';

/** Listens to the keys of time for as long as a run is on the page. */
export function useShortcuts(actions: ShortcutActions): void {
  const listen = useEffectEvent((press: KeyboardEvent): void => {
    if (press.defaultPrevented) return;
    const act = shortcutOf(press, preferences.getState().singleKeys, actions);
    if (!act) return;
    press.preventDefault();
    act();
  });
  useEffect(() => {
    const handle = (press: KeyboardEvent): void => listen(press);
    window.addEventListener('keydown', handle);
    return () => window.removeEventListener('keydown', handle);
  }, []);
}
