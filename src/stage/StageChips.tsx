import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useText } from '../i18n/text.ts';
import { Icon } from '../kit/icons.tsx';
import { useFrame } from '../kit/useFrame.ts';
import type { Session } from '../simulation/types.ts';
import type { News } from './news.ts';

type Props = { readonly session: Session; readonly agreement: () => ReturnType<News['agreement']> };

/** How the checks stand: what is broken first, good news quietly. Each opens its page in the drawer. */
export function StageChips({ session, agreement }: Props): ReactNode {
  const text = useText();
  const index = useStore(session.store, (state) => state.index);
  const frame = useFrame(session);
  if (!index || !frame) return null;
  const broken = [...new Set(index.violations.filter(({ event }) => event <= frame.playhead.event).map(({ invariant }) => invariant))];
  const agreed = agreement();
  const holding = index.invariants.filter(({ name }) => !broken.includes(name)).length;
  const openChecks = (): void => session.store.setState({ drawer: 'checks' });
  return (
    <div className="chips">
      {broken.map((invariant) => (
        <button key={invariant} type="button" className="chip bad" onClick={openChecks}>
          <Icon name="close" size={13} />
          <span>{invariant}</span>
        </button>
      ))}
      {holding > 0 ? (
        <button type="button" className={`chip ok ${broken.length > 0 ? 'only-desk' : ''}`} onClick={openChecks}>
          <Icon name="check" size={13} />
          <span>{text('stage.chip.hold', { count: holding })}</span>
        </button>
      ) : null}
      {agreed ? <span className="chip only-desk">{text('stage.chip.agree', agreed)}</span> : null}
    </div>
  );
}
