import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { brokenLine, invariantLine } from '../caption/violations.ts';
import { formatCount, formatInstant } from '../i18n/format.ts';
import { useText } from '../i18n/text.ts';
import { Text } from '../i18n/Text.tsx';
import { Icon } from '../kit/icons.tsx';
import type { Session } from '../simulation/types.ts';
import { Page } from './Page.tsx';

const HuntDialog = lazy(async () => ({ default: (await import('../hunt/HuntDialog.tsx')).HuntDialog }));

/** What must hold in this run, where that is written, and whether it has held so far. A click goes to where it did not. */
export function Checks({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const index = useStore(session.store, (state) => state.index);
  const invariants = index?.invariants ?? [];
  return (
    <Page name={text('drawer.checks')}>
      {invariants.length === 0 ? <p className="empty">{text('drawer.checks.none')}</p> : null}
      <FindBug session={session} />
      <ul className="checks">
        {invariants.map(({ name, source, broken }) => {
          const line = invariantLine(name);
          const violations = index?.violations.filter(({ invariant }) => invariant === name) ?? [];
          return (
            <li key={name} className={broken ? 'bad' : undefined}>
              <Icon name={broken ? 'close' : 'check'} size={14} />
              <div>
                <p><b><Text id={line.key} args={line.args} /></b> <span className="muted">{source}</span></p>
                {violations.slice(0, SHOWN).map((violation) => {
                  const broke = brokenLine(violation);
                  return (
                    <button key={violation.event} type="button" className="inlineb" onClick={() => session.player.seekEvent(violation.event)}>
                      <span>
                        <span className="mono">{formatInstant(violation.time)}</span> <Text id={broke.key} args={broke.args} />
                      </span>
                    </button>
                  );
                })}
                {violations.length > SHOWN ? <p className="muted">{text('drawer.checks.more', { count: formatCount(violations.length - SHOWN) })}</p> : null}
              </div>
              <span className="state">{text(broken ? 'drawer.checks.broken' : 'drawer.checks.holds')}</span>
            </li>
          );
        })}
      </ul>
    </Page>
  );
}

/** Who wants to see a check broken lets the machine look for a run that breaks it. */
function FindBug({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const [hunting, setHunting] = useState(false);
  return (
    <div className="panelacts">
      <button type="button" className="btn ghost" onClick={() => setHunting(true)}>
        <Icon name="search" />
        {text('app.hunt')}
      </button>
      {hunting ? (
        <Suspense>
          <HuntDialog session={session} close={() => setHunting(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** The first violations of an invariant say enough. */
const SHOWN = 5;
