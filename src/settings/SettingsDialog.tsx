import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { OpenRequest, Problem, Simulator } from '../../workers/contract.ts';
import type { Json } from '../../workers/model/json.ts';
import type { Parameter, Scenario } from '../../workers/model/scenario.ts';
import { hasText, useText } from '../i18n/text.ts';
import { Dialog } from '../kit/Dialog.tsx';
import type { Session } from '../simulation/types.ts';
import { setByHand } from './by-hand.ts';
import { RuleSwitches } from './RuleSwitches.tsx';
import { TraceField } from './TraceField.tsx';
import { readValue, showValue } from './values.ts';
import './settings.css';

type Props = {
  readonly session: Session;
  /** Goes to a run that is known to open. */
  readonly open: (request: OpenRequest) => void;
  readonly close: () => void;
};

/** The seed, the scenario's parameters and the rules of its protocols: with others, it runs anew from the start. */
export function SettingsDialog({ session, open, close }: Props): ReactNode {
  const text = useText();
  const { scenario, bugs: rules = [] } = useStore(session.store, (state) => state.info);
  const [off, setOff] = useState(scenario.bugs);
  const [seed, setSeed] = useState(String(scenario.seed));
  const [typed, setTyped] = useState<readonly string[]>(() => {
    const byHand = setByHand(session);
    return scenario.parameters.map((parameter) => showValue(parameter, byHand[parameter.name] ?? parameter.default));
  });
  const [problem, setProblem] = useState<Problem | null>(null);

  const run = async (): Promise<void> => {
    const request = { ...requestOf(scenario, seed, typed), bugs: off };
    const refused = await tryToOpen(request, session.simulator);
    if (refused) return setProblem(refused);
    close();
    open(request);
  };

  return (
    <Dialog title={text('parameters.title')} close={close}>
      <form
        className="settings"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <label className="pick">
          {text('parameters.seed')}
          <input inputMode="numeric" value={seed} onChange={(event) => setSeed(event.target.value)} />
        </label>
        {scenario.parameters.map((parameter, index) => (
          <Field
            key={parameter.name}
            parameter={parameter}
            scenario={scenario}
            value={typed[index] ?? ''}
            change={(value) => setTyped(typed.map((before, at) => (at === index ? value : before)))}
          />
        ))}
        <RuleSwitches rules={rules} off={off} change={setOff} />
        <div className="settingsfoot">
          {problem ? <p className="openproblem" role="alert">{hasText(problem.key) ? text(problem.key, problem.args) : text('open.failed')}</p> : null}
          <p className="muted">{text('parameters.anew')}</p>
          <div className="dialogacts">
            <button type="submit" className="btn primary">{text('parameters.run')}</button>
          </div>
        </div>
      </form>
    </Dialog>
  );
}

type FieldProps = { readonly parameter: Parameter; readonly scenario: Scenario; readonly value: string; readonly change: (value: string) => void };

function Field({ parameter, scenario, value, change }: FieldProps): ReactNode {
  const choices = choicesOf(parameter, scenario);
  if (parameter.type === 'trace') return <TraceField name={parameter.name} value={value} change={change} />;
  return (
    <label className="pick">
      <span>
        <code>{parameter.name}</code> <Range parameter={parameter} />
      </span>
      {choices ? (
        <select value={value} onChange={(event) => change(event.target.value)}>
          {choices.map(({ value: choice, label }) => <option key={choice} value={choice}>{label}</option>)}
        </select>
      ) : (
        <input value={value} onChange={(event) => change(event.target.value)} />
      )}
    </label>
  );
}

/** What a value may be, in the unit in which it is typed. */
function Range({ parameter }: { readonly parameter: Parameter }): ReactNode {
  const { minimum, maximum } = parameter;
  if (minimum === undefined && maximum === undefined) return null;
  const from = minimum === undefined ? '' : showValue(parameter, minimum);
  const to = maximum === undefined ? '' : showValue(parameter, maximum);
  return <small>{`${from} … ${to}`}</small>;
}

function choicesOf(parameter: Parameter, scenario: Scenario): readonly { readonly value: string; readonly label: string }[] | null {
  if (parameter.list) return null;
  if (parameter.type === 'boolean') return ['false', 'true'].map((value) => ({ value, label: value }));
  if (parameter.type === 'text') return parameter.choices?.map((value) => ({ value, label: value })) ?? null;
  if (parameter.type !== 'node') return null;
  const nodes = scenario.topology.nodes.map(({ id, label, name }) => ({ value: id, label: name === undefined ? label : `${label} (${name})` }));
  return parameter.default === '' ? [{ value: '', label: '–' }, ...nodes] : nodes;
}

function requestOf(scenario: Scenario, seed: string, typed: readonly string[]): OpenRequest {
  const changed = scenario.parameters.flatMap((parameter, index): [string, Json][] => {
    const now = typed[index] ?? '';
    return now === showValue(parameter, parameter.default) ? [] : [[parameter.name, readValue(parameter, now)]];
  });
  // The rules that are off are told apart: those that were off before may hold again.
  return { scenario: { ...scenario, bugs: [] }, seed: /^\d+$/.test(seed.trim()) ? Number(seed) : Number.NaN, set: Object.fromEntries(changed) };
}

/** What is open is left only for a run that opens. */
async function tryToOpen(request: OpenRequest, simulator: Pick<Simulator, 'open' | 'close'>): Promise<Problem | null> {
  const answer = await simulator.open(request);
  if (!answer.ok) return answer.problem;
  await simulator.close(answer.value.run);
  return null;
}
