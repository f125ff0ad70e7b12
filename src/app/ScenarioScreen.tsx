import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Caption } from '../caption/Caption.tsx';
import { Drawer, DrawerOpener } from '../drawer/Drawer.tsx';
import { StageTable } from '../drawer/StageTable.tsx';
import { rememberRun } from '../gallery/last-run.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import type { SimulatorClient } from '../simulation/client.ts';
import type { Source } from '../simulation/session.ts';
import type { Session } from '../simulation/types.ts';
import { Stage } from '../stage/Stage.tsx';
import { Transport, type Asking } from '../timeline/Transport.tsx';
import { Bar } from './Bar.tsx';
import { showNow } from './now.ts';
import { useSession } from './useSession.ts';
import { useShortcuts } from './useShortcuts.ts';

/** One run: bar, stage, caption, drawer, inspector, transport. */
export function ScenarioScreen(props: { readonly client: SimulatorClient; readonly source: Source }): ReactNode {
  const [attempt, setAttempt] = useState(0);
  return <Opening key={attempt} again={() => setAttempt(attempt + 1)} {...props} />;
}

type OpeningProps = { readonly client: SimulatorClient; readonly source: Source; readonly again: () => void };

function Opening({ client, source, again }: OpeningProps): ReactNode {
  const text = useText();
  const opened = useSession(client, source);
  switch (opened.kind) {
    case 'opening':
      return <main className="sorry" data-idle="false" aria-busy="true" aria-label={text('app.opening')} />;
    case 'refused':
      return <Sorry sentence={text(opened.problem.key, opened.problem.args)} />;
    case 'failed':
      return <Sorry sentence={text('app.no-worker', { reason: opened.reason })} again={again} />;
    case 'open':
      return <Run session={opened.session} />;
  }
}

function Sorry({ sentence, again }: { readonly sentence: string; readonly again?: () => void }): ReactNode {
  const text = useText();
  return (
    <main className="sorry">
      <p role="alert">{sentence}</p>
      <div className="ways">
        {again ? (
          <button type="button" className="btn primary" onClick={again}>
            {text('app.again')}
          </button>
        ) : null}
        <a className="btn ghost" href="#/">
          {text('app.all-scenarios')}
        </a>
      </div>
    </main>
  );
}

function Run({ session }: { readonly session: Session }): ReactNode {
  const main = useRef<HTMLElement>(null);
  const [table, setTable] = useState(false);
  useEffect(() => (main.current ? showNow(main.current, session) : undefined), [session]);
  const [asking, ask] = useState<Asking>(null);
  useShortcuts({ session, toggleTable: () => setTable(!table), goTo: () => ask('go-to'), fork: () => ask('fork') });
  // A recording has an address or a file that brings it back.
  useEffect(() => (session.store.getState().info.recorded ? undefined : rememberRun(session)), [session]);
  const language = useLanguage();
  const { family, text } = session.store.getState().info.scenario;
  const { title } = text[language];
  useEffect(() => {
    document.title = `${title} · Netsplit`;
  }, [title]);
  return (
    <div className={`app ${family}`}>
      <Bar session={session} />
      <main ref={main} className="main">
        <section className="stage">
          <Stage session={session} />
          {table ? <StageTable session={session} /> : null}
          <DrawerOpener session={session} />
        </section>
        <Caption session={session} />
        <Drawer session={session} />
      </main>
      <Inspector session={session} />
      <Transport session={session} asking={asking} ask={ask} />
    </div>
  );
}
