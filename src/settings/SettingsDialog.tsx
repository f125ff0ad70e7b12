import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { OpenRequest, Simulator } from '../../workers/contract.ts';
import type { Scenario } from '../../workers/model/scenario.ts';
import { loadScenarios } from '../gallery/scenarios.ts';
import { hasText, useText } from '../i18n/text.ts';
import { Dialog } from '../kit/Dialog.tsx';
import { useRuns } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import { setByHand } from './by-hand.ts';
import { groupsOf, meaningful, type Shown } from './groups.ts';
import { AsOwn, nameOf, ParameterField } from './ParameterField.tsx';
import { ParameterGroup } from './ParameterGroup.tsx';
import { RuleSwitches } from './RuleSwitches.tsx';
import { isSame, misfitOf, ownOf, refusedBy, requestOf, typedOf, type Refused } from './typed.ts';
import './settings.css';

type Props = {
  readonly session: Session;
  /** Goes to a run that is known to open. */
  readonly open: (request: OpenRequest) => void;
  readonly close: () => void;
};

/**
 * The seed, the scenario's parameters and the rules of its protocols: with others, it runs anew from the start. It begins
 * with what is set at the playhead.
 */
export function SettingsDialog({ session, open, close }: Props): ReactNode {
  const text = useText();
  const { scenario, bugs: rules = [] } = useStore(session.store, (state) => state.info);
  const letter = useRuns(session).find((run) => run.session === session)?.letter ?? null;
  const original = useOriginal(scenario);
  const own = ownOf(scenario, original, letter);
  const [off, setOff] = useState(scenario.bugs);
  const [seed, setSeed] = useState(String(scenario.seed));
  const [typed, setTyped] = useState(() => typedOf(scenario, setByHand(session)));
  const [refused, refuse] = useState<Refused | null>(null);
  const all = groupsOf(scenario);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => show(form.current, refused && `${id}-${refused.parameter}`), [refused, id]);

  const run = async (): Promise<void> => {
    const names = new Map(all.flatMap(({ shown }) => shown.map((each) => [each.parameter.name, each.setting === null ? each.parameter.name : capital(nameOf(each, text))])));
    const request = { ...requestOf(scenario, seed, typed), bugs: off };
    const problem = misfitOf(scenario, typed, names) ?? (await tryToOpen(request, session.simulator));
    if (problem) return refuse(problem);
    close();
    open(request);
  };
  const differs = ({ parameter }: Shown): boolean => !isSame(parameter, typed, own);
  const groups = all.map((group) => ({ ...group, shown: group.shown.filter((each) => differs(each) || meaningful(each, scenario, typed)) }));
  const differing = groups.flatMap(({ shown }) => shown.filter(differs));
  const fields = (shown: readonly Shown[]): ReactNode =>
    shown.map((each) => {
      const { name } = each.parameter;
      const change = (value: string): void => setTyped((before) => ({ ...before, [name]: value }));
      return <ParameterField key={name} shown={each} scenario={scenario} id={`${id}-${name}`} value={typed[name] ?? ''} own={differs(each) ? (own[name] ?? '') : null} change={change} />;
    });

  return (
    <Dialog title={letter === null ? text('parameters.title') : text('parameters.title.of', { run: letter })} close={close}>
      <form
        ref={form}
        className="settings"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <div className="params">
          <div className={seed === String(original.seed) ? 'param' : 'param differs'}>
            <label htmlFor={`${id}-seed`}>{text('parameters.seed')}</label>
            <small>{text('parameters.seed.what')}</small>
            <input id={`${id}-seed`} inputMode="numeric" value={seed} onChange={(event) => setSeed(event.target.value)} />
            {seed === String(original.seed) ? null : <AsOwn own={String(original.seed)} back={() => setSeed(String(original.seed))} />}
          </div>
        </div>
        {groups.map((group, at) =>
          group.shown.length === 0 ? null : (
            <ParameterGroup key={group.id} group={group} differing={group.shown.filter(differs).length} folded={at > 0 && group.id !== null}>
              {fields(group.shown)}
            </ParameterGroup>
          ),
        )}
        <RuleSwitches rules={rules} off={off} change={setOff} />
        <div className="settingsfoot">
          {refused ? <p className="openproblem" role="alert">{hasText(refused.problem.key) ? text(refused.problem.key, refused.problem.args) : text('open.failed')}</p> : null}
          <p className="muted">{text(letter === null ? 'parameters.anew' : 'parameters.anew.both', { run: letter ?? '' })}</p>
          <div className="dialogacts">
            {differing.length > 1 ? <button type="button" className="btn" onClick={() => setTyped(own)}>{text('parameters.own.all')}</button> : null}
            <button type="submit" className="btn primary">{text('parameters.run')}</button>
          </div>
        </div>
      </form>
    </Dialog>
  );
}

/** The scenario as it is built in, where it is one of those; until it is known, and for others, as it was opened. */
function useOriginal(scenario: Scenario): Scenario {
  const [original, setOriginal] = useState<Scenario | null>(null);
  useEffect(() => {
    void loadScenarios().then((scenarios) => setOriginal(scenarios.find(({ id }) => id === scenario.id) ?? null));
  }, [scenario.id]);
  return original ?? scenario;
}

/** As it stands at the beginning of a sentence. */
function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Brings a field into view, out of a folded group too. */
function show(form: HTMLElement | null, id: string | null): void {
  const field = id === null ? null : form?.ownerDocument.getElementById(id);
  const group = field?.closest('details');
  if (group) group.open = true;
  field?.focus();
}

/** What is open is left only for a run that opens. */
async function tryToOpen(request: OpenRequest, simulator: Pick<Simulator, 'open' | 'close'>): Promise<Refused | null> {
  const answer = await simulator.open(request);
  if (!answer.ok) return refusedBy(answer.problem);
  await simulator.close(answer.value.run);
  return null;
}
