import { lazy, Suspense, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { NodeId } from '../../workers/model/topology.ts';
import { invariantText } from '../caption/violations.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import { Icon } from '../kit/icons.tsx';
import { useFrame } from '../kit/useFrame.ts';
import type { Frame, Session } from '../simulation/types.ts';
import { powerless, withoutMajoritySince } from './islands.ts';
import type { News } from './news.ts';

// Only where a run is measured as it goes.
const Warnings = lazy(async () => ({ default: (await import('../charts/Warnings.tsx')).Warnings }));

type Props = { readonly session: Session; readonly agreement: () => ReturnType<News['agreement']> };

/** How the checks stand: what is broken first, good news quietly. Each opens its page in the drawer. */
export function StageChips({ session, agreement }: Props): ReactNode {
  const text = useText();
  const index = useStore(session.store, (state) => state.index);
  const measured = useStore(session.store, (state) => state.info.charts);
  const frame = useFrame(session);
  if (!index || !frame) return null;
  const broken = [...new Set(index.violations.filter(({ event }) => event <= frame.playhead.event).map(({ invariant }) => invariant))];
  const agreed = agreement();
  const weak = powerless(frame.nodes, frame.links);
  const holding = index.invariants.filter(({ name }) => !broken.includes(name)).length;
  const openChecks = (): void => session.store.setState({ drawer: 'checks' });
  return (
    <div className="chips">
      {broken.map((invariant) => (
        <button key={invariant} type="button" className="chip bad" onClick={openChecks}>
          <Icon name="close" size={13} />
          <span>{invariantText(invariant, text)}</span>
        </button>
      ))}
      {measured ? <Suspense fallback={null}><Warnings session={session} /></Suspense> : null}
      {holding > 0 ? (
        <button type="button" className={`chip ok ${broken.length > 0 || weak.length > 0 ? 'only-desk' : ''}`} onClick={openChecks}>
          <Icon name="check" size={13} />
          <span>{text('stage.chip.hold', { count: holding })}</span>
        </button>
      ) : null}
      {weak.slice(0, 1).map((leader) => <Powerless key={leader} session={session} frame={frame} leader={leader} />)}
      {agreed ? <span className="chip only-desk">{text('stage.chip.agree', agreed)}</span> : null}
    </div>
  );
}

/** A leader without a majority in reach: the one warning that a healthy protocol gives rise to. */
function Powerless({ session, frame, leader }: { readonly session: Session; readonly frame: Frame; readonly leader: NodeId }): ReactNode {
  const text = useText();
  const branch = useStore(session.store, (state) => state.branches.find((each) => each.branch === state.branch));
  const since = withoutMajoritySince(leader, frame.nodes, frame.links, branch?.interventions ?? [], frame.playhead.time);
  return (
    <button type="button" className="chip warn" onClick={() => session.select({ kind: 'node', id: leader })}>
      <Icon name="warning" size={13} />
      <span>{text('stage.chip.powerless', { node: leader }, sessionNames(session))}</span>
      {since === null ? null : <em className="only-desk">{text('stage.chip.since', { time: (since / 1e9).toFixed(3) })}</em>}
    </button>
  );
}
