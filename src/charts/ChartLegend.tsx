import type { ReactNode } from 'react';
import { usePolicyName } from '../controls/usePolicyName.ts';
import { useRuns, type RunOnPage } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import { Mark } from './PercentilesChart.tsx';

/** Which line is which run's; nothing where there is one. */
export function ChartLegend({ session }: { readonly session: Session }): ReactNode {
  const runs = useRuns(session);
  if (runs.length < 2) return null;
  return (
    <div className="legend">
      {runs.map((run) => <Key key={run.letter} run={run} />)}
    </div>
  );
}

function Key({ run: { session, letter } }: { readonly run: RunOnPage }): ReactNode {
  const policy = usePolicyName(session);
  return (
    <span>
      <svg className="ig" width={30} height={12} viewBox="0 0 30 12" aria-hidden="true">
        <path className={`${letter === 'A' ? 'ca' : 'cb'} main`} d="M1 6H29" />
        <Mark letter={letter} x={15} y={6} />
      </svg>
      {letter} {policy}
    </span>
  );
}
