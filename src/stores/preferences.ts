import { useStore } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import type { Family } from '../../workers/model/scenario.ts';
import type { SessionState } from '../simulation/types.ts';

export type Theme = 'light' | 'dark' | 'system';
export type Language = 'en' | 'zh';

/** What a person has chosen for every run: kept on this machine, never part of a run. */
export type Preferences = {
  readonly theme: Theme;
  readonly language: Language;
  /** Whether keys without ⌘ or Ctrl do something (WCAG 2.1.4: they can be turned off). */
  readonly singleKeys: boolean;
  /** The drawer as it was left, for each family of scenarios. */
  readonly drawers: { readonly [family in Family]?: SessionState['drawer'] };
};

/** Chinese for whoever's browser asks for it, otherwise English. */
function languageOfBrowser(): Language {
  return globalThis.navigator?.language?.startsWith('zh') ? 'zh' : 'en';
}

export const preferences = createStore<Preferences>()(
  persist<Preferences>(
    () => ({ theme: 'system', language: languageOfBrowser(), singleKeys: true, drawers: {} }),
    { name: 'netsplit.preferences', version: 1, storage: createJSONStorage(() => localStorage) },
  ),
);

/** One of the preferences, in a React component. */
export function usePreference<Name extends keyof Preferences>(name: Name): Preferences[Name] {
  return useStore(preferences, (state) => state[name]);
}

export function setPreference<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
  preferences.setState({ [name]: value } as Pick<Preferences, Name>);
}

/** The name under which `public/theme.js` looks before the first paint. */
const THEME_KEY = 'netsplit.theme';

/**
 * Keeps the document's theme and language as they are preferred: `data-theme` on the root element (none: the
 * system's), and its `lang`.
 */
export function applyPreferences(root: HTMLElement): () => void {
  const apply = ({ theme, language }: Preferences): void => {
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
    root.lang = language === 'zh' ? 'zh-Hans' : 'en';
    try {
      if (theme === 'system') localStorage.removeItem(THEME_KEY);
      else localStorage.setItem(THEME_KEY, theme);
    } catch {
      // Storage is refused: the choice holds until the page is closed.
    }
  };
  apply(preferences.getState());
  return preferences.subscribe(apply);
}
