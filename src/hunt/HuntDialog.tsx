import { use, useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Counterexample, HuntRequest, Problem } from '../../workers/contract.ts';
import { faultKinds, survivableFaults, type FaultKind } from '../../workers/model/fault.ts';
import { invariantLine } from '../caption/violations.ts';
import { formatCount, formatInstant } from '../i18n/format.ts';
import { useText } from '../i18n/text.ts';
import { Text } from '../i18n/Text.tsx';
import { Dialog } from '../kit/Dialog.tsx';
import { OpenRequestContext } from '../open/OpenFile.tsx';
import { RuleSwitches } from '../settings/RuleSwitches.tsx';
import { connect } from '../simulation/client.ts';
import { startWorker } from '../simulation/start-worker.ts';
import type { Session } from '../simulation/types.ts';
import { atStart, hunt, type HuntState } from './hunter.ts';
import '../settings/settings.css';
import './hunt.css';

/** What is asked for before a hunt. */
type Asked = { readonly first: string; readonly count: string; readonly faults: readonly FaultKind[]; readonly off: readonly string[] };

const COUNT_MAX = 100_000;

/** Tries many seeds of the scenario with random faults, and opens the tape of the first that fails. */
export function HuntDialog({ session, close }: { readonly session: Session; readonly close: () => void }): ReactNode {
  const text = useText();
  const { scenario, bugs: rules = [] } = useStore(session.store, (state) => state.info);
  const [asked, setAsked] = useState<Asked>({ first: '1', count: '200', faults: survivableFaults, off: scenario.bugs });
  const { state, total, start, stop } = useHunt();
  const open = useOpener(close);

  useEffect(() => session.player.pause(), [session]);

  const begin = (): void => {
    const request: HuntRequest = { scenario: { ...scenario, bugs: [] }, bugs: asked.off, faults: asked.faults };
    start(request, whole(asked.first) ?? 1, whole(asked.count) ?? 1);
  };
  const running = state !== null && state.phase !== 'over';
  return (
    <Dialog title={text('hunt.title')} close={close}>
      <p className="muted">{text('hunt.what')}</p>
      <form
        className="settings hunt"
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <fieldset className="plain" disabled={running}>
          <Form asked={asked} change={setAsked} />
          <RuleSwitches rules={rules} off={asked.off} change={(off) => setAsked({ ...asked, off })} />
        </fieldset>
        <div className="huntfoot">
          {state ? <Progress state={state} total={total} /> : null}
          {state?.found && state.failure ? <Found state={state} found={state.found} /> : null}
          <div className="dialogacts">
            {running ? <button type="button" className="btn ghost" onClick={stop}>{text('hunt.stop')}</button> : null}
            {state?.found ? (
              <button type="button" className="btn primary" onClick={() => open(state.found)}>{text('hunt.open')}</button>
            ) : (
              <button type="submit" className="btn primary" disabled={running || !isValid(asked)}>{text('hunt.start')}</button>
            )}
          </div>
        </div>
      </form>
    </Dialog>
  );
}

function whole(text: string): number | null {
  const value = /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
  return value;
}

function isValid({ first, count }: Asked): boolean {
  const seeds = whole(count);
  return whole(first) !== null && seeds !== null && seeds >= 1 && seeds <= COUNT_MAX;
}

function Form({ asked, change }: { readonly asked: Asked; readonly change: (asked: Asked) => void }): ReactNode {
  const text = useText();
  const { faults } = asked;
  const turn = (kind: FaultKind): void => change({ ...asked, faults: faultKinds.filter((other) => faults.includes(other) !== (other === kind)) });
  return (
    <>
      <div className="huntseeds">
        <label className="pick">
          {text('hunt.seeds')}
          <input inputMode="numeric" value={asked.count} onChange={(event) => change({ ...asked, count: event.target.value })} />
        </label>
        <label className="pick">
          {text('hunt.first')}
          <input inputMode="numeric" value={asked.first} onChange={(event) => change({ ...asked, first: event.target.value })} />
        </label>
      </div>
      <fieldset className="plain faults">
        <legend>{text('hunt.faults')}</legend>
        {faultKinds.map((kind) => (
          <label key={kind} className="fault">
            <input type="checkbox" checked={faults.includes(kind)} onChange={() => turn(kind)} />
            <span>{text(`hunt.fault.${kind}`)}</span>
          </label>
        ))}
      </fieldset>
    </>
  );
}

