import type { MessageGlyph } from '../../workers/model/view.ts';

/** The tokens that the canvas needs, as colours that it understands. */
export type Colours = { readonly hues: { readonly [hue in MessageGlyph['hue']]: string }; readonly sheet: string; readonly ink: string; readonly cut: string };

const hues: readonly MessageGlyph['hue'][] = ['blue', 'orange', 'teal', 'violet', 'slate'];

/** Reads the tokens through a hidden element: a custom property read as text would hold `light-dark(…)`, not a colour. */
function readColours(probe: HTMLElement): Colours {
  const read = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const hue = Object.fromEntries(hues.map((name) => [name, read(`--k-${name}`)])) as Colours['hues'];
  return { hues: hue, sheet: read('--sheet'), ink: read('--ink'), cut: read('--cut') };
}

/** Keeps the colours as the theme has them. @returns the colours now, and an end to it. */
export function watchColours(parent: HTMLElement, changed: () => void): { readonly colours: () => Colours; readonly stop: () => void } {
  const probe = document.createElement('span');
  probe.hidden = true;
  parent.append(probe);
  let colours = readColours(probe);
  const read = (): void => {
    colours = readColours(probe);
    changed();
  };
  const observer = new MutationObserver(read);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', read);
  return {
    colours: () => colours,
    stop: () => {
      observer.disconnect();
      for (const query of queries) query.removeEventListener('change', read);
      probe.remove();
    },
  };
}
