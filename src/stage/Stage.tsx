import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useLanguage, useText } from '../i18n/text.ts';
import { Menu } from '../kit/Menu.tsx';
import { useRuns } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import type { Point } from './geometry.ts';
import type { StageMenu } from './menu.ts';
import { mountStage, type MountedStage, type StageDescription } from './mount.ts';
import { StageChips } from './StageChips.tsx';
import { StageKey } from './StageKey.tsx';
import { StageTools } from './StageTools.tsx';
import './stage.css';

type OpenMenu = { readonly menu: StageMenu; readonly at: Point };

const unknown: StageDescription = { spreads: false, root: null, empty: false, cluster: false, lanes: null };

/** The network of a run, and the few controls over it. The drawing itself is made outside React. */
export function Stage({ session }: { readonly session: Session }): ReactNode {
  const language = useLanguage();
  const beside = useRuns(session).some((run) => run.session === session && run.letter === 'B');
  const element = useRef<HTMLDivElement>(null);
  const stage = useRef<MountedStage | null>(null);
  const [opened, setOpened] = useState<OpenMenu | null>(null);
  const [description, setDescription] = useState(unknown);

  useEffect(() => {
    if (!element.current) return;
    const mounted = mountStage(element.current, session, { beside, openMenu: (menu, at) => setOpened({ menu, at }), described: setDescription });
    stage.current = mounted;
    return () => {
      stage.current = null;
      mounted.destroy();
    };
  }, [session, beside]);
  useEffect(() => {
    if (language) stage.current?.redraw();
  }, [language]);

  return (
    <>
      <svg width="0" height="0" className="stagedefs" aria-hidden="true">
        <defs>
          <pattern id="stage-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0 0v6" stroke="var(--line-strong)" strokeWidth="1.5" />
          </pattern>
        </defs>
      </svg>
      <div ref={element} className="sheetview" />
      {description.empty ? <EmptyNote /> : null}
      <StageChips session={session} agreement={() => stage.current?.agreement() ?? null} />
      <StageTools session={session} fit={() => stage.current?.fit()} preview={(links) => stage.current?.preview(links)} scene={() => stage.current?.scene ?? null} />
      <StageKey session={session} root={description.root} spreads={description.spreads} cluster={description.cluster} lanes={description.lanes} />
      {opened ? (
        <Menu
          title={opened.menu.title}
          items={opened.menu.items}
          at={opened.at}
          close={() => {
            stage.current?.preview([]);
            setOpened(null);
          }}
          preview={(item) => stage.current?.preview((item && opened.menu.previews.get(item.id)) ?? [])}
        />
      ) : null}
    </>
  );
}

function EmptyNote(): ReactNode {
  const text = useText();
  return (
    <div className="emptynote">
      <svg width="120" height="44" aria-hidden="true">
        <circle cx="24" cy="22" r="20" />
        <circle cx="96" cy="22" r="20" />
        <path d="M44 22H76" />
      </svg>
      {text('stage.empty')}
    </div>
  );
}
