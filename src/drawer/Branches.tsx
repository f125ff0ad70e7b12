import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { BranchId, BranchInfo } from '../../workers/contract.ts';
import { deedText } from '../caption/deeds.ts';
import { formatInstant } from '../i18n/format.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { translate, useText } from '../i18n/text.ts';
import type { Session } from '../simulation/types.ts';
import { Page } from './Page.tsx';

/** What was changed to get into this branch: its name. */
function branchName(branch: BranchInfo, branches: readonly BranchInfo[], session: Session): string {
  const names = sessionNames(session);
  const { edit } = branch;
  if (!edit) return translate('drawer.branches.first');
  if (edit.kind !== 'remove') return deedText(edit.do, names);
  const removed = branches.find(({ branch: id }) => id === branch.parent)?.interventions.find(({ id }) => id === edit.id);
  return translate('drawer.branches.without', { deed: removed ? deedText(removed.do, names) : edit.id });
}

type Digests = { readonly [branch: BranchId]: string };

/** The tree of branches. A click goes on in that branch; the digests of whole runs tell whether two end alike. */
export function Branches({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const branches = useStore(session.store, (state) => state.branches);
  const current = useStore(session.store, (state) => state.branch);
  const [digests, setDigests] = useState<Digests | 'asked'>({});
  const compare = async (): Promise<void> => {
    setDigests('asked');
    const { run } = session.store.getState().info;
    const found = await Promise.all(branches.map(async ({ branch }) => [branch, await session.simulator.digest(run, branch)] as const));
    setDigests(Object.fromEntries(found));
  };
  const root = branches.filter(({ parent }) => parent === null);
  return (
    <Page name={text('drawer.branches')}>
      <Level session={session} level={root} branches={branches} current={current} digests={digests === 'asked' ? {} : digests} />
      <div className="comparison">
        <button type="button" className="btn ghost small" disabled={digests === 'asked'} onClick={() => void compare()}>
          {text('drawer.branches.compare')}
        </button>
        {digests === 'asked' ? <output className="muted">{text('drawer.branches.computing')}</output> : null}
      </div>
    </Page>
  );
}

type LevelProps = {
  readonly session: Session;
  readonly level: readonly BranchInfo[];
  readonly branches: readonly BranchInfo[];
  readonly current: BranchId;
  readonly digests: Digests;
};

function Level({ session, level, branches, current, digests }: LevelProps): ReactNode {
  const text = useText();
  return (
    <ul className="branchtree">
      {level.map((branch) => {
        const children = branches.filter(({ parent }) => parent === branch.branch);
        const digest = digests[branch.branch];
        const same = digest !== undefined && branch.branch !== current && digest === digests[current];
        return (
          <li key={branch.branch}>
            <button
              type="button"
              className="branchrow"
              aria-current={branch.branch === current ? 'true' : undefined}
              onClick={() => session.switchBranch(branch.branch)}
            >
              <span className="name">{branchName(branch, branches, session)}</span>
              {branch.edit ? <span className="muted">{text('drawer.branches.from', { time: formatInstant(branch.forkTime) })}</span> : null}
              {digest === undefined ? null : <span className="mono digest">{digest.slice(0, 12)}</span>}
              {same ? <span className="muted">{text('drawer.branches.same')}</span> : null}
            </button>
            {children.length > 0 ? <Level session={session} level={children} branches={branches} current={current} digests={digests} /> : null}
          </li>
        );
      })}
    </ul>
  );
}
