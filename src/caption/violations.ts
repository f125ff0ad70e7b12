import type { Violation } from '../../workers/model/invariant.ts';
import { hasText } from '../i18n/text.ts';
import type { Line } from './deeds.ts';

/** The name of an invariant in words, where its protocol has written one. */
export function invariantLine(name: string): Line {
  const key = `invariant.${name}`;
  return hasText(key) ? { key, args: {} } : { key: 'invariant.unnamed', args: { name } };
}

/** What is wrong, in a sentence. */
export function brokenLine({ invariant, args }: Violation): Line {
  const key = `invariant.${invariant}.broken`;
  return hasText(key) ? { key, args } : { key: 'invariant.broken', args: { name: invariant } };
}
