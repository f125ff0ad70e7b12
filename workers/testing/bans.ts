// What the pure core must not do, because a tape is the same in every engine and at every time, or it is no tape.
// Each ban names what to use instead.
import { parseSync, Visitor } from 'oxc-parser';
import { lineAt } from './sources.ts';
import type { SourceFile } from './sources.ts';

const virtualTime = 'virtual time: `self.now`, in nanoseconds';
const timer = 'a timer of the process: `self.setTimer`';
const synchronous = 'a synchronous handler that returns the new state';
const codeUnits = 'comparison by code units: `<`';
const noInputOutput = 'an effect through `self`, or an argument';
const ordered = 'an array in a defined order, or `Object.keys(…).sort()`';

/** Names of the surroundings. */
const bannedGlobals = new Map([
  ...['Date', 'performance', 'Temporal'].map((name) => [name, virtualTime] as const),
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'].map(
    (name) => [name, timer] as const,
  ),
  ...['Promise', 'Atomics', 'SharedArrayBuffer'].map((name) => [name, synchronous] as const),
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'localStorage', 'console'].map(
    (name) => [name, noInputOutput] as const,
  ),
  ['crypto', 'a keyed draw: `self.random`'],
  ['Intl', codeUnits],
  ['WeakRef', 'a plain reference: collection of garbage differs between runs'],
  ['FinalizationRegistry', 'a plain reference: collection of garbage differs between runs'],
  ['globalThis', 'the name itself'],
  ['eval', 'a function'],
  ['Function', 'a function'],
]);

/** Operations of Math that give the same bits in every engine. */
const allowedMath = new Set(['floor', 'ceil', 'trunc', 'round', 'min', 'max', 'abs', 'sign', 'imul', 'clz32', 'sqrt']);

/** Methods by name, whatever they are called on. */
const bannedMethods = new Map([
  ['localeCompare', codeUnits],
  ['toLocaleString', '`String(…)`'],
  ['toLocaleLowerCase', '`toLowerCase`'],
  ['toLocaleUpperCase', '`toUpperCase`'],
]);

/** Ways to walk over an object's keys, whose order depends on what they look like. */
const keyWalks = new Set(['Object.keys', 'Object.values', 'Object.entries', 'Object.getOwnPropertyNames', 'Reflect.ownKeys']);

/** A walk over keys is fine when it is sorted at once, or only counted. */
const orderlyUses = new Set(['sort', 'toSorted', 'length']);

/** Each use of what is banned, as a line that names the place and the replacement. */
export function bannedUses(file: SourceFile): string[] {
  const found: { offset: number; what: string; instead: string }[] = [];
  const ban = (offset: number, what: string, instead: string): void => {
    found.push({ offset, what, instead });
  };
  /** Identifiers that are names of properties or that have been judged already, by offset. */
  const settled = new Set<number>();
  /** Calls that walk over keys and are sorted or counted at once, by offset. */
  const orderly = new Set<number>();
  const settleKey = (node: { key: { start: number }; computed: boolean; shorthand?: boolean }): void => {
    if (!node.computed && node.shorthand !== true) settled.add(node.key.start);
  };
  const banAsync = (node: { async: boolean; start: number }): void => {
    if (node.async) ban(node.start, 'async', synchronous);
  };

  const { program, errors } = parseSync(file.path, file.text);
  if (errors[0] !== undefined) throw new Error(`${file.path}: ${errors[0].message}`);
  new Visitor({
    MemberExpression: (node) => {
      if (node.computed || node.property.type !== 'Identifier') return;
      settled.add(node.property.start);
      const method = node.property.name;
      const instead = bannedMethods.get(method);
      if (instead !== undefined) ban(node.property.start, method, instead);
      if (orderlyUses.has(method)) orderly.add(node.object.start);
      if (node.object.type !== 'Identifier') return;
      const name = `${node.object.name}.${method}`;
      if (node.object.name === 'Math' && allowedMath.has(method)) settled.add(node.object.start);
      if (keyWalks.has(name) && !orderly.has(node.start)) ban(node.start, name, ordered);
    },
    Property: settleKey,
    MethodDefinition: settleKey,
    PropertyDefinition: settleKey,
    TSPropertySignature: settleKey,
    TSMethodSignature: settleKey,
    Identifier: (node) => {
      if (settled.has(node.start)) return;
      if (node.name === 'Math') ban(node.start, 'Math', 'integer operations, `Math.sqrt`, a table, or plain arithmetic; draws: `self.random`');
      const instead = bannedGlobals.get(node.name);
      if (instead !== undefined) ban(node.start, node.name, instead);
    },
    BinaryExpression: (node) => {
      if (node.operator === '**') ban(node.start, '**', 'multiplication or a table: engines differ in powers');
    },
    AssignmentExpression: (node) => {
      if (node.operator === '**=') ban(node.start, '**=', 'multiplication or a table: engines differ in powers');
    },
    ForInStatement: (node) => ban(node.start, 'for … in', ordered),
    FunctionDeclaration: banAsync,
    FunctionExpression: banAsync,
    ArrowFunctionExpression: banAsync,
    AwaitExpression: (node) => ban(node.start, 'await', synchronous),
    ImportExpression: (node) => ban(node.start, 'import()', 'an import at the top'),
  }).visit(program);
  return found
    .sort((one, other) => one.offset - other.offset)
    .map(({ offset, what, instead }) => `${file.path}:${lineAt(file.text, offset)} uses ${what}; instead: ${instead}`);
}
