import type { Translate } from '../i18n/text.ts';
import type { NodeAt } from '../simulation/types.ts';
import { roleOf, roleText } from '../stage/roles.ts';
import { saysOf } from '../stage/says.ts';
import type { Glyph } from '../stage/scene.ts';
import { glyphOfNode, termOf } from '../stage/states.ts';

/** What a node plays, in which term, and what it says of that; where it plays no role, what it is; null where that says nothing. */
export function roleLine(node: NodeAt, text: Translate): string | null {
  const role = roleOf(node);
  if (!role) return node.up ? kindLine(node, text) : null;
  const view = node.processes.findLast((each) => each.view.role !== undefined)?.view;
  const args = { role: roleText(role.name), term: (view && termOf(view)) ?? 0, says: view?.says ? text(view.says.key, view.says.args) : '' };
  return text(args.says === '' ? 'inspector.role' : 'inspector.role.says', args);
}

const kinds: readonly Glyph[] = ['client', 'balancer', 'server'];

/** Whether a node asks, balances or serves, and what it says of that. */
function kindLine(node: NodeAt, text: Translate): string | null {
  const glyph = glyphOfNode(node);
  if (!kinds.includes(glyph)) return null;
  const name = text(`stage.role.${glyph}`);
  return [name.charAt(0).toUpperCase() + name.slice(1), saysOf(node)].filter((part) => part !== '').join(text('stage.separator'));
}
