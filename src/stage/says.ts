import { translate } from '../i18n/text.ts';
import type { NodeAt } from '../simulation/types.ts';

/** What a node says of itself in a few words, where it does. */
export function saysOf({ processes }: NodeAt): string {
  const says = processes.findLast(({ view }) => view.says !== undefined)?.view.says;
  return says ? translate(says.key, says.args) : '';
}
