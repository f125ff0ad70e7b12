/** Tokens as colours that a canvas understands. */

/** What a canvas needs, each by a CSS colour such as `var(--ink)`. */
export type ColourTokens<Name extends string> = { readonly [name in Name]: string };

/** Reads through a hidden element: a custom property read as text would hold `light-dark(…)`, not a colour. */
function read<Name extends string>(probe: HTMLElement, tokens: ColourTokens<Name>): ColourTokens<Name> {
  const colours: [string, string][] = [];
  for (const name in tokens) {
    probe.style.color = tokens[name];
    colours.push([name, getComputedStyle(probe).color]);
  }
  return Object.fromEntries(colours) as ColourTokens<Name>;
}

/** Keeps the colours as the theme has them. @returns the colours now, and an end to it. */
export function watchTokens<Name extends string>(
  parent: HTMLElement,
  tokens: ColourTokens<Name>,
  changed: () => void,
): { readonly colours: () => ColourTokens<Name>; readonly stop: () => void } {
  const probe = document.createElement('span');
  probe.hidden = true;
  parent.append(probe);
  let colours = read(probe, tokens);
  const look = (): void => {
    colours = read(probe, tokens);
    changed();
  };
  const observer = new MutationObserver(look);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', look);
  return {
    colours: () => colours,
    stop: () => {
      observer.disconnect();
      for (const query of queries) query.removeEventListener('change', look);
      probe.remove();
    },
  };
}
