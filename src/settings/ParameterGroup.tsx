import { useState, type ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import type { Group } from './groups.ts';
import { nameOf } from './ParameterField.tsx';

type Props = {
  readonly group: Group;
  /** How many of its settings are not as the scenario has them. */
  readonly differing: number;
  readonly folded: boolean;
  readonly children: ReactNode;
};

/** Settings that belong together: open, or folded away behind their names. */
export function ParameterGroup({ group: { id, shown }, differing, folded, children }: Props): ReactNode {
  const text = useText();
  // What has been opened once stays open, also when its last setting is again as the scenario has it.
  const [opened, setOpened] = useState(false);
  if (!folded) return <div className="params">{children}</div>;
  return (
    <details className="params" open={opened || differing > 0} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <b>{text(`setting.group.${id}`)}</b>
        {differing > 0 ? <em>{text('parameters.changed', { count: differing })}</em> : null}
        <small>{shown.map((each) => nameOf(each, text)).join(text('parameters.and'))}</small>
      </summary>
      {children}
    </details>
  );
}
