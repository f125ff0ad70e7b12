import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Control } from '../../workers/model/control.ts';
import type { Json, JsonObject } from '../../workers/model/json.ts';
import { useText, type Translate } from '../i18n/text.ts';
import { Icon } from '../kit/icons.tsx';
import { Menu, type MenuItem } from '../kit/Menu.tsx';
import type { Session } from '../simulation/types.ts';
import { controlsOf } from './catalogue.ts';
import { applies, deedOf } from './settings.ts';
import { usePolicy } from './usePolicyName.ts';
import './controls.css';

type Props = { readonly session: Session };

/** The name of the policy that holds at the playhead; it opens the list of the others. Nothing where the scenario has none. */
export function PolicyButton({ session }: Props): ReactNode {
  const { scenario } = useStore(session.store, ({ info }) => info);
  const policy = usePolicy(session);
  if (!policy) return null;
  const { protocol, control, holder, settings } = policy;
  const choose = (value: string): void => void session.act(deedOf(control, settings, protocol, holder, value));
  const aside = controlsOf(scenario, protocol).filter((other) => other.beside && applies(other, settings));
  return <ChoiceButton control={control} settings={settings} aside={aside} choose={choose} />;
}

type ChoiceProps = { readonly control: Control; readonly settings: JsonObject; readonly aside: readonly Control[]; readonly choose: (value: string) => void };

/** A choice with many values, in groups, each with a line on it. */
export function ChoiceButton({ control, settings, aside, choose }: ChoiceProps): ReactNode {
  const text = useText();
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const value = settings[control.setting];
  const name = choiceName(control, value, text);
  const title = text(`setting.${control.setting}`);
  return (
    <>
      <button
        type="button"
        className="pickone"
        aria-haspopup="menu"
        aria-expanded={at !== null}
        aria-label={text('setting.is', { setting: title, value: name })}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setAt({ x: left, y: bottom + 4 });
        }}
      >
        <span className="t">{name}</span>
        {aside.map(({ setting }) => <small key={setting}>{text(`setting.${setting}.beside`, { value: JSON.stringify(settings[setting] ?? null) })}</small>)}
        <Icon name="down" size={14} />
      </button>
      {at ? <Menu title={title} items={choiceItems(control, value, choose, text)} at={at} close={() => setAt(null)} /> : null}
    </>
  );
}

function choiceName({ setting }: Control, value: Json | undefined, text: Translate): string {
  return typeof value === 'string' ? text(`setting.${setting}.${value}`) : '';
}

/** The choices of a control as the items of a menu. */
export function choiceItems(control: Control, now: Json | undefined, choose: (value: string) => void, text: Translate): readonly MenuItem[] {
  const { setting, groups = [] } = control;
  return groups.flatMap(({ id, choices }) =>
    choices.map((choice, place) => ({
      id: choice,
      name: choiceName(control, choice, text),
      about: text(`setting.${setting}.${choice}.how`),
      checked: choice === now,
      ...(place === 0 && { heading: text(`setting.${setting}.group.${id}`) }),
      act: () => {
        if (choice !== now) choose(choice);
      },
    })),
  );
}
