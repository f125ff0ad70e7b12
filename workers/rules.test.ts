// The rules of the house, kept by a test: ARCHITECTURE.md, "Rules".
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { bannedUses } from './testing/bans.ts';
import { brokenLayers, rules } from './testing/layering.ts';
import { filesUnder, generated, isTest, lineAt, root } from './testing/sources.ts';
import type { SourceFile } from './testing/sources.ts';

const code = [...filesUnder('workers', /\.tsx?$/), ...filesUnder('src', /\.tsx?$/)];
const everything = filesUnder('.', /(?<!\.(png|jpg|ico|woff2|pcapng|gz))$/);

describe('layers', () => {
  test('no file knows what it must not know', () => {
    expect(code.length).toBeGreaterThan(10);
    expect(brokenLayers(code)).toEqual([]);
  });

  // One forbidden import for each rule, in the order of `rules`.
  test.each([
    ['workers/model/a.ts', "import type { App } from '../../src/app/app.ts'"],
    ['workers/formats/a.ts', "import { select } from 'd3-selection'"],
    ['src/stage/a.ts', "export { run } from '../../workers/kernel/world.ts'"],
    ['workers/formats/a.ts', "import { readFileSync } from 'fs'"],
    ['workers/kernel/a.ts', "import { registry } from '../protocols/registry.ts'"],
    ['workers/protocols/routing/a.ts', "import { readGraph } from '../../formats/graphml.ts'"],
    ['workers/checks/linearizability.ts', "import { registry } from '../protocols/registry.ts'"],
    ['workers/model/a.ts', "type World = import('../kernel/world.ts').World"],
    ['workers/simulator.ts', "const { expose } = await import('comlink')"],
    ['src/stage/a.ts', "import { useEffect } from 'react'"],
    ['workers/protocols/routing/oracle.test.ts', "import { shortestPaths } from './shortest-path.ts'"],
  ].map(([file, text], index) => [rules[index]?.says ?? 'a rule', file, text] as const))('%s', (says, file, text) => {
    expect(brokenLayers([{ path: file ?? '', text: text ?? '' }]).join()).toContain(says);
  });

  test('every rule has its forbidden import above', () => {
    expect(rules.length).toBe(11);
  });

  test.each([
    ['src/simulation/a.ts', "import type { Reel } from '../../workers/contract.ts'"],
    ['src/i18n/a.ts', "import { text } from '../../workers/protocols/routing/link-state/text.zh.ts'"],
    ['src/simulation/a.ts', "import Simulator from '../../workers/simulator.worker.ts?worker'"],
    ['workers/kernel/digest.ts', "import { sha256 } from '@noble/hashes/sha2.js'"],
    ['workers/cli/a.ts', "import { readFileSync } from 'node:fs'"],
    ['workers/kernel/world.test.ts', "import { ring } from '../protocols/ring/protocol.ts'"],
  ])('%s may say %s', (file, text) => {
    expect(brokenLayers([{ path: file, text }])).toEqual([]);
  });
});

describe('the pure core', () => {
  const folders = ['kernel', 'protocols', 'model'].flatMap((folder) => filesUnder(`workers/${folder}`, /\.ts$/));
  // Of the checks those that protocols use.
  const core = [...folders, ...filesUnder('workers/checks', /(history|linearizability)\.ts$/)].filter((file) => !isTest(file.path));

  test('does nothing that another engine or another moment would do differently', () => {
    expect(core.length).toBeGreaterThan(5);
    expect(core.flatMap(bannedUses)).toEqual([]);
  });

  test.each([
    ['const t = Date.now()', 'self.now'],
    ['let at: Date', 'self.now'],
    ['const t = performance.now()', 'self.now'],
    ['Math.random()', 'self.random'],
    ['Math.log(2)', 'plain arithmetic'],
    ['const { pow } = Math', 'plain arithmetic'],
    ["Math['exp'](1)", 'plain arithmetic'],
    ['const m = Math', 'plain arithmetic'],
    ['const n = 2 ** 3', 'multiplication'],
    ['let n = 2; n **= 3', 'multiplication'],
    ['setTimeout(() => {}, 1)', 'self.setTimer'],
    ['async function f() {}', 'synchronous'],
    ['const f = async () => {}', 'synchronous'],
    ['const o = { async f() {} }', 'synchronous'],
    ['new Promise(() => {})', 'synchronous'],
    ["['b', 'a'].sort((x, y) => x.localeCompare(y))", 'code units'],
    ['new Intl.Collator()', 'code units'],
    ['for (const key in table) visit(key)', 'a defined order'],
    ['for (const key of Object.keys(table)) visit(key)', 'a defined order'],
    ['Object.entries(table).map(visit)', 'a defined order'],
    ["console.error('x')", 'self'],
    ["const m = import('./a.ts')", 'an import at the top'],
    ['const { Date: clock } = globalThis', 'the name itself'],
  ])('is told of `%s`', (text, instead) => {
    expect(bannedUses({ path: 'workers/kernel/a.ts', text }).join('\n')).toContain(instead);
  });

  test.each([
    'const x = Math.floor(Math.sqrt(2))',
    'const event = { Date: 1, process: 2 }; event.Date; event.process',
    'interface Event { process: string; crypto?: number }',
    "// Date.now() in a comment, and 'Math.random()' in a string: \nconst s = 'Math.random()'",
    'const keys = Object.keys(table).sort()',
    'const size = Object.keys(table).length',
  ])('may say `%s`', (text) => {
    expect(bannedUses({ path: 'workers/kernel/a.ts', text })).toEqual([]);
  });
});

