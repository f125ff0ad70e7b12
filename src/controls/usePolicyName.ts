import { useStore } from 'zustand';
import type { Control } from '../../workers/model/control.ts';
import type { JsonObject } from '../../workers/model/json.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { useText } from '../i18n/text.ts';
import type { Session } from '../simulation/types.ts';
import { controlsOf } from './catalogue.ts';
import { named } from './settings.ts';
import { useSettings } from './useSettings.ts';

/** The setting that names a run, and what is set at the playhead where it is. */
export type Policy = { readonly protocol: string; readonly control: Control; readonly holder: NodeId; readonly settings: JsonObject };

/** The policy of a run; null where its scenario has none. */
export function usePolicy(session: Session): Policy | null {
  const scenario = useStore(session.store, ({ info }) => info.scenario);
  const settingsOn = useSettings(session);
  for (const { protocol } of scenario.processes) {
    const control = controlsOf(scenario, protocol).find(({ groups }) => groups !== undefined);
    const holder = control && named(settingsOn(protocol, null), control.at ?? '')[0];
    if (control && holder !== undefined) return { protocol, control, holder, settings: settingsOn(protocol, holder) };
  }
  return null;
}

/** What the policy that holds at the playhead is called; null where the scenario has none. */
export function usePolicyName(session: Session): string | null {
  const text = useText();
  const policy = usePolicy(session);
  const value = policy?.settings[policy.control.setting];
  return policy && typeof value === 'string' ? text(`setting.${policy.control.setting}.${value}`) : null;
}
