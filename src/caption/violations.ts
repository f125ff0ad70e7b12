import type { Violation } from '../../workers/model/invariant.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { hasText, type Translate } from '../i18n/text.ts';
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

/** The name of an invariant in words. */
export function invariantText(name: string, text: Translate): string {
  const { key, args } = invariantLine(name);
  return text(key, args);
}

/** The nodes that a violation is about: those that its sentence names. */
export function culpritsOf({ args }: Violation, nodes: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
  const named = Object.values(args).flatMap((value) => (Array.isArray(value) ? value : [value]));
  return new Set(named.filter((value): value is NodeId => typeof value === 'string' && nodes.has(value)));
}
