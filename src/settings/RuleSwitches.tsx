import type { ReactNode } from 'react';
import type { RunInfo } from '../../workers/contract.ts';
import { hasText, useText } from '../i18n/text.ts';

type Rule = NonNullable<RunInfo['bugs']>[number];

type Props = { readonly rules: readonly Rule[]; readonly off: readonly string[]; readonly change: (off: readonly string[]) => void };

/** The rules of the scenario's protocols, each with a switch: what a rule is for shows when it is off. */
export function RuleSwitches({ rules, off, change }: Props): ReactNode {
  const text = useText();
  if (rules.length === 0) return null;
  return (
    <fieldset className="rules">
      <legend>{text('rules.title')}</legend>
      <p className="muted">{text('rules.what')}</p>
      {rules.map(({ name, rule }) => {
        const holds = !off.includes(name);
        return (
          <label key={name} className={holds ? 'rule' : 'rule off'}>
            <input type="checkbox" role="switch" className="switch" checked={holds} aria-checked={holds} onChange={() => change(holds ? [...off, name] : off.filter((other) => other !== name))} />
            <span>
              {hasText(`rule.${name}`) ? text(`rule.${name}`) : rule}
              <small><code>{name}</code> {sourceOf(rule)}</small>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** Where a rule stands: `Raft, section 5.2`. Names of papers and sections are the same in every language. */
function sourceOf(rule: string): string {
  return rule.slice(0, Math.max(0, rule.indexOf(': ')));
}
