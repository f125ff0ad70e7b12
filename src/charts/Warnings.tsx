import type { ReactNode } from 'react';
import { NamesContext } from '../i18n/names.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { Text } from '../i18n/Text.tsx';
import { Icon } from '../kit/icons.tsx';
import type { Session } from '../simulation/types.ts';
import { useMeasures } from './measures.ts';

/** What most deserves a look in this run now, as a chip that leads to its node. The run's name stands close by: there is room for one. */
export function Warnings({ session }: { readonly session: Session }): ReactNode {
  const measures = useMeasures(session);
  const worst = measures?.warnings[0];
  if (!worst) return null;
  const { key, args = {} } = worst;
  const { node } = args;
  return (
    <NamesContext value={sessionNames(session)}>
      <button type="button" className="chip warn" onClick={typeof node === 'string' ? () => session.select({ kind: 'node', id: node }) : undefined}>
        <Icon name="warning" size={13} />
        <span><Text id={key} args={args} /></span>
      </button>
    </NamesContext>
  );
}
