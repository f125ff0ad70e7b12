import type { Translate } from '../i18n/text.ts';
import type { NodeAt } from '../simulation/types.ts';
import { roleOf, roleText } from '../stage/roles.ts';
import { termOf } from '../stage/states.ts';

/** What a node plays, in which term, and what it says of that; null where it plays no role. */
export function roleLine(node: NodeAt, text: Translate): string | null {
  const role = roleOf(node);
  if (!role) return null;
  const view = node.processes.findLast((each) => each.view.role !== undefined)?.view;
  const args = { role: roleText(role.name), term: (view && termOf(view)) ?? 0, says: view?.says ? text(view.says.key, view.says.args) : '' };
  return text(args.says === '' ? 'inspector.role' : 'inspector.role.says', args);
}
