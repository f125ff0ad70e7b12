import type { ReactNode } from 'react';
import { clockOffset, clockReading, isStopped, trueClock, type ClockError } from '../../workers/model/clock.ts';
import { formatInstant } from '../i18n/format.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import type { Frame, NodeAt, Session } from '../simulation/types.ts';
import { clockDeed } from '../stage/deeds.ts';
import { Act, Section } from './Head.tsx';
import { clockQuantities } from './quantities.ts';
import { QuantityField } from './QuantityField.tsx';

/** A node's own clock: what it shows, how it is off, and what can be done to it. */
export function ClockSection({ session, frame, node }: { readonly session: Session; readonly frame: Frame; readonly node: NodeAt }): ReactNode {
  const text = useText();
  const { time } = frame.playhead;
  const clock = node.clock ?? trueClock;
  const whose = sessionNames(session).long(node.spec.id);
  const values: ClockError = { offset: clockOffset(clock, time), drift: clock.drift };
  const set = (change: Partial<ClockError>): void => void session.act({ kind: 'set-clock', node: node.spec.id, ...change });
  return (
    <Section title={text('inspector.clock')} aside={<span className={node.clock && 'handtext'}>{formatInstant(clockReading(clock, time))}</span>}>
      <table className="tbl fields">
        <tbody>
          {clockQuantities.map((quantity) => (
            <tr key={quantity}>
              <th scope="row">{text(`quantity.${quantity}`)}</th>
              <td><QuantityField quantity={quantity} value={values[quantity]} whose={whose} change={(value) => set({ [quantity]: value })} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="acts"><Act icon="clock" name={text(isStopped(clock) ? 'act.run-clock' : 'act.stop-clock')} act={() => void session.act(clockDeed(node))} /></div>
    </Section>
  );
}
