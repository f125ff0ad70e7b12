import type { ReactNode } from 'react';
import type { JsonObject } from '../../workers/model/json.ts';
import { choiceItems } from '../controls/PolicyButton.tsx';
import { parameterOf } from '../controls/settings.ts';
import { useSettings } from '../controls/useSettings.ts';
import { useText } from '../i18n/text.ts';
import { Menu } from '../kit/Menu.tsx';
import type { Session } from '../simulation/types.ts';
import { namingControl } from './beside.ts';

type Props = { readonly session: Session; readonly at: { readonly x: number; readonly y: number }; readonly compare: (set: JsonObject) => void; readonly close: () => void };

/** With which policy a second run is to stand beside this one. */
export function CompareMenu({ session, at, compare, close }: Props): ReactNode {
  const text = useText();
  const settingsOn = useSettings(session);
  const { scenario } = session.store.getState().info;
  const naming = namingControl(scenario);
  const parameter = naming && parameterOf(scenario, naming.protocol, naming.control);
  if (!parameter) return null;
  const { protocol, control } = naming;
  const now = settingsOn(protocol, null)[control.setting];
  return <Menu title={text('beside.compare')} items={choiceItems(control, now, (value) => compare({ [parameter.name]: value }), text)} at={at} close={close} />;
}
