import { lazy, Suspense, type ReactNode } from 'react';
import type { Session } from '../simulation/types.ts';

const StageTables = lazy(async () => ({ default: (await import('./StageTables.tsx')).StageTables }));

/** The stage as tables, with the same commands: for whoever does not see it, or would rather read (key T). Loaded when it is wanted. */
export function StageTable({ session }: { readonly session: Session }): ReactNode {
  return (
    <Suspense>
      <StageTables session={session} />
    </Suspense>
  );
}
