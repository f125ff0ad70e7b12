import { afterEach, expect, test } from 'vitest';
import { applyPreferences, preferences, setPreference } from './preferences.ts';

const start = preferences.getState();
afterEach(() => preferences.setState(start));

/** The root element, as far as it is touched. */
function root(): HTMLElement {
  const element: Pick<HTMLElement, 'dataset' | 'lang'> = { dataset: {}, lang: '' };
  return element as HTMLElement;
}

test('a chosen theme is on the document, the system’s is left to the system', () => {
  const element = root();
  const stop = applyPreferences(element);
  setPreference('theme', 'dark');
  expect(element.dataset['theme']).toBe('dark');
  setPreference('theme', 'system');
  expect(element.dataset['theme']).toBeUndefined();
  stop();
  setPreference('theme', 'light');
  expect(element.dataset['theme']).toBeUndefined();
});

test('the document says which language it is in: Chinese in simplified letters', () => {
  const element = root();
  const stop = applyPreferences(element);
  setPreference('language', 'zh');
  expect(element.lang).toBe('zh-Hans');
  setPreference('language', 'en');
  expect(element.lang).toBe('en');
  stop();
});
