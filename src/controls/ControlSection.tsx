import { memo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Control } from '../../workers/model/control.ts';
import type { Json, JsonObject } from '../../workers/model/json.ts';
import type { Parameter } from '../../workers/model/scenario.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { useText } from '../i18n/text.ts';
import type { Session } from '../simulation/types.ts';
import { controlsOf } from './catalogue.ts';
import { EachField, FIELDS_MAX, OneField, SettingField, Switch } from './fields.tsx';
import { ChoiceButton } from './PolicyButton.tsx';
import { applies, controlsAt, deedOf, holderOf, named, OPEN_MAX, parameterOf, withMember } from './settings.ts';
import { useSettings, type Settings } from './useSettings.ts';
import './controls.css';

type Props = { readonly session: Session; readonly node: NodeId };

/** What can be set at a node while the run plays. Nothing where its protocols offer nothing. It does not hang on the picture, which changes many times a second. */
export const ControlSections = memo(DrawnSections);

function DrawnSections({ session, node }: Props): ReactNode {
  const { scenario } = useStore(session.store, ({ info }) => info);
  const settingsOn = useSettings(session);
  return scenario.processes.map(({ protocol, nodes }) => {
    if (nodes !== 'all' && !nodes.includes(node)) return null;
    const own = settingsOn(protocol, node);
    const controls = controlsAt(controlsOf(scenario, protocol), own, node).filter((control) => applies(control, settingsOn(protocol, holderOf(control, own, node))));
    return controls.length === 0 ? null : <ControlSection key={protocol} session={session} node={node} protocol={protocol} controls={controls} settingsOn={settingsOn} />;
  });
}

type SectionProps = Props & { readonly protocol: string; readonly controls: readonly Control[]; readonly settingsOn: Settings };

function ControlSection({ controls, ...rest }: SectionProps): ReactNode {
  const text = useText();
  const rows = (some: readonly Control[]): ReactNode => (
    <table className="tbl fields controls">
      <tbody>{some.map((control) => <ControlRow key={control.setting} control={control} {...rest} />)}</tbody>
    </table>
  );
  const others = controls.slice(OPEN_MAX);
  return (
    <div className="sec">
      <div className="h"><h3>{text('parameters.title')}</h3></div>
      {rows(controls.slice(0, OPEN_MAX))}
      {others.length === 0 ? null : (
        <details>
          <summary className="muted">{text('setting.others', { count: others.length })}</summary>
          {rows(others)}
        </details>
      )}
    </div>
  );
}

type RowProps = Omit<SectionProps, 'controls'> & { readonly control: Control };

function ControlRow({ session, node, protocol, control, settingsOn }: RowProps): ReactNode {
  const text = useText();
  const { scenario } = session.store.getState().info;
  const { setting, at, each, members } = control;
  const settings = settingsOn(protocol, holderOf(control, settingsOn(protocol, node), node));
  const name = text(members || (each !== undefined && at === each) ? `setting.${setting}.one` : `setting.${setting}`);
  const change = (value: Json): void => void session.act(deedOf(control, settings, protocol, node, value));
  const field = <ControlField control={control} settings={settings} node={node} parameter={parameterOf(scenario, protocol, control)} name={name} change={change} />;
  return isSpread(control, settings) ? (
    <tr><td colSpan={2}>{field}</td></tr>
  ) : (
    <tr>
      <th scope="row">{name}</th>
      <td>{field}</td>
    </tr>
  );
}

/** Whether there is a field for each of several nodes. */
function isSpread({ at, each }: Control, settings: JsonObject): boolean {
  return each !== undefined && at !== each && named(settings, each).length <= FIELDS_MAX;
}

type FieldProps = {
  readonly control: Control;
  readonly settings: JsonObject;
  readonly node: NodeId;
  readonly parameter: Parameter | undefined;
  readonly name: string;
  readonly change: (value: Json) => void;
};

function ControlField({ control, settings, node, parameter, name, change }: FieldProps): ReactNode {
  const { setting, at, each, members, groups, step } = control;
  if (members) return <Switch name={name} holds={named(settings, setting).includes(node)} change={(holds) => change(withMember(settings, setting, node, holds))} />;
  if (groups) return <ChoiceButton control={control} settings={settings} aside={[]} choose={change} />;
  if (!parameter) return null;
  const field = { parameter, setting, step, value: settings[setting] ?? parameter.default, name, change };
  if (each === undefined) return <SettingField {...field} />;
  const nodes = named(settings, each);
  if (at === each) return <OneField {...field} nodes={nodes} node={node} />;
  return isSpread(control, settings) ? <EachField {...field} nodes={nodes} /> : <SettingField {...field} step={undefined} />;
}
