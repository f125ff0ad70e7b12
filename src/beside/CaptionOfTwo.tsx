import { useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { TapeEvent } from '../../workers/model/event.ts';
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

/** What happened last in either of two runs, and what the other one made of the same. */
export function CaptionOfTwo({ session, runs }: Props): ReactNode {
  const spoken = useSpoken(runs);
  const playing = useStore(session.store, (state) => state.playing);
  const said = useMemo(() => say(spoken, session, playing), [spoken, session, playing]);
  return (
    <>
      <div className="say">
        <p>{said.sentences.map((part, at) => <Sentence key={at} part={part} />)}</p>
        {said.whys.length > 0 ? <div className="why">{said.whys.map((part, at) => <span key={at}><Sentence part={part} /></span>)}</div> : null}
      </div>
      <NextOfTwo spoken={spoken} playing={playing} />
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

/** While it plays, the focused run leads; otherwise the one whose event came last: the later run's, of two at one time. */
function say(spoken: readonly Spoken[], session: Session, playing: boolean): SaidOfTwo {
  const happened = spoken.flatMap(({ run, topic }) => (topic.event ? [{ run, topic, event: topic.event }] : []));
  const latest = happened.reduce<(typeof happened)[number] | null>((last, each) => (last && last.event.time > each.event.time ? last : each), null);
  const lead = (playing ? happened.find(({ run }) => run.session === session) : undefined) ?? latest;
  if (!lead) return { sentences: [{ run: null, line: { key: 'caption.before', args: {} } }], whys: [], weight: 0 };
  const told = spoken.flatMap(({ run, topic }): Told[] => {
    const event = run === lead.run ? lead.event : twinOf(lead.event, topic.reel, run.session.player.playhead.event);
    return event ? [{ run: run.letter ?? '', event, scene: sceneOf(run.session, topic.reel, run === lead.run ? topic.frame : null) }] : [];
  });
  return describeBoth(told);
}

/** For a screen reader: what is seen. */
function spokenLines({ sentences, whys, weight }: SaidOfTwo): SaidLines {
  return { lines: [...sentences, ...whys], weight };
}

/** The next event of either run. */
function NextOfTwo({ spoken, playing }: { readonly spoken: readonly Spoken[]; readonly playing: boolean }): ReactNode {
  const text = useText();
  if (spoken.some(({ topic }) => topic.next === undefined)) return null;
  const coming = spoken.flatMap(({ run, topic }): { run: RunOnPage; topic: Topic; next: TapeEvent }[] => (topic.next ? [{ run, topic, next: topic.next }] : []));
  const [first] = coming.toSorted((a, b) => a.next.time - b.next.time);
  if (!first) return <p className="nextb over">{text('caption.next.nothing')}</p>;
  const { run, topic, next } = first;
  const line = describeNext(next, topic.event, sceneOf(run.session, topic.reel, topic.frame));
  const { player } = run.session;
  const go = (): void => {
    player.pause();
    player.step(1);
  };
  return (
    <button type="button" className={playing ? 'nextb past' : 'nextb'} onClick={go}>
      <span>{text('caption.next')}</span>
      <b className="ofrun">{run.letter}</b>
      <span className="what">{text(line.key, line.args, sessionNames(run.session))}</span>
      <Icon name="right" />
    </button>
  );
}
