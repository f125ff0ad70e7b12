import { useStore } from 'zustand';
import { useText } from '../i18n/text.ts';
import type { Session } from '../simulation/types.ts';
import { controlsOf } from './catalogue.ts';
import { named } from './settings.ts';
import { useSettings } from './useSettings.ts';

/** What the policy that holds at the playhead is called; null where the scenario has none. */
export function usePolicyName(session: Session): string | null {
  const text = useText();
  const scenario = useStore(session.store, ({ info }) => info.scenario);
  const settingsOn = useSettings(session);
  for (const { protocol } of scenario.processes) {
    const control = controlsOf(scenario, protocol).find(({ groups }) => groups !== undefined);
    const holder = control && named(settingsOn(protocol, null), control.at ?? '')[0];
    const value = control && holder !== undefined ? settingsOn(protocol, holder)[control.setting] : undefined;
    if (control && typeof value === 'string') return text(`setting.${control.setting}.${value}`);
  }
  return null;
}
