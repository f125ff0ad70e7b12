import type { Json } from '../model/json.ts';
import { placeAt } from './decode.ts';
import { InputError, shown } from './input-error.ts';
import type { ProblemKey } from './input-error.ts';

/** Deeper than anything we read; enough to keep every recursive reader from running out of stack. */
const DEPTH_MAX = 200;

const token =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|((?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])))/y;

/** What may come next: in `key-or-end` and `value-or-end` the bracket just opened may also close. */
type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-brace' | 'comma-or-bracket' | 'end';

/** For each of them the tokens that fit (`"` a string, `0` a number or a word), and the sentence when none of them comes. */
const grammar: { readonly [expected in Expected]: { readonly tokens: string; readonly problem: ProblemKey } } = {
  value: { tokens: '{["0', problem: 'json.expected-value' },
  'value-or-end': { tokens: '{["0]', problem: 'json.expected-value' },
  key: { tokens: '"', problem: 'json.expected-key' },
  'key-or-end': { tokens: '"}', problem: 'json.expected-key' },
  colon: { tokens: ':', problem: 'json.expected-colon' },
  'comma-or-brace': { tokens: ',}', problem: 'json.expected-comma-or-brace' },
  'comma-or-bracket': { tokens: ',]', problem: 'json.expected-comma-or-bracket' },
  end: { tokens: '', problem: 'json.expected-end' },
};

/** What comes after a token. @param open the brackets that are open; it is kept up to date */
function after(kind: string, expected: Expected, open: string[]): Expected {
  if (kind === '{' || kind === '[') {
    open.push(kind);
    return kind === '{' ? 'key-or-end' : 'value-or-end';
  }
  if (kind === ':') return 'value';
  if (kind === ',') return open.at(-1) === '{' ? 'key' : 'value';
  if (kind === '"' && expected.startsWith('key')) return 'colon';
  if (kind === '}' || kind === ']') open.pop();
  const bracket = open.at(-1);
  return bracket === undefined ? 'end' : bracket === '{' ? 'comma-or-brace' : 'comma-or-bracket';
}

/** Finds the first place where a text stops being JSON (RFC 8259), which `JSON.parse` tells in another way in every engine. */
function firstError(text: string): { readonly offset: number; readonly problem: ProblemKey } {
  const open: string[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  for (;;) {
    token.lastIndex = offset;
    const match = token.exec(text);
    const found = match?.[1] ?? match?.[2] ?? match?.[3];
    if (!match || found === undefined) break;
    const kind = match[2] !== undefined ? '"' : match[3] !== undefined ? '0' : found;
    if (!grammar[expected].tokens.includes(kind)) break;
    expected = after(kind, expected, open);
    offset += match[0].length;
  }
  while (' \t\r\n'.includes(text[offset] ?? 'x')) offset += 1;
  return { offset, problem: grammar[expected].problem };
}

/** @throws InputError where brackets are nested so deep that reading them would run out of stack */
function assertShallow(text: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (inString) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) inString = false;
    } else if (character === 0x22) inString = true;
    else if (character === 0x7b || character === 0x5b) {
      depth += 1;
      if (depth > DEPTH_MAX) throw new InputError('json.too-deep', { maximum: DEPTH_MAX, ...placeAt(text, at) });
    } else if (character === 0x7d || character === 0x5d) depth -= 1;
  }
}

/** @throws InputError with line and column where the text is no JSON */
export function parseJson(text: string): Json {
  assertShallow(text);
  try {
    return JSON.parse(text) as Json;
  } catch {
    const { offset, problem } = firstError(text);
    const place = placeAt(text, offset);
    const found = /^\S{1,20}/.exec(text.slice(offset))?.[0];
    throw found === undefined ? new InputError('json.ends-early', place) : new InputError(problem, { ...place, found: shown(found) });
  }
}
