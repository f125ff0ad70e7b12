import { useEffect, useRef, type ReactNode } from 'react';
import type { Control } from '../../workers/model/control.ts';
import type { Json } from '../../workers/model/json.ts';
import type { Parameter } from '../../workers/model/scenario.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { hasText, useText } from '../i18n/text.ts';
import { IconButton } from '../kit/IconButton.tsx';
import { TypedField } from '../kit/TypedField.tsx';
import { stepped, withOne } from './settings.ts';
import { readSetting, showSetting, singly } from './values.ts';

type SwitchProps = { readonly name: string; readonly holds: boolean; readonly change: (holds: boolean) => void };

export function Switch({ name, holds, change }: SwitchProps): ReactNode {
  return <input type="checkbox" role="switch" className="switch" aria-label={name} aria-checked={holds} checked={holds} onChange={() => change(!holds)} />;
}

type SettingProps = {
  readonly parameter: Parameter;
  readonly setting: string;
  readonly step: Control['step'];
  readonly value: Json;
  /** How it is called. */
  readonly name: string;
  readonly change: (value: Json) => void;
};

/** One setting, by its type: a switch, a choice of a few, or a field, with buttons for less and more where that is useful. */
export function SettingField({ parameter, setting, step, value, name, change }: SettingProps): ReactNode {
  const text = useText();
  if (parameter.type === 'boolean') return <Switch name={name} holds={value === true} change={change} />;
  if (parameter.choices) {
    return (
      <select className="field" aria-label={name} value={typeof value === 'string' ? value : ''} onChange={(event) => change(event.target.value)} onKeyDown={(event) => event.stopPropagation()}>
        {parameter.choices.map((choice) => <option key={choice} value={choice}>{hasText(`setting.${setting}.${choice}`) ? text(`setting.${setting}.${choice}`) : choice}</option>)}
      </select>
    );
  }
  const field = (
    <TypedField
      name={name}
      shown={showSetting(parameter, value)}
      read={(typed) => {
        const read = readSetting(parameter, typed, name);
        return 'wrong' in read ? { problem: text(read.wrong.key, read.wrong.args) } : read;
      }}
      change={change}
    />
  );
  if (step === undefined || typeof value !== 'number') return field;
  return <Stepper step={step} value={value} range={parameter} name={name} change={change}>{field}</Stepper>;
}

type StepperProps = {
  readonly step: NonNullable<Control['step']>;
  readonly value: number;
  readonly range: Pick<Parameter, 'minimum' | 'maximum'>;
  readonly name: string;
  readonly change: (value: number) => void;
  readonly children: ReactNode;
};

/** A field between buttons for less and more. */
function Stepper({ step, value, range, name, change, children }: StepperProps): ReactNode {
  const text = useText();
  // A press goes on from the last one, whose change may still be under way: values that were asked for and did not come yet.
  const asked = useRef<readonly number[]>([]);
  useEffect(() => {
    if (!asked.current.includes(value) || asked.current.at(-1) === value) asked.current = [];
  }, [value]);
  const press = (direction: 1 | -1): void => {
    const last = asked.current.at(-1) ?? value;
    const next = stepped(step, last, direction, range);
    if (next === last) return;
    asked.current = [...asked.current, next];
    change(next);
  };
  return (
    <span className="stepper">
      <IconButton icon="minus" size={12} name={text('setting.less', { setting: name })} onClick={() => press(-1)} />
      {children}
      <IconButton icon="plus" size={12} name={text('setting.more', { setting: name })} onClick={() => press(1)} />
    </span>
  );
}

/** What a node has that was given nothing: weight 1, speed 1. */
const USUAL = 1;

/** The value of one node in a list of all of them. */
export function OneField({ nodes, node, value, change, parameter, ...rest }: SettingProps & { readonly nodes: readonly NodeId[]; readonly node: NodeId }): ReactNode {
  const place = nodes.indexOf(node);
  const own = (Array.isArray(value) ? (value as readonly Json[])[place] : undefined) ?? USUAL;
  return <SettingField {...rest} parameter={singly(parameter)} value={own} change={(next) => change(withOne(value, nodes.length, place, next, USUAL))} />;
}

/** With more nodes than this, their values are typed as a list. */
export const FIELDS_MAX = 16;

/** A field a node. */
export function EachField({ nodes, name, step: _step, ...rest }: SettingProps & { readonly nodes: readonly NodeId[] }): ReactNode {
  const text = useText();
  return (
    <fieldset className="each">
      <legend>{name}</legend>
      {nodes.map((node) => (
        <label key={node}>
          <span aria-hidden="true">{node}</span>
          <OneField {...rest} nodes={nodes} node={node} step={undefined} name={text('setting.of', { setting: name, node })} />
        </label>
      ))}
    </fieldset>
  );
}
