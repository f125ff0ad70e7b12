import type { ReactNode } from 'react';
import { usePolicyName } from '../controls/usePolicyName.ts';
import { useRuns } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import './figures.css';

/** Which of two runs is being read: its letter and its policy; nothing where there is one. */
export function RunName({ session }: { readonly session: Session }): ReactNode {
  const runs = useRuns(session);
  const policy = usePolicyName(session);
  if (runs.length < 2) return null;
  return (
    <p className="runname">
      <b>{runs.find((run) => run.session === session)?.letter}</b> {policy}
    </p>
  );
}
