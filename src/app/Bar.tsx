import { lazy, Suspense, use, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { OpenRequest } from '../../workers/contract.ts';
import { deedText } from '../caption/deeds.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { IconButton } from '../kit/IconButton.tsx';
import { BrandMark, Icon } from '../kit/icons.tsx';
import { Menu, type MenuItem } from '../kit/Menu.tsx';
import { PHONE, useMedia } from '../kit/useMedia.ts';
import { findBranch } from '../simulation/branches.ts';
import { useRuns } from '../simulation/runs.ts';
import type { Session, SessionState } from '../simulation/types.ts';
import { setPreference, usePreference } from '../stores/preferences.ts';
import { LanguageButton, ThemeButton, useTheme } from './Choices.tsx';
import { CompareContext } from './compare.ts';
import { keyName } from './keys.ts';
import { ScenarioMenu } from './ScenarioMenu.tsx';
import { SettleContext } from './settle.ts';

const ShareDialog = lazy(async () => ({ default: (await import('../share/ShareDialog.tsx')).ShareDialog }));
const HuntDialog = lazy(async () => ({ default: (await import('../hunt/HuntDialog.tsx')).HuntDialog }));
const CompareMenu = lazy(async () => ({ default: (await import('../beside/CompareMenu.tsx')).CompareMenu }));
const SettingsDialog = lazy(async () => ({ default: (await import('../settings/SettingsDialog.tsx')).SettingsDialog }));

/** Above the stage: where one is, and what has been done. */
export function Bar({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const language = useLanguage();
  const { scenario } = useStore(session.store, (state) => state.info);
  const { pair } = use(CompareContext);
  const [sharing, setSharing] = useState(false);
  const share = (): void => {
    // What is shared is what is seen.
    session.player.pause();
    setSharing(true);
  };
  return (
    <header className="bar">
      <a className="brand" href="#/" aria-label={text('app.brand')}>
        <BrandMark />
      </a>
      <h1 className="titlebox">
        <ScenarioMenu id={scenario.id} title={scenario.text[language].title} />
      </h1>
      <span className="sub">{text(pair ? 'app.seed.two' : 'app.seed', { seed: scenario.seed })}</span>
      {scenario.bugs.length > 0 ? <span className="sub rulesoff">{text('rules.off', { count: scenario.bugs.length })}</span> : null}
      <span className="grow" />
      <History session={session} />
      <span className="grp only-desk">
        <LanguageButton />
        <ThemeButton />
      </span>
      <button type="button" className="btn primary only-desk" onClick={share}>{text('app.share')}</button>
      <More session={session} share={share} />
      {sharing ? (
        <Suspense>
          <ShareDialog session={session} close={() => setSharing(false)} />
        </Suspense>
      ) : null}
    </header>
  );
}

/** Undo and redo, each named by what it takes back or brings again. */
function History({ session }: { readonly session: Session }): ReactNode {
  const { undo, redo } = useHistory(session);
  return (
    <span className="grp">
      <IconButton icon="undo" name={undo.name} shortcut={keyName('Z', 'command')} disabled={!undo.possible} onClick={() => session.undo()} />
      <IconButton className="only-desk" icon="redo" name={redo.name} shortcut={keyName('Z', 'command', 'shift')} disabled={!redo.possible} onClick={() => session.redo()} />
    </span>
  );
}

type Way = { readonly name: string; readonly possible: boolean };

function useHistory(session: Session): { readonly undo: Way; readonly redo: Way } {
  const text = useText();
  const { pair } = use(CompareContext);
  const [first = session, second = session] = useRuns(session).map((run) => run.session);
  useStore(first.store, historyOf);
  useStore(second.store, historyOf);
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

type Place = { readonly x: number; readonly y: number };

/** What has no room of its own: on a phone, more than beside a keyboard. */
function More({ session, share }: { readonly session: Session; readonly share: () => void }): ReactNode {
  const text = useText();
  const language = useLanguage();
  const theme = useTheme();
  const singleKeys = usePreference('singleKeys');
  const phone = useMedia(PHONE);
  const { redo } = useHistory(session);
  const settle = use(SettleContext);
  const { pair, compare, separate } = use(CompareContext);
  const charts = useStore(session.store, (state) => state.info.charts === true);
  const [comparing, setComparing] = useState<Place | null>(null);
  const [settling, setSettling] = useState(false);
  const [hunting, setHunting] = useState(false);
  const [at, setAt] = useState<Place | null>(null);
  const onPhone: readonly MenuItem[] = [
    { id: 'share', name: text('app.share'), icon: 'link', act: share },
    { id: 'redo', name: redo.name, icon: 'redo', disabled: !redo.possible, act: () => session.redo() },
    { id: 'restart', name: text('timeline.restart'), icon: 'restart', act: () => session.player.seekEvent(-1) },
    { id: 'language', name: language === 'en' ? '中文' : 'English', act: () => setPreference('language', language === 'en' ? 'zh' : 'en') },
    { id: 'theme', name: theme.otherName, icon: theme.other === 'dark' ? 'moon' : 'sun', act: () => setPreference('theme', theme.other) },
  ];
  const run = pair && (pair.runs[0] === session ? 'A' : 'B');
  const alone: readonly MenuItem[] = charts ? [{ id: 'compare', name: text('app.compare'), act: () => setComparing(at) }] : [];
  const besides = run ? [{ id: 'separate', name: text('app.separate', { run }), act: separate }] : alone;
  const runAnew = async (request: OpenRequest): Promise<void> => {
    const beside = session.store.getState().info.scenario.opening.beside !== undefined || pair !== null;
    settle(beside ? (await import('../beside/beside.ts')).anew(pair, session, request) : request);
  };
  const items: readonly MenuItem[] = [
    ...(phone ? onPhone : []),
    ...besides,
    { id: 'settings', name: text('parameters.title'), act: () => setSettling(true) },
    { id: 'hunt', name: text('app.hunt'), icon: 'search', act: () => setHunting(true) },
    { id: 'keys', name: text(singleKeys ? 'app.single-keys.off' : 'app.single-keys.on'), act: () => setPreference('singleKeys', !singleKeys) },
    { id: 'gallery', name: text('app.all-scenarios'), separated: true, act: () => location.assign('#/') },
  ];
  return (
    <>
      <button
        type="button"
        className="ib"
        aria-label={text('app.more')}
        title={text('app.more')}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => {
          const { right, bottom } = event.currentTarget.getBoundingClientRect();
          setAt({ x: right - 252, y: bottom + 4 });
        }}
      >
        <Icon name="more" size={18} />
      </button>
      {at ? <Menu title={text('app.more')} items={items} at={at} close={() => setAt(null)} /> : null}
      {comparing ? (
        <Suspense>
          <CompareMenu session={session} at={comparing} compare={(set) => void compare(set)} close={() => setComparing(null)} />
        </Suspense>
      ) : null}
      {hunting ? (
        <Suspense>
          <HuntDialog session={session} close={() => setHunting(false)} />
        </Suspense>
      ) : null}
      {settling ? (
        <Suspense>
          <SettingsDialog session={session} open={(request) => void runAnew(request)} close={() => setSettling(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
