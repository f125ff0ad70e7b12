import { use, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { deedText } from '../caption/deeds.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import { findBranch } from '../simulation/branches.ts';
import { useRuns } from '../simulation/runs.ts';
import type { Session, SessionState } from '../simulation/types.ts';
import { CompareContext } from './compare.ts';

type Way = { readonly name: string; readonly possible: boolean };

/** Undo and redo, each named by the deed that it takes back or brings again: of two runs the latest in either. */
export function useHistory(session: Session): { readonly undo: Way; readonly redo: Way } {
  const text = useText();
  const { pair } = use(CompareContext);
  const [first = session, second = session] = useRuns(session).map((run) => run.session);
  useStore(first.store, historyOf);
  useStore(second.store, historyOf);
  useSyncExternalStore(
    (changed) => pair?.store.subscribe(changed) ?? (() => {}),
    () => pair?.store.getState().deeds ?? 0,
  );
  const way = (kind: 'undo' | 'redo', of: Session, touched: number | null): Way => {
    const info = touched === null ? undefined : findBranch(of.store.getState().branches, touched);
    const edit = info?.edit;
    if (!edit) return { name: text(`app.${kind}`), possible: false };
    if (edit.kind === 'remove') return { name: text(`app.${kind}`), possible: true };
    return { name: text(`app.${kind}.deed`, { deed: deedText(edit.do, sessionNames(of)) }), possible: true };
  };
  const undoes = pair?.lastDone()[0] ?? session;
  const redoes = pair?.lastUndone()[0] ?? session;
  return { undo: way('undo', undoes, undoes.store.getState().branch), redo: way('redo', redoes, redoes.store.getState().undone?.at(-1) ?? null) };
}

/** Changes with whatever can be undone or done again. */
function historyOf({ branch, branches, undone = [] }: SessionState): string {
  return `${branch} ${branches.length} ${undone.join(',')}`;
}
