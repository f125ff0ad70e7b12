import { useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { LiveRegion, type SaidLines } from '../caption/LiveRegion.tsx';
import { describeNext } from '../caption/describe.ts';
import { sceneOf } from '../caption/scene.ts';
import { useTopic, type Topic } from '../caption/useTopic.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useText } from '../i18n/text.ts';
import { Text } from '../i18n/Text.tsx';
import { Icon } from '../kit/icons.tsx';
import type { RunOnPage } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import { describeBoth, twinOf, type Part, type SaidOfTwo, type Told } from './twin.ts';

type Props = { readonly session: Session; readonly runs: readonly RunOnPage[] };

/** One run of two, and what its caption would speak of. */
type Spoken = { readonly run: RunOnPage; readonly topic: Topic };

/** What happened last in the focused run, and what the other one made of the same. */
export function CaptionOfTwo({ session, runs }: Props): ReactNode {
  const spoken = useSpoken(runs);
  const playing = useStore(session.store, (state) => state.playing);
  const said = useMemo(() => say(spoken, session), [spoken, session]);
  return (
    <>
      <div className="say">
        <p>{said.sentences.map((part, at) => <Sentence key={at} part={part} />)}</p>
        {said.whys.length > 0 ? <div className="why">{said.whys.map((part, at) => <span key={at}><Sentence part={part} /></span>)}</div> : null}
      </div>
      <NextOfTwo spoken={spoken} session={session} playing={playing} />
      <LiveRegion session={session} said={spokenLines(said)} names={sessionNames(session)} urgent={false} />
    </>
  );
}

function Sentence({ part: { run, line } }: { readonly part: Part }): ReactNode {
  return (
    <>
      {run === null ? null : <b className="ofrun">{run}</b>}
      <Text id={line.key} args={line.args} />{' '}
    </>
  );
}

function useSpoken(runs: readonly RunOnPage[]): readonly Spoken[] {
  // There are two as long as this is on the page.
  const first = useTopic(runs[0]!.session);
  const second = useTopic(runs[1]!.session);
  return useMemo(() => [first, second].flatMap((topic, at) => (topic && runs[at] ? [{ run: runs[at], topic }] : [])), [first, second, runs]);
}

/** What happened in the focused run, and what the other one made of the same. */
function say(spoken: readonly Spoken[], session: Session): SaidOfTwo {
  const lead = spoken.find(({ run }) => run.session === session);
  const event = lead?.topic.event;
  if (!event) return { sentences: [{ run: null, line: { key: 'caption.before', args: {} } }], whys: [], weight: 0 };
  const told = spoken.flatMap(({ run, topic }): Told[] => {
    const twin = run === lead.run ? event : twinOf(event, topic.reel, run.session.player.playhead.event);
    return twin ? [{ run: run.letter ?? '', event: twin, scene: sceneOf(run.session, topic.reel, run === lead.run ? topic.frame : null) }] : [];
  });
  return describeBoth(told);
}

/** For a screen reader: what is seen. */
function spokenLines({ sentences, whys, weight }: SaidOfTwo): SaidLines {
  return { lines: [...sentences, ...whys], weight };
}

/** The next event of the focused run. */
function NextOfTwo({ spoken, session, playing }: { readonly spoken: readonly Spoken[]; readonly session: Session; readonly playing: boolean }): ReactNode {
  const text = useText();
  const lead = spoken.find(({ run }) => run.session === session);
  const next = lead?.topic.next;
  if (!lead || next === undefined) return null;
  if (next === null) return <p className="nextb over">{text('caption.next.nothing')}</p>;
  const { run, topic } = lead;
  const line = describeNext(next, topic.event, sceneOf(session, topic.reel, topic.frame));
  const go = (): void => {
    session.player.pause();
    session.player.step(1);
  };
  return (
    <button type="button" className={playing ? 'nextb past' : 'nextb'} onClick={go}>
      <span>{text('caption.next')}</span>
      <b className="ofrun">{run.letter}</b>
      <span className="what">{text(line.key, line.args, sessionNames(session))}</span>
      <Icon name="right" />
    </button>
  );
}
