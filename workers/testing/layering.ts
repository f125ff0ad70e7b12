// Which part of the house may know which. ARCHITECTURE.md says why.
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { isTest, lineAt } from './sources.ts';
import type { SourceFile } from './sources.ts';

/** An import as it stands in a file: what it asks for, and what that is. */
interface Import {
  readonly specifier: string;
  /** A file of the repository by its path, or a package by its name. */
  readonly target: string;
  readonly kind: 'file' | 'package' | 'builtin';
  readonly offset: number;
}

interface Rule {
  readonly says: string;
  readonly applies: (file: string) => boolean;
  readonly allows: (imported: Import) => boolean;
}

const within =
  (...folders: string[]) =>
  (file: string): boolean =>
    folders.some((folder) => file === folder || file.startsWith(`${folder}/`));

const product =
  (applies: (file: string) => boolean) =>
  (file: string): boolean =>
    applies(file) && !isTest(file);

/** Packages that are plain arithmetic on their arguments. */
const purePackages = /^(@noble\/hashes|@stdlib\/)/;

/** A pure part imports these folders and pure packages, and nothing else. */
const pureWith =
  (...folders: string[]) =>
  ({ kind, target }: Import): boolean =>
    kind === 'file' ? within(...folders)(target) : kind === 'package' && purePackages.test(target);

const ofProtocolForPage = /^workers\/protocols\/.*\b(view|controls|scenarios|text\.\w+)\.ts$/;
const judgeOfHistories = ['workers/checks/history.ts', 'workers/checks/linearizability.ts'];
const forPage = within('workers/contract.ts', 'workers/model');

export const rules: readonly Rule[] = [
  {
    says: 'workers/ knows nothing of the page: move what both need to workers/model',
    applies: within('workers'),
    allows: ({ kind, target }) => kind !== 'file' || within('workers', 'package.json')(target),
  },
  {
    says: 'workers/ draws nothing and remembers nothing for the page: no React, D3 or store there',
    applies: within('workers'),
    allows: ({ target }) => !/^(react|react-dom|react-i18next|i18next|zustand|d3-.*)(\/|$)/.test(target),
  },
  {
    says: 'src/ knows of workers/ only contract.ts, model/, and a protocol’s view.ts, controls.ts, text.*.ts and scenarios.ts: ask the worker for the rest',
    applies: product(within('src')),
    allows: ({ kind, target, specifier }) =>
      kind !== 'file' ||
      !within('workers')(target) ||
      forPage(target) ||
      ofProtocolForPage.test(target) ||
      // The worker's address, not its code.
      /simulator\.worker\.ts\?worker/.test(specifier),
  },
  {
    says: 'only tests, the command line and tools know Node',
    applies: product((file) => within('src', 'workers')(file) && !within('workers/cli', 'workers/tools', 'workers/bench')(file)),
    allows: ({ kind }) => kind !== 'builtin',
  },
  {
    says: 'kernel/ knows only model/ and the types of contract.ts: hand it protocols as values',
    applies: product(within('workers/kernel')),
    allows: pureWith('workers/kernel', 'workers/model', 'workers/contract.ts'),
  },
  {
    says: 'protocols/ know only model/, wire/, the judge of histories and each other: everything else comes through `self`',
    applies: product(within('workers/protocols')),
    allows: pureWith('workers/protocols', 'workers/model', 'workers/wire', ...judgeOfHistories),
  },
  {
    says: 'the judge of histories knows only model/: protocols use it',
    applies: product(within(...judgeOfHistories)),
    allows: pureWith('workers/model', ...judgeOfHistories),
  },
  {
    says: 'model/ is the vocabulary, and knows nothing but itself',
    applies: product(within('workers/model')),
    allows: pureWith('workers/model'),
  },
  {
    says: 'only simulator.worker.ts speaks Comlink in workers/: everything else runs in Node as well',
    applies: product((file) => within('workers')(file) && file !== 'workers/simulator.worker.ts'),
    allows: ({ target }) => target !== 'comlink',
  },
  {
    says: 'the stage is drawn by D3 alone: React stays in its thin binding (*.tsx)',
    applies: product((file) => within('src/stage')(file) && file.endsWith('.ts')),
    allows: ({ target }) => !/^(react|react-dom|react-i18next)(\/|$)/.test(target),
  },
  {
    says: 'an oracle that shares code with what it judges judges nothing',
    applies: (file) => /\boracle[^/]*\.ts$/.test(file),
    allows: ({ kind, target }) => kind !== 'file' || !within('workers/protocols', 'workers/kernel')(target),
  },
];

/** Every import and re-export of a file, types included: a type is knowledge too. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: unknown, offset: number): void => {
    if (typeof specifier !== 'string') return;
    const isFile = specifier.startsWith('.');
    found.push({
      specifier,
      offset,
      target: isFile ? path.posix.join(path.posix.dirname(file.path), specifier.replace(/\?.*$/, '')) : specifier,
      kind: isFile ? 'file' : isBuiltin(specifier) ? 'builtin' : 'package',
    });
  };
  const { program, errors } = parseSync(file.path, file.text);
  if (errors[0] !== undefined) throw new Error(`${file.path}: ${errors[0].message}`);
  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, node.start),
    ExportAllDeclaration: (node) => add(node.source.value, node.start),
    ExportNamedDeclaration: (node) => add(node.source?.value, node.start),
    ImportExpression: (node) => add('value' in node.source ? node.source.value : undefined, node.start),
    TSImportType: (node) => add(node.source.value, node.start),
  }).visit(program);
  return found;
}

/** Each import that breaks a rule, as a line that names the place and the rule. */
export function brokenLayers(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const applying = rules.filter((rule) => rule.applies(file.path));
    if (applying.length === 0) return [];
    return importsOf(file).flatMap((imported) =>
      applying
        .filter((rule) => !rule.allows(imported))
        .map((rule) => `${file.path}:${lineAt(file.text, imported.offset)} imports ${imported.specifier}: ${rule.says}`),
    );
  });
}
