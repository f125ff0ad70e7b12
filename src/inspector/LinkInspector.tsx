import { useState, type ReactNode } from 'react';
import { isInHand } from '../../workers/model/packet.ts';
import type { LinkDirection } from '../../workers/model/topology.ts';
import { formatInstant } from '../i18n/format.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import { Glyph } from '../kit/Glyph.tsx';
import { Menu } from '../kit/Menu.tsx';
import { glyphOf, messageName } from '../kit/views.ts';
import type { Frame, LinkAt, Session } from '../simulation/types.ts';
import { Act, Head, Section } from './Head.tsx';
import { Pages } from './Pages.tsx';
import { quantities } from './quantities.ts';
import { QuantityField } from './QuantityField.tsx';

type Props = { readonly session: Session; readonly frame: Frame; readonly link: LinkAt };

/** How a link stands, by its key: both ways carry, one does, or none. */
export function linkStateKey({ state }: LinkAt): 'link.up' | 'link.cut' | 'link.cut-one-way' {
  const cuts = state.cut.filter((place) => place !== null).length;
  return cuts === 0 ? 'link.up' : cuts === 2 ? 'link.cut' : 'link.cut-one-way';
}

/** A link: whether it carries, its parameters in each direction, and who is on it. */
export function LinkInspector({ session, frame, link }: Props): ReactNode {
  const text = useText();
  const names = sessionNames(session);
  const key = linkStateKey(link);
  const { id, ends } = link.spec;
  return (
    <>
      <Head
        session={session}
        picture={<LinkPicture cut={key !== 'link.up'} />}
        title={names.link(id)}
        subtitle={text('inspector.link.subtitle', { state: text(key), a: ends[0], b: ends[1] }, names)}
      >
        {key === 'link.up' ? null : <Act icon="heal" name={text('act.restore')} act={() => void session.act({ kind: 'restore', link: id })} />}
        {key === 'link.cut' ? null : <Act icon="scissors" name={text('act.cut')} act={() => void session.act({ kind: 'cut', link: id })} />}
        {key === 'link.up' ? <CutOneWay session={session} link={link} /> : null}
      </Head>
      <Parameters session={session} frame={frame} link={link} />
      <OnTheLink session={session} frame={frame} link={link} />
    </>
  );
}

function CutOneWay({ session, link }: { readonly session: Session; readonly link: LinkAt }): ReactNode {
  const text = useText();
  const names = sessionNames(session);
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
  return (
    <>
      <button
        type="button"
        className="act-b"
        aria-haspopup="menu"
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setAt({ x: left, y: bottom + 4 });
        }}
      >
        {text('act.cut-one-way')}
      </button>
      {at ? (
        <Menu
          title={text('act.cut-one-way')}
          at={at}
          close={() => setAt(null)}
          items={link.spec.ends.map((from, side) => ({
            id: from,
            icon: 'scissors' as const,
            hand: true,
            name: text('inspector.link.from-to', { from: names.long(from), to: names.long(link.spec.ends[1 - side] ?? from) }),
            act: () => void session.act({ kind: 'cut', link: link.spec.id, from }),
          }))}
        />
      ) : null}
    </>
  );
}

function LinkPicture({ cut }: { readonly cut: boolean }): ReactNode {
  return (
    <svg className="big" viewBox="-15 -15 30 30" aria-hidden="true">
      {cut ? <path className="crackline" d="M-1 -9 2 -4 -2 1 2 5 -1 9" strokeDasharray="1 3" /> : null}
      <path className="net" d={cut ? 'M-13 0H-5M5 0H13' : 'M-13 0H13'} />
      <circle className="looseend" cx="-13" r="2" />
      <circle className="looseend" cx="13" r="2" />
    </svg>
  );
}

function Parameters({ session, link }: Props): ReactNode {
  const text = useText();
  const names = sessionNames(session);
  const { id, ends } = link.spec;
  const sides = [0, 1] as const;
  const arrow = (side: 0 | 1): string => `${names.node(ends[side])} → ${names.node(ends[1 - side] ?? id)}`;
  const set = (side: 0 | 1, change: Partial<LinkDirection>): void => {
    void session.act({ kind: 'set-link', link: id, from: ends[side], set: change });
  };
  return (
    <Section title={text('inspector.link.directions')}>
      <table className="tbl fields">
        <thead>
          <tr>
            <th scope="col">{text('inspector.link.parameter')}</th>
            {sides.map((side) => <th key={side} scope="col">{arrow(side)}</th>)}
          </tr>
        </thead>
        <tbody>
          {quantities.map((quantity) => (
            <tr key={quantity}>
              <th scope="row">{text(`quantity.${quantity}`)}</th>
              {sides.map((side) => (
                <td key={side}>
                  <QuantityField
                    quantity={quantity}
                    value={link.state.directions[side][quantity]}
                    whose={arrow(side)}
                    change={(value) => set(side, { [quantity]: value })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function OnTheLink({ session, frame, link }: Props): ReactNode {
  const text = useText();
  const names = sessionNames(session);
  const flights = frame.flights.filter(({ flight }) => flight.link === link.spec.id);
  return (
    <Section title={text('inspector.link.packets')} aside={flights.length === 0 ? text('inspector.link.no-packets') : String(flights.length)}>
      {flights.length === 0 ? null : (
        <table className="tbl">
          <Pages rows={flights} columns={3}>
            {({ packet, process, message, flight }) => (
              <tr key={packet}>
                <td>
                  <button type="button" className="inlineb" onClick={() => session.select({ kind: 'packet', id: packet })}>
                    <Glyph glyph={glyphOf(message, process)} size={14} /> {messageName(message, process)}
                  </button>
                </td>
                <td>{`${names.node(flight.from)} → ${names.node(flight.to)}`}</td>
                <td className="n">{isInHand(flight) ? text('inspector.packet.held') : text('inspector.packet.arrives', { at: formatInstant(flight.arrive) })}</td>
              </tr>
            )}
          </Pages>
        </table>
      )}
    </Section>
  );
}
