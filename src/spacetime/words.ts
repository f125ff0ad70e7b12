/** What is said of lifelines: made anew only when it changes, for there are many and they are drawn often. */
import type { NodeId } from '../../workers/model/topology.ts';
import { currentLanguage, hasText, translate } from '../i18n/text.ts';
import type { NodeAt } from '../simulation/types.ts';
import type { LifelineWords } from './lifelines.ts';

export class Words {
  private readonly known = new Map<NodeId, { readonly key: string; readonly words: LifelineWords }>();

  /** Its name, and its role or that it has crashed. */
  of({ spec, up, processes }: NodeAt): LifelineWords {
    const role = up ? processes.findLast(({ view }) => view.role !== undefined)?.view.role : 'crashed';
    const key = `${currentLanguage()} ${spec.label} ${up} ${role ?? ''}`;
    const before = this.known.get(spec.id);
    if (before?.key === key) return before.words;
    const said = !up ? translate('node.crashed') : role !== undefined && hasText(`role.${role}`) ? translate(`role.${role}`) : null;
    const words = { label: spec.label, name: said === null ? spec.label : translate('spacetime.lifeline', { label: spec.label, role: said }) };
    this.known.set(spec.id, { key, words });
    return words;
  }
}
