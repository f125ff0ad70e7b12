import type { ReactNode } from 'react';
import type { Parameter, Scenario } from '../../workers/model/scenario.ts';
import { formatDuration, formatNumber } from '../i18n/format.ts';
import { hasText, useText, type Translate } from '../i18n/text.ts';
import { Icon } from '../kit/icons.tsx';
import type { Shown } from './groups.ts';
import { TraceField } from './TraceField.tsx';

type Props = {
  readonly shown: Shown;
  readonly scenario: Scenario;
  /** The id of its field in the document. */
  readonly id: string;
  /** What stands in the field, as it is typed. */
  readonly value: string;
  /** What the scenario itself has there, where it has something else. */
  readonly own: string | null;
  readonly change: (value: string) => void;
};

/** A parameter: what it is, its name for `--set`, what it may be, its field; where it is not as the scenario has it, the way back. */
export function ParameterField({ shown, scenario, id, value, own, change }: Props): ReactNode {
  const text = useText();
  const { parameter, setting } = shown;
  const isTrace = parameter.type === 'trace';
  const range = isTrace ? text('trace.what') : rangeOf(parameter, text);
  const note = setting === null && range === '' ? undefined : `${id}-note`;
  const field = { id, note, value, change };
  return (
    <div className={['param', isTrace && 'wide', own !== null && 'differs'].filter(Boolean).join(' ')}>
      <label htmlFor={id}>{setting === null ? <code>{parameter.name}</code> : nameOf(shown, text)}</label>
      {note === undefined ? null : (
        <small id={note}>
          {setting === null ? null : <code>{parameter.name}</code>} <span>{range}</span>
        </small>
      )}
      {isTrace ? <TraceField {...field} /> : <ValueField shown={shown} scenario={scenario} {...field} />}
      {own === null ? null : <AsOwn own={choiceName(shown, own, text)} back={() => change(own)} />}
    </div>
  );
}

/** Puts back what the scenario has. */
export function AsOwn({ own, back }: { readonly own: string; readonly back: () => void }): ReactNode {
  const text = useText();
  return (
    <button type="button" className="asown" onClick={back}>
      <Icon name="undo" size={14} />
      <span>{text('parameters.own', { value: own === '' || own.includes('\n') ? '–' : own })}</span>
    </button>
  );
}

type ValueProps = Pick<Props, 'shown' | 'scenario' | 'id' | 'value' | 'change'> & { readonly note: string | undefined };

function ValueField({ shown, scenario, id, note, value, change }: ValueProps): ReactNode {
  const text = useText();
  const { parameter, setting, control } = shown;
  const described = { id, 'aria-describedby': note };
  if (parameter.type === 'boolean' && !parameter.list) {
    const holds = value === 'true';
    return <input {...described} type="checkbox" role="switch" className="switch" aria-checked={holds} checked={holds} onChange={() => change(String(!holds))} />;
  }
  const choices = choicesOf(parameter, scenario);
  if (!choices) return <input {...described} autoComplete="off" spellCheck={false} value={value} onChange={(event) => change(event.target.value)} />;
  const option = (choice: string): ReactNode => <option key={choice} value={choice}>{nodeName(scenario, parameter, choice) ?? choiceName(shown, choice, text)}</option>;
  return (
    <select {...described} value={value} onChange={(event) => change(event.target.value)}>
      {control?.groups?.map(({ id: group, choices: some }) => <optgroup key={group} label={text(`setting.${setting}.group.${group}`)}>{some.map(option)}</optgroup>) ?? choices.map(option)}
    </select>
  );
}

/** What a parameter is called, as it stands inside a sentence. */
export function nameOf({ parameter, setting }: Shown, text: Translate): string {
  return setting === null ? parameter.name : text(`setting.${setting}`);
}

function choiceName({ parameter, setting }: Shown, value: string, text: Translate): string {
  if (parameter.type === 'boolean' && !parameter.list) return text(value === 'true' ? 'parameters.on' : 'parameters.off');
  const key = `setting.${setting}.${value}`;
  return parameter.choices && hasText(key) ? text(key) : value;
}

function nodeName({ topology }: Scenario, { type }: Parameter, value: string): string | null {
  if (type !== 'node') return null;
  const node = topology.nodes.find(({ id }) => id === value);
  if (!node) return '–';
  return node.name === undefined ? node.label : `${node.label} (${node.name})`;
}

function choicesOf({ type, list, choices, default: value }: Parameter, { topology }: Scenario): readonly string[] | null {
  if (list) return null;
  if (type === 'text') return choices ?? null;
  if (type !== 'node') return null;
  const nodes = topology.nodes.map(({ id }) => id);
  return value === '' ? ['', ...nodes] : nodes;
}

/** What a value may be, with its unit. */
function rangeOf({ type, list, minimum, maximum, prime }: Parameter, text: Translate): string {
  const write = type === 'duration' ? formatDuration : formatNumber;
  const from = minimum ?? (type === 'duration' ? 0 : undefined);
  const range = from !== undefined && maximum !== undefined ? `${write(from)} … ${write(maximum)}` : from !== undefined ? `≥ ${write(from)}` : maximum !== undefined ? `≤ ${write(maximum)}` : '';
  return [range, prime ? text('parameters.prime') : '', list ? text('parameters.list') : ''].filter((part) => part !== '').join(text('parameters.then'));
}
