import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Ask } from '../../workers/model/view.ts';
import { useText } from '../i18n/text.ts';
import { viewOf } from '../kit/views.ts';
import type { Frame, NodeAt, Session } from '../simulation/types.ts';
import { Act, Section } from './Head.tsx';

type Props = { readonly session: Session; readonly frame: Frame; readonly node: NodeAt };

/** What a person may ask of the processes of a node, as a client would. */
export function AskSections({ session, frame, node }: Props): ReactNode {
  return node.processes.map(({ process, view }) => {
    const asks = viewOf(process)?.asks?.filter((ask) => ask.offered(view)) ?? [];
    return asks.length === 0 ? null : <AskSection key={process} session={session} frame={frame} node={node} process={process} asks={asks} />;
  });
}

/** Keys of the page (arrows are time) are off while one types or chooses. */
function keep(press: KeyboardEvent): void {
  press.stopPropagation();
}

function AskSection({ session, frame, node, process, asks }: Props & { readonly process: string; readonly asks: readonly Ask[] }): ReactNode {
  const text = useText();
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState<{ readonly [name: string]: string }>({});
  const ask = asks.find(({ id }) => id === chosen) ?? asks[0]!;
  const others = frame.nodes.filter(({ spec, processes }) => spec.id !== node.spec.id && processes.some((other) => other.process === process)).map(({ spec }) => spec);
  const values = Object.fromEntries(ask.fields.map(({ name, kind }) => [name, typed[name] ?? (kind === 'node' ? (others[0]?.id ?? '') : '')]));
  const change = (name: string, value: string): void => setTyped({ ...typed, [name]: value });
  return (
    <Section title={text('inspector.ask')} aside={process}>
      <form
        className="askform"
        onSubmit={(event) => {
          event.preventDefault();
          void session.act({ kind: 'request', node: node.spec.id, process, request: ask.request(values) });
        }}
      >
        <select aria-label={text('inspector.ask.what')} value={ask.id} onChange={(event) => setChosen(event.target.value)} onKeyDown={keep}>
          {asks.map(({ id }) => <option key={id} value={id}>{text(`ask.${id}`)}</option>)}
        </select>
        {ask.fields.map(({ name, kind }) => (
          <label key={name}>
            <span>{text(`ask.field.${name}`)}</span>
            {kind === 'node' ? (
              <select value={values[name]} onChange={(event) => change(name, event.target.value)} onKeyDown={keep}>
                {others.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
              </select>
            ) : (
              <input className="field" value={values[name]} autoComplete="off" spellCheck={false} onChange={(event) => change(name, event.target.value)} onKeyDown={keep} />
            )}
          </label>
        ))}
        <div className="acts"><Act icon="right" name={text('inspector.ask.do')} submits /></div>
      </form>
    </Section>
  );
}
