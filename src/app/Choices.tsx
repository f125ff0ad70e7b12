import type { ReactNode } from 'react';
import { useLanguage, useText } from '../i18n/text.ts';
import { IconButton } from '../kit/IconButton.tsx';
import { useMedia } from '../kit/useMedia.ts';
import { setPreference, usePreference } from '../stores/preferences.ts';

/** The other language, written in itself. */
export function LanguageButton(): ReactNode {
  const language = useLanguage();
  const chinese = language === 'en';
  return (
    <button
      type="button"
      className="ib txt"
      lang={chinese ? 'zh-Hans' : 'en'}
      aria-label={chinese ? '中文' : 'English'}
      title={chinese ? '中文' : 'English'}
      onClick={() => setPreference('language', chinese ? 'zh' : 'en')}
    >
      {chinese ? '中' : 'En'}
    </button>
  );
}

/** The theme that is not in view now, and what it is called. */
export function useTheme(): { readonly other: 'light' | 'dark'; readonly otherName: string } {
  const text = useText();
  const preferred = usePreference('theme');
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const dark = preferred === 'system' ? systemDark : preferred === 'dark';
  const other = dark ? 'light' : 'dark';
  return { other, otherName: text(`app.theme.${other}`) };
}

export function ThemeButton(): ReactNode {
  const { other, otherName } = useTheme();
  return <IconButton icon={other === 'dark' ? 'moon' : 'sun'} name={otherName} onClick={() => setPreference('theme', other)} />;
}
