import type { Json } from '../model/json.ts';
import { placeAt } from './decode.ts';
import { InputError, shown } from './input-error.ts';
import type { ProblemKey } from './input-error.ts';

/** Deeper than anything we read; enough to keep every recursive reader from running out of stack. */
const DEPTH_MAX = 200;

const token = /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)))/y;

/** What may come next: in `key-or-end` and `value-or-end` the bracket just opened may also close. */
type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-brace' | 'comma-or-bracket' | 'end';

const expectedKeys: { readonly [expected in Expected]: ProblemKey } = {
  value: 'json.expected-value',
  'value-or-end': 'json.expected-value',
  key: 'json.expected-key',
  'key-or-end': 'json.expected-key',
  colon: 'json.expected-colon',
  'comma-or-brace': 'json.expected-comma-or-brace',
  'comma-or-bracket': 'json.expected-comma-or-bracket',
  end: 'json.expected-end',
};

/** Finds the first place where a text stops being JSON (RFC 8259), which `JSON.parse` tells in another way in every engine. */
function firstError(text: string): { readonly offset: number; readonly expected: Expected } | null {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  const afterValue = (): Expected => {
    const bracket = open.at(-1);
    return bracket === undefined ? 'end' : bracket === '{' ? 'comma-or-brace' : 'comma-or-bracket';
  };
  for (let offset = 0; ; ) {
    token.lastIndex = offset;
    const match = token.exec(text);
    if (!match) {
      while (' \t\r\n'.includes(text[offset] ?? 'x')) offset += 1;
      return offset === text.length && expected === 'end' ? null : { offset, expected };
    }
    const [whole, punctuation, string, scalar] = match;
    const at = offset + whole.length - (punctuation ?? string ?? scalar ?? '').length;
    const wantsValue = expected === 'value' || expected === 'value-or-end';
    if (wantsValue && (string !== undefined || scalar !== undefined)) expected = afterValue();
    else if (wantsValue && (punctuation === '{' || punctuation === '[')) {
      open.push(punctuation);
      expected = punctuation === '{' ? 'key-or-end' : 'value-or-end';
    } else if ((expected === 'key' || expected === 'key-or-end') && string !== undefined) expected = 'colon';
    else if (expected === 'colon' && punctuation === ':') expected = 'value';
    else if (expected === 'comma-or-brace' && punctuation === ',') expected = 'key';
    else if (expected === 'comma-or-bracket' && punctuation === ',') expected = 'value';
    else if (
      (punctuation === '}' && (expected === 'comma-or-brace' || expected === 'key-or-end')) ||
      (punctuation === ']' && (expected === 'comma-or-bracket' || expected === 'value-or-end'))
    ) {
      open.pop();
      expected = afterValue();
    } else return { offset: at, expected };
    offset += whole.length;
  }
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
    const error = firstError(text) ?? { offset: 0, expected: 'value' as const };
    const found = error.offset >= text.length ? '' : shown(text.slice(error.offset, error.offset + 20).split(/\s/)[0] ?? '');
    const place = placeAt(text, error.offset);
    if (found === '') throw new InputError('json.ends-early', place);
    throw new InputError(expectedKeys[error.expected], { ...place, found });
  }
}
