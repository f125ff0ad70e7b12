/**
 * All texts of the page: those of the general controls beside this file, and those that each feature, protocol and file
 * format keeps beside its own code (`text.en.ts`, `text.zh.ts`; every record that they export is taken).
 */
export type Texts = { readonly [key: string]: string };
type TextModule = { readonly [name: string]: Texts };

const englishModules = import.meta.glob<TextModule>(['./en.ts', '../*/text.en.ts', '!../{beside,charts,hunt,share}/text.en.ts'], { eager: true });
/** What an algorithm says comes with the first scenario that runs it. */
const englishProtocols = import.meta.glob<TextModule>('../../workers/protocols/**/text.en.ts');
/** What can be wrong with what somebody gave us, and what charts and dialogs say that are not on the first screen. */
const englishProblems = import.meta.glob<TextModule>(['../../workers/{formats,kernel,checks}/text.en.ts', '../{beside,charts,hunt,share}/text.en.ts']);
const chineseModules = import.meta.glob<TextModule>([
  './zh.ts', '../*/text.zh.ts', '../../workers/protocols/**/text.zh.ts', '../../workers/{formats,kernel,checks}/text.zh.ts',
]);

function merged(modules: readonly TextModule[]): Texts {
  return Object.assign({}, ...modules.flatMap((module) => Object.values(module))) as Texts;
}

type Loaders = { readonly [path: string]: () => Promise<TextModule> };

async function loaded(modules: Loaders): Promise<Texts> {
  return merged(await Promise.all(Object.values(modules).map((load) => load())));
}

/** What the first screen needs. */
export const english: Texts = merged(Object.values(englishModules));

export function loadProblems(): Promise<Texts> {
  return loaded(englishProblems);
}

/** The folder of a module: `../../workers/protocols/routing/` of what stands in it. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** The texts of these protocols, and of the families that they belong to. */
export function loadProtocols(protocols: readonly string[]): Promise<Texts> {
  const paths = Object.keys(englishProtocols);
  const own = paths.filter((path) => protocols.includes(path.split('/').at(-2) ?? ''));
  const wanted = paths.filter((path) => own.some((other) => other.startsWith(folderOf(path))));
  return loaded(Object.fromEntries(wanted.map((path) => [path, englishProtocols[path]!])));
}

/** Loaded only when somebody reads Chinese: the first screen stays small. */
export function loadChinese(): Promise<Texts> {
  return loaded(chineseModules);
}
