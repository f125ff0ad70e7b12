import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Violation } from '../../workers/model/invariant.ts';
import { NamesContext } from '../i18n/names.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { Text } from '../i18n/Text.tsx';
import { IconButton } from '../kit/IconButton.tsx';
import { Icon } from '../kit/icons.tsx';
import { useRuns } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import type { Line } from './deeds.ts';
import { describe, describeNext, type Scene, type Spoken } from './describe.ts';
import { LiveRegion, type SaidLines } from './LiveRegion.tsx';
import { sceneOf } from './scene.ts';
import { strokeLines } from './stroke.ts';
import { Trouble } from './Trouble.tsx';
import { useOpening } from './useOpening.ts';
import { useTopic, type Topic } from './useTopic.ts';
import { brokenLine, invariantText } from './violations.ts';
import './caption.css';

// Few scenarios show two runs.
const CaptionOfTwo = lazy(async () => ({ default: (await import('../beside/CaptionOfTwo.tsx')).CaptionOfTwo }));

/** One sentence about the event under the playhead, one line of arithmetic, and what comes next. */
export function Caption({ session }: { readonly session: Session }): ReactNode {
  const language = useLanguage();
  const names = sessionNames(session);
  const topic = useTopic(session);
  const violations = useStore(session.store, (state) => state.index?.violations) ?? none;
  const scene = useMemo(() => (topic ? sceneOf(session, topic.reel, topic.frame) : null), [session, topic]);
  const spoken = useMemo(() => speak(topic, scene), [topic, scene]);
  const event = topic?.event?.event;
  const violation = violations.find((candidate) => candidate.event === event) ?? null;
  // What is wrong is said before anything else.
  const runs = useRuns(session);
  const { shown, toggle } = useOpening(runs);
  const opening = shown && !violation;
  const two = runs.length > 1 && !opening && !violation;
  const said = violation ? { sentence: brokenLine(violation), why: null, weight: 100 } : spoken;
  const stroke = useStore(session.store, (state) => state.stroke ?? null);
  const drawn = stroke ? strokeLines(stroke) : null;
  const text = useText();
  const words = session.store.getState().info.scenario.text[language];

  return (
    <NamesContext value={names}>
      <Trouble session={session} />
      <div className={violation ? 'caption wrong' : 'caption'}>
        {drawn ? (
          <Said said={drawn} broken={null} />
        ) : opening ? (
          <div className="say">
            <p>{words.try}</p>
            <div className="why"><span>{words.watch}</span></div>
          </div>
        ) : two ? (
          <Suspense fallback={<div className="say" />}>
            <CaptionOfTwo session={session} runs={runs} />
          </Suspense>
        ) : (
          <Said said={said} broken={violation} />
        )}
        <IconButton className="about only-desk" icon="about" name={text('caption.about')} aria-pressed={opening} onClick={toggle} />
        <WrongStep session={session} violations={violations} event={event} />
        {violation ? <PlayOn session={session} /> : two || opening ? null : <Next session={session} topic={topic} scene={scene} />}
      </div>
      <LiveRegion session={session} said={opening || two ? null : linesOf(said)} names={names} urgent={violation !== null} />
    </NamesContext>
  );
}

const none: readonly Violation[] = [];

function linesOf(said: Spoken | null): SaidLines | null {
  return said && { lines: [said.sentence, ...(said.why ? [said.why] : [])].map((line) => ({ run: null, line })), weight: said.weight };
}

/** @param broken the violation that the sentence is about: its invariant is named first. */
function Said({ said, broken }: { readonly said: Spoken | null; readonly broken: Violation | null }): ReactNode {
  const text = useText();
  if (!said) return <div className="say" />;
  return (
    <div className="say">
      <p>
        {broken ? <><Text id="caption.broken" args={{ name: invariantText(broken.invariant, text) }} />{' '}</> : null}
        <Text id={said.sentence.key} args={said.sentence.args} />
      </p>
      {said.why ? <div className="why"><span><Text id={said.why.key} args={said.why.args} /></span></div> : null}
    </div>
  );
}

/** The sentence about a topic; before the first event, that nothing has happened yet. */
function speak(topic: Topic | null, scene: Scene | null): Spoken | null {
  if (!topic || !scene) return null;
  if (topic.event) return describe(topic.event, scene);
  return { sentence: { key: 'caption.before', args: {} }, why: null, weight: 0 };
}

function Next({ session, topic, scene }: { readonly session: Session; readonly topic: Topic | null; readonly scene: Scene | null }): ReactNode {
  const text = useText();
  const playing = useStore(session.store, (state) => state.playing);
  if (!topic || !scene || topic.next === undefined) return null;
  if (topic.next === null) return <p className="nextb over">{text('caption.next.nothing')}</p>;
  const line: Line = describeNext(topic.next, topic.event, scene);
  const go = (): void => {
    session.player.pause();
    session.player.step(1);
  };
  return (
    // While it plays, the sentence stays to be read, and what came next has come. The room for it is kept.
    <button type="button" className={playing ? 'nextb past' : 'nextb'} onClick={go}>
      <span>{text('caption.next')}</span>
      <span className="what">{text(line.key, line.args, sessionNames(session))}</span>
      <Icon name="right" />
    </button>
  );
}

type WrongStepProps = { readonly session: Session; readonly violations: readonly Violation[]; readonly event: number | undefined };

/** Once something has gone wrong, the first wrong step is one click away. */
function WrongStep({ session, violations, event }: WrongStepProps): ReactNode {
  const text = useText();
  const first = violations[0];
  if (!first || event === undefined || event <= first.event) return null;
  const go = (): void => {
    session.player.pause();
    session.player.seekEvent(first.event);
  };
  return (
    <button type="button" className="btn primary" onClick={go}>
      <Icon name="stepBack" />
      {text('caption.first-wrong-step')}
    </button>
  );
}

/** Playing has stopped at what is wrong; it goes on if one wants it to. */
function PlayOn({ session }: { readonly session: Session }): ReactNode {
  const text = useText();
  return (
    <button type="button" className="btn ghost playon" onClick={() => session.player.play()}>
      {text('caption.play-on')}
    </button>
  );
}
