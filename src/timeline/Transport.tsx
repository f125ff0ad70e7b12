import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useText } from '../i18n/text.ts';
import { IconButton } from '../kit/IconButton.tsx';
import { Icon } from '../kit/icons.tsx';
import type { Session } from '../simulation/types.ts';
import { Clock } from './Clock.tsx';
import { ForkButton } from './ForkButton.tsx';
import { GoTo } from './GoTo.tsx';
import { Rail } from './Rail.tsx';
import { SpeedList } from './SpeedList.tsx';
import { useRepeat } from './useRepeat.ts';
import './transport.css';

/** What the transport has open: the field for a step or a time, or the menu of branches. */
export type Asking = 'go-to' | 'fork' | null;

type Props = { readonly session: Session; readonly asking: Asking; readonly ask: (asking: Asking) => void };

/** Time: keys, speed, clock, and the rail on which the playhead runs. */
export function Transport({ session, asking, ask }: Props): ReactNode {
  const text = useText();
  return (
    <footer className="transport" aria-label={text('timeline.transport')}>
      <Keys session={session} />
      <SpeedList session={session} />
      <Clock session={session} goTo={() => ask('go-to')} />
      <Rail session={session} />
      <ForkButton session={session} open={asking === 'fork'} setOpen={(open) => ask(open ? 'fork' : null)} />
      {/* It is typed into at once: it must be there. */}
      {asking === 'go-to' ? <GoTo session={session} close={() => ask(null)} /> : null}
    </footer>
  );
}

function Keys({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  const { player, store } = session;
  const playing = useStore(store, (state) => state.playing);
  const back = useRepeat(() => player.step(-1));
  const forward = useRepeat(() => player.step(1));
  const name = text(playing ? 'timeline.pause' : 'timeline.play');
  return (
    <div className="keys">
      <IconButton className="only-desk" icon="restart" name={text('timeline.restart')} shortcut="Home" onClick={() => player.seekEvent(-1)} />
      <IconButton className="only-desk" icon="previousMark" name={text('timeline.previous-mark')} shortcut="[" onClick={() => player.seekMark(-1)} />
      <IconButton className="big" icon="stepBack" size={18} name={text('timeline.step-back')} shortcut="←" {...back} />
      <button type="button" className="playbtn" aria-label={name} title={`${name} (Space)`} onClick={() => (playing ? player.pause() : player.play())}>
        <Icon name={playing ? 'pause' : 'play'} size={18} />
      </button>
      <IconButton className="big" icon="stepForward" size={18} name={text('timeline.step-forward')} shortcut="→" {...forward} />
      <IconButton className="only-desk" icon="nextMark" name={text('timeline.next-mark')} shortcut="]" onClick={() => player.seekMark(1)} />
    </div>
  );
}