/** Patterns are put together here, so that this file does not contain what it looks for. */
const words = (...parts: string[]): string => parts.join('');
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const leftovers: readonly (readonly [string, RegExp])[] = [
  ['a path of this machine', new RegExp([`${root}/`, `${path.dirname(root)}/shared`, `${os.homedir()}/`].filter((folder) => folder.length > 2).map((folder) => `(?<![\\w.])${escaped(folder)}`).join('|'))],
  ['a home folder of some machine', /(?<![\w.])\/(home|Users)\/[a-z][\w-]*\//],
  ['the host of a package registry', new RegExp(`registry\\.(${words('npm', 'js')}|yarnpkg)\\.|"resolved": *"https?:|^registry *=`, 'm')],
  ['a note to oneself', new RegExp(`\\b(${words('TO', 'DO')}|${words('FIX', 'ME')}|${words('XX', 'X')})\\b`)],
];
const codeLeftovers: readonly (readonly [string, RegExp])[] = [
  ['a silenced type error', new RegExp(words('@ts', '-(ignore|nocheck|expect-error)'))],
  ['a forced type', new RegExp(words('as unk', 'nown as\\b'))],
  ['a test that is left out or alone', new RegExp(words('\\b(test|it|describe)', '\\.(only|skip|todo|fixme)\\b'))],
  ['a wait for the clock', new RegExp(words('waitFor', 'Timeout'))],
];

function found(files: readonly SourceFile[], patterns: typeof leftovers): string[] {
  return files.flatMap((file) =>
    patterns.flatMap(([what, pattern]) => {
      const offset = file.text.search(pattern);
      return offset < 0 ? [] : [`${file.path}:${lineAt(file.text, offset)} holds ${what}`];
    }),
  );
}

describe('the repository', () => {
  const program = everything.filter((file) => /\.tsx?$/.test(file.path));

  test('holds at its top four folders, what the tools make, and nothing else', () => {
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !generated.has(entry.name));
    expect(folders.map((folder) => folder.name).filter((name) => !name.startsWith('.')).sort()).toEqual(['e2e', 'public', 'src', 'workers']);
  });

  test('speaks of the project alone', () => {
    expect(everything.map((file) => file.path)).toEqual(expect.arrayContaining(['.npmrc', '.ci/run', 'package-lock.json', 'README.md']));
    expect(found(everything, leftovers)).toEqual([]);
    expect(found(program, codeLeftovers)).toEqual([]);
  });

  test.each([
    [`see ${root}/notes.txt`, 'a path of this machine'],
    [`see ${words('/home', '/somebody/')}notes`, 'a home folder of some machine'],
    [`"${words('resol', 'ved')}": "https://example.org/a.tgz"`, 'the host of a package registry'],
    [`// ${words('TO', 'DO')} later`, 'a note to oneself'],
    [`// ${words('@ts-', 'ignore')}`, 'a silenced type error'],
    [`const x = y ${words('as unk', 'nown as')} Z`, 'a forced type'],
    [`${words('test', '.only')}('x')`, 'a test that is left out or alone'],
    [`page.${words('waitFor', 'Timeout')}(5)`, 'a wait for the clock'],
  ])('is told of `%s`', (text, what) => {
    expect(found([{ path: 'a.ts', text }], [...leftovers, ...codeLeftovers]).join()).toContain(what);
  });
});