function Progress({ state, total }: { readonly state: HuntState; readonly total: number }): ReactNode {
  const text = useText();
  const { phase, done, seedsPerSecond, failure, unknown, halted, problem } = state;
  const args = { done: formatCount(done), total: formatCount(total), rate: seedsPerSecond < 10 ? seedsPerSecond.toFixed(1) : formatCount(Math.round(seedsPerSecond)) };
  return (
    <div className="huntprogress">
      <progress max={total} value={failure ? total : done} aria-label={text('hunt.progress')} />
      <output>
        {text('hunt.done', args)} {phase === 'over' && !failure && !problem ? text('hunt.nothing') : ''}
        {unknown > 0 ? ` ${text('hunt.unknown', { count: unknown })}` : ''}
        {halted > 0 ? ` ${text('hunt.halted', { count: halted })}` : ''}
      </output>
      {problem ? <ProblemLine problem={problem} /> : null}
    </div>
  );
}

function ProblemLine({ problem }: { readonly problem: Problem }): ReactNode {
  const text = useText();
  return <p className="openproblem" role="alert">{text(problem.key, problem.args)}</p>;
}

/** What was found, and how small it is by now. */
function Found({ state, found }: { readonly state: HuntState; readonly found: Counterexample }): ReactNode {
  const text = useText();
  const { failure, phase } = state;
  if (!failure) return null;
  const line = invariantLine(failure.invariant);
  const { interventions, events, scenario } = found.recording;
  const own = scenario.interventions.length;
  return (
    <div className="huntfound">
      <p><b>{text('hunt.found', { seed: failure.seed, time: formatInstant(found.time) })}</b></p>
      <p><Text id={line.key} args={line.args} /></p>
      <output className="muted">
        {text('hunt.size', { count: interventions.length - own, events: formatCount(events) })} {phase === 'shrinking' ? text('hunt.shrinking') : ''}
      </output>
    </div>
  );
}

/** Opens a counterexample: by its link where it fits into one, so that the address can be passed on at once. */
function useOpener(close: () => void): (found: Counterexample | null) => void {
  const openRequest = use(OpenRequestContext);
  return (found) => {
    if (!found) return;
    close();
    if (found.link !== null) location.hash = found.link;
    else openRequest({ name: `${found.recording.scenario.id}.recording.json`, bytes: new TextEncoder().encode(JSON.stringify(found.recording)), protocol: 'link-state' });
  };
}

type HuntControl = {
  readonly state: HuntState | null;
  readonly total: number;
  readonly start: (request: HuntRequest, first: number, count: number) => void;
  readonly stop: () => void;
};

/** A hunt that lives as long as the component, in a worker that dies with it. */
function useHunt(): HuntControl {
  const [state, setState] = useState<HuntState | null>(null);
  const [total, setTotal] = useState(0);
  const end = useRef<() => void>(() => {});
  useEffect(() => () => end.current(), []);
  const start = (request: HuntRequest, first: number, count: number): void => {
    end.current();
    const client = connect(() => startWorker('hunt'));
    let over = false;
    end.current = () => {
      if (over) return;
      over = true;
      client.close();
    };
    setTotal(count);
    setState(atStart);
    const tell = (now: HuntState): void => {
      if (!over) setState(now);
    };
    hunt({ simulator: client.simulator, request, first, count, now: () => performance.now(), tell }).then(
      () => end.current(),
      () => setState((before) => before && { ...before, phase: 'over', problem: { key: 'open.failed', args: {} } }),
    );
  };
  const stop = (): void => {
    end.current();
    setState((before) => before && { ...before, phase: 'over' });
  };
  return { state, total, start, stop };
}
