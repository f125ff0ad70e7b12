import { createContext, use } from 'react';
import type { Session } from './types.ts';

/** A run on the page, and the letter by which it is called where two stand side by side. */
export type RunOnPage = { readonly session: Session; readonly letter: 'A' | 'B' | null };

/** The runs that stand side by side on one clock; empty where there is only one. */
export const RunsContext = createContext<readonly RunOnPage[]>([]);

/** All runs on the page, in their order: this one alone, or the two that are compared. */
export function useRuns(session: Session): readonly RunOnPage[] {
  const runs = use(RunsContext);
  return runs.length > 0 ? runs : [{ session, letter: null }];
}
