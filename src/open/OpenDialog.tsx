import { useEffect, useId, useState, type ReactNode } from 'react';
import type { FileSummary, OpenFileRequest, Problem, Simulator } from '../../workers/contract.ts';
import { formatCount } from '../i18n/format.ts';
import { useText } from '../i18n/text.ts';
import { Dialog } from '../kit/Dialog.tsx';
import { limits } from './limits.ts';

type Props = {
  readonly file: File;
  readonly simulator: Pick<Simulator, 'summarize' | 'openFile' | 'close'>;
  readonly open: (request: OpenFileRequest) => void;
  readonly choose: () => void;
  readonly close: () => void;
};

type Stage =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly summary: FileSummary; readonly problem: Problem | null; readonly opening: boolean }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** What is in a file, and what should run on it. */
export function OpenDialog({ file, simulator, open, choose, close }: Props): ReactNode {
  const text = useText();
  const [stage, setStage] = useState<Stage>({ kind: 'reading' });

  useEffect(() => {
    let current = true;
    const start = async (): Promise<void> => {
      const next = await read(file, simulator);
      if (current) setStage(next);
    };
    void start();
    return () => {
      current = false;
    };
  }, [file, simulator]);

  const run = async (request: Omit<OpenFileRequest, 'name' | 'bytes'>): Promise<void> => {
    if (stage.kind !== 'read') return;
    setStage({ ...stage, problem: null, opening: true });
    const whole = { name: file.name, bytes: stage.bytes, ...request };
    const problem = await tryToOpen(whole, simulator);
    if (problem) return setStage({ ...stage, problem, opening: false });
    close();
    open(whole);
  };

  return (
    <Dialog title={file.name} close={close}>
      {stage.kind === 'reading' ? <output>{text('open.reading')}</output> : null}
      {stage.kind === 'refused' ? <Refusal problem={stage.problem} choose={choose} /> : null}
      {stage.kind === 'read' ? <Choices summary={stage.summary} problem={stage.problem} opening={stage.opening} run={run} /> : null}
      <p className="muted">{text('open.limits', limitTexts())}</p>
    </Dialog>
  );
}

function limitTexts(): { readonly [slot: string]: string } {
  return { megabytes: formatCount(limits.bytes / 1_000_000), most: formatCount(limits.nodes), mostLinks: formatCount(limits.links) };
}

async function read(file: File, simulator: Pick<Simulator, 'summarize'>): Promise<Stage> {
  // Refused before it is read: a film that was dropped by mistake must not fill the memory.
  if (file.size > limits.bytes) return { kind: 'refused', problem: { key: 'file.too-large', args: { bytes: file.size, maximum: limits.bytes } } };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const answer = await simulator.summarize(file.name, bytes);
    return answer.ok ? { kind: 'read', bytes, summary: answer.value, problem: null, opening: false } : { kind: 'refused', problem: answer.problem };
  } catch {
    return { kind: 'refused', problem: { key: 'open.unreadable', args: {} } };
  }
}

/** What is open is left only for a file that opens: it is tried first, and its run closed again. */
async function tryToOpen(request: OpenFileRequest, simulator: Props['simulator']): Promise<Problem | null> {
  try {
    const answer = await simulator.openFile(request);
    if (!answer.ok) return answer.problem;
    await simulator.close(answer.value.run);
    return null;
  } catch {
    return { key: 'open.failed', args: {} };
  }
}

function ProblemText({ problem }: { readonly problem: Problem }): ReactNode {
  const text = useText();
  return <p className="openproblem" role="alert">{text(problem.key, problem.args)}</p>;
}

function Refusal({ problem, choose }: { readonly problem: Problem; readonly choose: () => void }): ReactNode {
  const text = useText();
  return (
    <>
      <ProblemText problem={problem} />
      <div className="dialogacts">
        <button type="button" className="btn primary" onClick={choose}>{text('open.another')}</button>
      </div>
    </>
  );
}

type ChoicesProps = {
  readonly summary: FileSummary;
  readonly problem: Problem | null;
  readonly opening: boolean;
  readonly run: (request: Omit<OpenFileRequest, 'name' | 'bytes'>) => Promise<void>;
};

const protocols = ['link-state', 'dijkstra'] as const;

function Choices({ summary, problem, opening, run }: ChoicesProps): ReactNode {
  const text = useText();
  const [protocol, setProtocol] = useState<OpenFileRequest['protocol']>('link-state');
  const [source, setSource] = useState('');
  const [cost, setCost] = useState('');
  const group = useId();
  const submit = (): void => {
    void run({ protocol, ...(protocol === 'dijkstra' && source !== '' ? { source } : {}), ...(cost === '' ? {} : { cost }) });
  };
  return (
    <form
      className="choices"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {summary.kind === 'graph' ? (
        <>
          <p>{text('open.graph', { size: formatCount(summary.nodes.length), links: formatCount(summary.links) })}</p>
          <fieldset>
            <legend>{text('open.protocol')}</legend>
            {protocols.map((name) => (
              <label key={name} className="choice">
                <input type="radio" name={group} checked={protocol === name} onChange={() => setProtocol(name)} />
                <b>{text(`open.protocol.${name}`)}</b>
                <span className="muted">{text(`open.protocol.${name}.what`)}</span>
              </label>
            ))}
          </fieldset>
          {protocol === 'dijkstra' ? (
            <label className="pick">
              {text('open.source')}
              <select value={source} onChange={(event) => setSource(event.target.value)}>
                <option value="">{text('open.source.first', { label: summary.nodes[0]?.label ?? '' })}</option>
                {summary.nodes.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
              </select>
            </label>
          ) : null}
          <label className="pick">
            {text('open.cost')}
            <select value={cost} onChange={(event) => setCost(event.target.value)}>
              <option value="">{text('open.cost.hop')}</option>
              {summary.costs.map((name) => <option key={name} value={name}>{name}</option>)}
            </select>
          </label>
        </>
      ) : (
        <p>{text(`open.${summary.kind}`, { title: summary.title })}</p>
      )}
      {problem ? <ProblemText problem={problem} /> : null}
      <div className="dialogacts">
        <button type="submit" className="btn primary" disabled={opening}>{text(opening ? 'open.opening' : 'open.run')}</button>
      </div>
    </form>
  );
}
