import type { ReactNode } from 'react';
import { Figures } from '../charts/Figures.tsx';
import { PolicyButton } from '../controls/PolicyButton.tsx';
import { useRuns } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import './beside.css';

/** What a run is called and how it does, over its stage. */
export function RunHead({ session }: { readonly session: Session }): ReactNode {
  const run = useRuns(session).find((each) => each.session === session);
  return (
    <>
      <div className="runhead">
        {run?.letter ? <b className="letter">{run.letter}</b> : null}
        <PolicyButton session={session} />
      </div>
      <div className="runfigures">
        <Figures session={session} />
      </div>
    </>
  );
}
