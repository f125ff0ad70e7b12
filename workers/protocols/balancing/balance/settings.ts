import type { Look } from '../../../model/invariant.ts';
import type { Config } from './state.ts';

/** The settings as the first node has them; null in a network without nodes. */
export function configOf(look: Look): Config | null {
  for (const node of look.nodes) {
    const config = look.config(node, 'balance') as Config | undefined;
    if (config) return config;
  }
  return null;
}
