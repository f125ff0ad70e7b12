import type { Reel } from '../../workers/contract.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { translate } from '../i18n/text.ts';
import type { Frame, Session } from '../simulation/types.ts';
import type { Scene } from './describe.ts';

/** What the sentences about a session's events need to know. `frame`: the picture after the event, where it is at hand. */
export function sceneOf(session: Session, reel: Reel, frame: Frame | null): Scene {
  const { scenario, branches, recorded } = session.store.getState().info;
  const scripted = new Set(scenario.interventions.map(({ id }) => id));
  const brought = new Set(recorded ? branches.flatMap(({ interventions }) => interventions.map(({ id }) => id)) : []);
  const names = sessionNames(session);
  return {
    reel,
    frame,
    ttl: scenario.ttl,
    who: ({ id }) => translate(scripted.has(id) ? 'caption.who.scenario' : brought.has(id) ? 'caption.who.recording' : 'caption.who.you'),
    label: (line) => translate(line.key, line.args, names),
  };
}
