import type { ReactNode } from 'react';
import { NamesContext } from '../i18n/names.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { Text } from '../i18n/Text.tsx';
import { Icon } from '../kit/icons.tsx';
import { useRuns } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import { useMeasures } from './measures.ts';

/** Warnings that are shown at once: the worst say enough. Where two runs stand side by side, the name of each stands close by. */
const SHOWN = 2;
const SHOWN_OF_TWO = 1;

/** What deserves a look in this run now, as chips: each leads to its node. */
export function Warnings({ session }: { readonly session: Session }): ReactNode {
  const measures = useMeasures(session);
  const shown = useRuns(session).length > 1 ? SHOWN_OF_TWO : SHOWN;
  return (
    <NamesContext value={sessionNames(session)}>
      {(measures?.warnings ?? []).slice(0, shown).map(({ key, args = {} }, index) => {
        const { node } = args;
        return (
          <button key={`${key} ${String(node)}`} type="button" className={`chip warn ${index > 0 ? 'only-desk' : ''}`} onClick={typeof node === 'string' ? () => session.select({ kind: 'node', id: node }) : undefined}>
            <Icon name="warning" size={13} />
            <span><Text id={key} args={args} /></span>
          </button>
        );
      })}
    </NamesContext>
  );
}
