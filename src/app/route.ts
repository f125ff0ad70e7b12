import { useSyncExternalStore } from 'react';

/** What the address names: the gallery, a built-in scenario, a run of a scenario that was shared, or the file that a person has just opened. */
export type Route =
  | { readonly kind: 'gallery' }
  | { readonly kind: 'scenario'; readonly id: string }
  /** `beside`: a link to a second run, where two are shared. */
  | { readonly kind: 'link'; readonly id: string; readonly link: string; readonly beside?: string }
  | { readonly kind: 'file' };

/** What is seen by whoever comes without an address: a real network, running. */
const FIRST_SCENARIO = 'routing-abilene';

/** The address of the file that is open. It holds no file: who comes back to it later finds the gallery. */
export const FILE_HASH = '#/file';

export function scenarioHash(id: string): string {
  return `#/${encodeURIComponent(id)}`;
}

/** Writes the scenario that is seen without an address into the address, so that it can be kept and passed on. */
export function nameFirstRoute(): void {
  if (location.hash === '' || location.hash === '#') history.replaceState(null, '', scenarioHash(FIRST_SCENARIO));
}

/** @param hash The address from `#` on, as it stands in the bar of the browser. */
export function parseRoute(hash: string): Route {
  if (hash === '' || hash === '#') return { kind: 'scenario', id: FIRST_SCENARIO };
  if (hash === FILE_HASH) return { kind: 'file' };
  const [written = '', query] = hash.replace(/^#\/?/, '').split('?', 2);
  if (written === '' && query === undefined) return { kind: 'gallery' };
  const id = decoded(written);
  if (query === undefined) return { kind: 'scenario', id };
  const second = new URLSearchParams(query).get('b');
  return { kind: 'link', id, link: hash, ...(second !== null && { beside: `${scenarioHash(id)}?r=${second}` }) };
}

/** The link to two runs, from the links to each. The first one's code stands last, where every reader of links looks for it. */
export function linkToBoth(first: string, second: string): string {
  return first.replace('?r=', `?b=${second.slice(second.indexOf('?r=') + 3)}&r=`);
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    // A damaged address is still a name, of nothing that there is.
    return written;
  }
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** The address from `#` on; components are drawn again when it changes. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => location.hash);
}
