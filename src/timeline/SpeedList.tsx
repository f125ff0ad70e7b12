import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { formatCount } from '../i18n/format.ts';
import { useText, type Translate } from '../i18n/text.ts';
import { SPEEDS } from '../simulation/speeds.ts';
import type { Session, Speed } from '../simulation/types.ts';

/** The speed, and in words what it means. */
export function SpeedList({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const speed = useStore(session.store, (state) => state.speed);
  // A scenario may open at a speed that is not on the list.
  const speeds = SPEEDS.includes(speed) ? SPEEDS : [...SPEEDS, speed].sort((a, b) => rank(a) - rank(b));
  return (
    <span className="speed">
      <span aria-hidden="true">{name(speed, text)}</span>
      <small aria-hidden="true">{meaning(speed, text)}</small>
      <select
        aria-label={text('timeline.speed')}
        value={speed}
        onChange={({ target }) => session.store.setState({ speed: target.value === 'even' ? 'even' : Number(target.value) })}
      >
        {speeds.map((each) => (
          <option key={each} value={each}>
            {`${name(each, text)} · ${meaning(each, text)}`}
          </option>
        ))}
      </select>
    </span>
  );
}

function rank(speed: Speed): number {
  return speed === 'even' ? 0 : speed;
}

function name(speed: Speed, text: Translate): string {
  return speed === 'even' ? text('timeline.speed.even') : `${speed}×`;
}

function meaning(speed: Speed, text: Translate): string {
  if (speed === 'even') return text('timeline.speed.even.means');
  if (speed === 1) return text('timeline.speed.real.means');
  if (speed > 1) return text('timeline.speed.fast.means');
  return text('timeline.speed.slow.means', { times: formatCount(Math.round(1 / speed)) });
}
