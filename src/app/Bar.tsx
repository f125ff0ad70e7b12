import { lazy, Suspense, use, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useLanguage, useText } from '../i18n/text.ts';
import { IconButton } from '../kit/IconButton.tsx';
import { BrandMark, Icon } from '../kit/icons.tsx';
import type { Session } from '../simulation/types.ts';
import { LanguageButton, ThemeButton } from './Choices.tsx';
import { CompareContext } from './compare.ts';
import { keyName } from './keys.ts';
import { ScenarioMenu } from './ScenarioMenu.tsx';
import { useHistory } from './useHistory.ts';

const ShareDialog = lazy(async () => ({ default: (await import('../share/ShareDialog.tsx')).ShareDialog }));
const MoreMenu = lazy(async () => ({ default: (await import('./MoreMenu.tsx')).MoreMenu }));

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

/** Opens what has no room of its own. */
function More({ session, share }: { readonly session: Session; readonly share: () => void }): ReactNode {
  const text = useText();
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
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
      {at ? (
        <Suspense>
          <MoreMenu session={session} share={share} at={at} done={() => setAt(null)} />
        </Suspense>
      ) : null}
    </>
  );
}
