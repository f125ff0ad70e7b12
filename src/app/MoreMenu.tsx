import { lazy, Suspense, use, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { OpenRequest } from '../../workers/contract.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { Menu, type MenuItem } from '../kit/Menu.tsx';
import { PHONE, useMedia } from '../kit/useMedia.ts';
import type { Session } from '../simulation/types.ts';
import { setPreference, usePreference } from '../stores/preferences.ts';
import { useTheme } from './Choices.tsx';
import { CompareContext } from './compare.ts';
import { SettleContext } from './settle.ts';
import { useHistory } from './useHistory.ts';

const CompareMenu = lazy(async () => ({ default: (await import('../beside/CompareMenu.tsx')).CompareMenu }));
const HuntDialog = lazy(async () => ({ default: (await import('../hunt/HuntDialog.tsx')).HuntDialog }));
const SettingsDialog = lazy(async () => ({ default: (await import('../settings/SettingsDialog.tsx')).SettingsDialog }));

type Props = {
  readonly session: Session;
  readonly share: () => void;
  readonly at: { readonly x: number; readonly y: number };
  /** Neither the menu nor what it opened is there any more. */
  readonly done: () => void;
};

/** What has no room of its own: on a phone, more than beside a keyboard. */
export function MoreMenu({ session, share, at, done }: Props): ReactNode {
  const text = useText();
  const language = useLanguage();
  const theme = useTheme();
  const singleKeys = usePreference('singleKeys');
  const phone = useMedia(PHONE);
  const { redo } = useHistory(session);
  const settle = use(SettleContext);
  const { pair, compare, separate } = use(CompareContext);
  const charts = useStore(session.store, (state) => state.info.charts === true);
  const [asking, ask] = useState<'menu' | 'compare' | 'settings' | 'hunt' | null>('menu');
  const close = (): void => ask(null);
  const tellDone = useEffectEvent(done);
  useEffect(() => {
    if (asking === null) tellDone();
  }, [asking]);
  const onPhone: readonly MenuItem[] = [
    { id: 'about', name: text('caption.about'), icon: 'about', act: () => session.store.setState({ reading: true }) },
    { id: 'share', name: text('app.share'), icon: 'link', act: share },
    { id: 'redo', name: redo.name, icon: 'redo', disabled: !redo.possible, act: () => session.redo() },
    { id: 'restart', name: text('timeline.restart'), icon: 'restart', act: () => session.player.seekEvent(-1) },
    { id: 'language', name: language === 'en' ? '中文' : 'English', act: () => setPreference('language', language === 'en' ? 'zh' : 'en') },
    { id: 'theme', name: theme.otherName, icon: theme.other === 'dark' ? 'moon' : 'sun', act: () => setPreference('theme', theme.other) },
  ];
  const run = pair && (pair.runs[0] === session ? 'A' : 'B');
  const alone: readonly MenuItem[] = charts ? [{ id: 'compare', name: text('app.compare'), act: () => ask('compare') }] : [];
  const besides = run ? [{ id: 'separate', name: text('app.separate', { run }), act: separate }] : alone;
  const runAnew = async (request: OpenRequest): Promise<void> => {
    const beside = session.store.getState().info.scenario.opening.beside !== undefined || pair !== null;
    settle(beside ? (await import('../beside/beside.ts')).anew(pair, session, request) : request);
  };
  const items: readonly MenuItem[] = [
    ...(phone ? onPhone : []),
    ...besides,
    { id: 'settings', name: text('parameters.title'), act: () => ask('settings') },
    { id: 'hunt', name: text('app.hunt'), icon: 'search', act: () => ask('hunt') },
    { id: 'keys', name: text(singleKeys ? 'app.single-keys.off' : 'app.single-keys.on'), act: () => setPreference('singleKeys', !singleKeys) },
    { id: 'gallery', name: text('app.all-scenarios'), separated: true, act: () => location.assign('#/') },
  ];
  switch (asking) {
    case null:
      return null;
    case 'menu':
      return <Menu title={text('app.more')} items={items} at={at} close={close} />;
    case 'compare':
      return (
        <Suspense>
          <CompareMenu session={session} at={at} compare={(set) => void compare(set)} close={close} />
        </Suspense>
      );
    case 'settings':
      return (
        <Suspense>
          <SettingsDialog session={session} open={(request) => void runAnew(request)} close={close} />
        </Suspense>
      );
    case 'hunt':
      return (
        <Suspense>
          <HuntDialog session={session} close={close} />
        </Suspense>
      );
  }
}
