import type { ReactNode } from 'react';
import { Figures } from '../charts/Figures.tsx';
import { PolicyButton } from '../controls/PolicyButton.tsx';
import { useText } from '../i18n/text.ts';
import { viewOf } from '../kit/views.ts';
import { useRuns } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import './beside.css';

/** What a run is called and how it does, over its stage. */
export function RunHead({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const letter = useRuns(session).find((each) => each.session === session)?.letter ?? null;
  return (
    <>
      <div className="runhead">
        {letter ? <b className="letter" aria-hidden="true">{letter}</b> : null}
        <PolicyButton session={session} />
      </div>
      {session.store.getState().info.charts ? (
        <div className="runfigures">
          <Figures session={session} />
        </div>
      ) : null}
      {letter === 'B' ? <p className="arrivals">{text(asksOnAnswers(session) ? 'beside.closed' : 'beside.same')}</p> : null}
    </>
  );
}

/** Whether clients ask again only when they are answered. */
function asksOnAnswers(session: Session): boolean {
  const { processes } = session.store.getState().info.scenario;
  return processes.some(({ protocol, config }) => viewOf(protocol)?.asksOnAnswers?.(config) ?? false);
}
