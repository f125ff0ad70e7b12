import type { ReactNode } from 'react';
import { isInHand } from '../../workers/model/packet.ts';
import { formatBytes, formatInstant } from '../i18n/format.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import { Pages } from '../inspector/Pages.tsx';
import { Glyph } from '../kit/Glyph.tsx';
import { useFrame } from '../kit/useFrame.ts';
import { glyphOf, messageName } from '../kit/views.ts';
import type { Session } from '../simulation/types.ts';
import { Page } from './Page.tsx';

/** What is on its way now. */
export function Packets({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const frame = useFrame(session);
  const flights = frame?.flights ?? [];
  return (
    <Page name={text('drawer.packets')}>
      {flights.length === 0 ? <p className="empty">{text('drawer.packets.none')}</p> : <PacketTable session={session} flights={flights} />}
    </Page>
  );
}

type TableProps = { readonly session: Session; readonly flights: NonNullable<ReturnType<typeof useFrame>>['flights'] };

export function PacketTable({ session, flights }: TableProps): ReactNode {
  const text = useText();
  const names = sessionNames(session);
  return (
    <table className="tbl wide">
      <thead>
        <tr>
          <th scope="col">{text('drawer.packets.message')}</th>
          <th scope="col">{text('drawer.packets.hop')}</th>
          <th scope="col">{text('drawer.packets.to')}</th>
          <th scope="col" className="n">{text('drawer.packets.size')}</th>
          <th scope="col" className="n">{text('drawer.packets.arrives')}</th>
          <th scope="col" className="n">{text('drawer.packets.packet')}</th>
        </tr>
      </thead>
      <Pages rows={flights} columns={6}>
        {({ packet, process, message, flight, to, bytes }) => (
          <tr key={packet}>
            <td>
              <button type="button" className="inlineb" onClick={() => session.select({ kind: 'packet', id: packet })}>
                <Glyph glyph={glyphOf(message, process)} size={14} />
                {messageName(message, process)}
              </button>
            </td>
            <td>{`${names.node(flight.from)} → ${names.node(flight.to)}`}</td>
            <td>{names.long(to)}</td>
            <td className="n">{formatBytes(bytes)}</td>
            <td className="n">{isInHand(flight) ? text('drawer.packets.in-hand') : formatInstant(flight.arrive)}</td>
            <td className="n mono">{packet}</td>
          </tr>
        )}
      </Pages>
    </table>
  );
}
