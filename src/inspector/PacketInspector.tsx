import { useState, type ReactNode } from 'react';
import { isInHand, propagation, type PacketId } from '../../workers/model/packet.ts';
import { parseDuration, type Nanoseconds } from '../../workers/model/time.ts';
import type { NodeId } from '../../workers/model/topology.ts';
import { packetsOf, type PacketFacts } from '../caption/packets.ts';
import { formatBytes, formatDuration, formatInstant } from '../i18n/format.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText, type Translate } from '../i18n/text.ts';
import { Glyph } from '../kit/Glyph.tsx';
import { glyphOf, marksOf, messageName, viewOf } from '../kit/views.ts';
import type { FlightAt, Frame, Session } from '../simulation/types.ts';
import { Act, Head, Section } from './Head.tsx';
import { JsonFields } from './JsonFields.tsx';
import { Sender } from './Sender.tsx';

type Props = { readonly session: Session; readonly frame: Frame; readonly packet: PacketId };

/** A packet: what it says, its way, the three parts of its delay, and what can be done to it while it is on its way. */
export function PacketInspector({ session, frame, packet }: Props): ReactNode {
  const text = useText();
  const flying = frame.flights.find((flight) => flight.packet === packet);
  const facts = factsOf(session, packet, flying);
  if (!facts) return <Head session={session} picture={null} title={packet} subtitle={text('inspector.packet.unknown')} />;
  const { message, process, from, to } = facts;
  const way = { from, to, bytes: formatBytes(facts.bytes) };
  return (
    <>
      <Head
        session={session}
        picture={<Glyph glyph={glyphOf(message, process)} marks={marksOf(message, process)} size={30} />}
        title={messageName(message, process)}
        subtitle={text(flying ? 'inspector.packet.way' : 'inspector.packet.gone', way, sessionNames(session))}
      >
        {flying ? <Act icon="close" name={text('act.drop')} act={() => void session.act({ kind: 'drop', packet })} /> : null}
        {flying ? <Hold session={session} flying={flying} /> : null}
        {flying ? <Act icon="duplicate" name={text('act.duplicate')} act={() => void session.act({ kind: 'duplicate', packet })} /> : null}
      </Head>
      {flying && !isInHand(flying.flight) ? <WayBar flying={flying} time={frame.playhead.time} /> : null}
      {flying && !isInHand(flying.flight) ? <DelayBy session={session} packet={packet} /> : null}
      {flying ? <Hop session={session} flying={flying} time={frame.playhead.time} /> : null}
      <Section title={text('inspector.packet.fields')}>
        <JsonFields value={message} without="kind" note={comparison(frame, process, to, text)} />
      </Section>
      <Sender session={session} frame={frame} packet={packet} />
    </>
  );
}

/** What the receiver has of the same kind as a field, where its protocol tells. */
function comparison(frame: Frame, process: string, to: NodeId, text: Translate): (field: string) => string | null {
  const receiver = frame.nodes.find(({ spec }) => spec.id === to);
  const view = receiver?.up ? receiver.processes.find((each) => each.process === process)?.view : undefined;
  const compares = viewOf(process)?.compares ?? {};
  return (field) => {
    const has = view && compares[field]?.(view);
    return has === undefined ? null : text('inspector.packet.has', { label: receiver?.spec.label ?? to, value: has });
  };
}

/** How far it has come on this hop, and when it arrives. */
function WayBar({ flying, time }: { readonly flying: FlightAt; readonly time: Nanoseconds }): ReactNode {
  const text = useText();
  const { flight, head, message, process } = flying;
  return (
    <div className="sec packetway">
      <svg width="100%" height="18" aria-hidden="true">
        <line className="ahead" x1="0" x2="100%" y1="9" y2="9" />
        <g className={`k-${glyphOf(message, process).hue}`}>
          <line className="gone" x1="0" x2={`${head * 100}%`} y1="9" y2="9" />
          <circle cx={`${head * 100}%`} cy="9" r="5" />
        </g>
      </svg>
      <p>
        <span>{text('inspector.packet.sent', { at: formatInstant(flight.queuedAt) })}</span>
        <span>{text('inspector.packet.arrives-in', { at: formatInstant(flight.arrive), time: formatDuration(Math.max(0, flight.arrive - time)) })}</span>
      </p>
    </div>
  );
}

/** What is known of a packet: from where the reel tells that it was sent, else from the hop that it is on. */
function factsOf(session: Session, packet: PacketId, flying: FlightAt | undefined): PacketFacts | undefined {
  const reel = session.player.reel();
  const sent = reel ? packetsOf(reel).get(packet) : undefined;
  return sent ?? (flying && { ...flying, from: flying.flight.from });
}

/** Takes the packet into the hand, or lets it go. */
function Hold({ session, flying }: { readonly session: Session; readonly flying: FlightAt }): ReactNode {
  const text = useText();
  const { packet } = flying;
  if (isInHand(flying.flight)) return <Act icon="play" name={text('act.release')} act={() => void session.act({ kind: 'release', packet })} />;
  return <Act icon="pause" name={text('act.hold')} act={() => void session.act({ kind: 'hold', packet })} />;
}

/** The three parts of the delay on this hop, and when it ends. */
function Hop({ session, flying, time }: { readonly session: Session; readonly flying: FlightAt; readonly time: Nanoseconds }): ReactNode {
  const text = useText();
  const names = sessionNames(session);
  const { flight } = flying;
  const held = flight.held && (flight.held.for ?? time - flight.held.at);
  const parts = [
    ['queueing', flight.transmitStart - flight.queuedAt],
    ['transmission', flight.transmitEnd - flight.transmitStart],
    ['propagation', propagation(flight)],
    ...(held === undefined ? [] : [['held', held] as const]),
  ] as const;
  return (
    <Section title={text('inspector.packet.hop', { from: flight.from, to: flight.to }, names)} aside={isInHand(flight) ? undefined : text('inspector.packet.arrives', { at: formatInstant(flight.arrive) })}>
      <dl className="kv">
        {parts.map(([part, takes]) => (
          <div key={part}>
            <dt>{text(`inspector.packet.${part}`)}</dt>
            <dd className={part === 'held' ? 'value handtext' : 'value'}>{formatDuration(takes)}</dd>
          </div>
        ))}
        {isInHand(flight) ? null : (
          <div className="hl">
            <dt>{text('inspector.packet.delay')}</dt>
            <dd className="value">{formatDuration(flight.arrive - flight.queuedAt)}</dd>
          </div>
        )}
      </dl>
    </Section>
  );
}

/** Holds a packet back by an amount that is typed. */
function DelayBy({ session, packet }: { readonly session: Session; readonly packet: PacketId }): ReactNode {
  const text = useText();
  const [typed, setTyped] = useState('10 ms');
  const [wrong, setWrong] = useState(false);
  const act = (): void => {
    const by = /[a-zµ]$/.test(typed.trim()) ? parseDuration(typed) : null;
    setWrong(by === null || by <= 0);
    if (by !== null && by > 0) void session.act({ kind: 'delay', packet, by });
  };
  return (
    <div className="sec delay">
      <label>
        {text('inspector.packet.delay-by')}
        <input
          className="field"
          type="text"
          autoComplete="off"
          value={typed}
          aria-invalid={wrong}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Enter') act();
          }}
        />
      </label>
      <Act icon="clock" name={text('act.delay')} act={act} />
      {wrong ? <p className="fieldproblem" role="alert">{text('quantity.latency.expected')}</p> : null}
    </div>
  );
}
