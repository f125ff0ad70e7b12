import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useText } from '../i18n/text.ts';
import { sessionNames } from '../i18n/session-names.ts';
import { Glyph } from '../kit/Glyph.tsx';
import { glyphOf, marksOf, messageName, viewOf } from '../kit/views.ts';
import type { MessageGlyph, MessageMarks } from '../../workers/model/view.ts';
import type { Reel } from '../../workers/contract.ts';
import type { Session } from '../simulation/types.ts';
import type { KeyLine } from './lanes/LaneKey.tsx';
import type { LanesDescription } from './mount.ts';

const LaneKey = lazy(async () => ({ default: (await import('./lanes/LaneKey.tsx')).LaneKey }));

type Props = { readonly session: Session; readonly root: string | null; readonly spreads: boolean; readonly cluster: boolean; readonly lanes: LanesDescription | null };

/** What the marks mean, beside the drawing: the kinds of messages of this scenario, the tree, the news. */
export function StageKey({ session, root, spreads, cluster, lanes }: Props): ReactNode {
  const text = useText();
  const seen = useSeen(session);
  const told = useStore(session.store, (state) => state.drawer === 'spacetime');
  const lines = linesOf(session, seen, cluster);
  if (lanes) {
    return (
      <Suspense fallback={null}>
        <LaneKey lines={laneLinesOf(lines, seen)} looksAround={lanes.looksAround} />
      </Suspense>
    );
  }
  // The space-time diagram has a key of its own.
  if (cluster && told) return null;
  // In columns the last line stays free where there are few: there it is told how islands stand.
  const rows = Math.max(4, Math.ceil((lines.length + 3 + (root === null ? 0 : 1) + (spreads ? 2 : 0)) / 2));
  return (
    <div className={cluster ? 'mapkey column' : 'mapkey'} {...(cluster ? { style: { gridTemplateRows: `repeat(${rows}, auto)` } } : {})} role="note" aria-label={text('stage.key')}>
      {lines.map(({ kind, glyph, marks }) => (
        <span key={`${kind} ${marks.small}`}>
          <Glyph glyph={glyph} marks={marks} />
          {marks.small ? text('stage.key.empty') : kind}
        </span>
      ))}
      {cluster && hasReplies(seen) ? (
        <span>
          <Glyph glyph={replyGlyph} />
          {text('stage.key.reply')}
        </span>
      ) : null}
      {cluster ? <NodeKey /> : null}
      {root === null ? null : (
        <span>
          <i className="kt" />
          {text('stage.key.tree', { root: sessionNames(session).node(root) })}
        </span>
      )}
      {spreads ? (
        <>
          <span>
            <svg className="ig" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
              <g className="msg k-teal">
                <path className="g hollow" d="M5.5 0 2.75 4.79-2.75 4.79-5.5 0-2.75-4.79 2.75-4.79z" />
                <path className="nackbar" d="M-5 5 5-5" />
              </g>
            </svg>
            {text('stage.key.redundant')}
          </span>
          <span>
            <i className="kf" />
            {text('stage.key.fresh')}
          </span>
        </>
      ) : null}
    </div>
  );
}

/** What is around and beside the servers of a cluster. */
function NodeKey(): ReactNode {
  const text = useText();
  return (
    <>
      <span>
        <svg className="ig node" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
          <circle className="timer-rail" r="6.5" />
          <path className="timer" d="M0 6.5A6.5 6.5 0 1 1 0 -6.5" />
          <circle className="disc" r="3.2" />
        </svg>
        {text('stage.key.ring')}
      </span>
      <span>
        <svg className="ig" width="21" height="10" aria-hidden="true">
          <rect className="cell done" x="0" y=".5" width="9" height="9" rx="2" />
          <rect className="cell open" x="11.7" y="1.2" width="7.6" height="7.6" rx="2" />
        </svg>
        {text('stage.key.strip')}
      </span>
    </>
  );
}

/** What has been met of a run so far: kinds of messages, and those of them that were also met with nothing in them. */
type Seen = { readonly kinds: ReadonlySet<string>; readonly empty: ReadonlySet<string>; readonly replies: ReadonlySet<string>; readonly refused: ReadonlySet<string> };

const nothing: Seen = { kinds: new Set(), empty: new Set(), replies: new Set(), refused: new Set() };

/** Follows the reels: a kind that never occurs needs no line. */
function useSeen(session: Session): Seen {
  const [seen, setSeen] = useState(nothing);
  useEffect(() => {
    let last: Reel | null = null;
    let met = nothing;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      timer = undefined;
      const reel = session.player.reel();
      if (!reel || reel === last) return;
      last = reel;
      const before = met;
      met = withReel(before, reel);
      // Not by a function of what is seen: React would keep it, and the reel with it, until this is drawn again.
      if (met !== before) setSeen(met);
    };
    look();
    // There is much in the reel of a large network: it is looked through beside the drawing, not while that waits.
    const stop = session.player.onFrame(() => {
      if (session.player.reel() !== last) timer ??= setTimeout(look);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [session]);
  return seen;
}

function withReel(before: Seen, reel: Reel): Seen {
  const kinds = new Set(before.kinds);
  const empty = new Set(before.empty);
  const replies = new Set(before.replies);
  const refused = new Set(before.refused);
  const meet = (message: Reel['opening']['flights'][number]['message'], process: string): void => {
    const kind = `${process} ${messageName(message, process)}`;
    kinds.add(kind);
    if (glyphOf(message, process).hollow) replies.add(kind);
    if (marksOf(message, process).refused) refused.add(messageName(message, process));
    if (marksOf(message, process).small && !glyphOf(message, process).hollow) empty.add(kind);
  };
  for (const { message, process } of reel.opening.flights) meet(message, process);
  for (const { process, effects } of reel.events) {
    for (const effect of effects) if (effect.kind === 'send' && process !== null) meet(effect.message, process);
  }
  return kinds.size === before.kinds.size && empty.size === before.empty.size && refused.size === before.refused.size ? before : { kinds, empty, replies, refused };
}

const bars: MessageMarks = { entries: 1 };
const small: MessageMarks = { small: true };
const plain: MessageMarks = {};

function hasReplies({ replies }: Seen): boolean {
  return replies.size > 0;
}

/** Stands for all replies: hollow, whatever they answer. */
const replyGlyph: MessageGlyph = { shape: 'triangle', hue: 'orange', hollow: true };

/** Beside lanes one answer stands for all, and one that refuses has a line of its own, once it has been met. */
function laneLinesOf(lines: readonly KeyLine[], { refused }: Seen): readonly KeyLine[] {
  const answer = lines.find(({ glyph }) => glyph.hollow);
  return lines.filter((line) => !line.glyph.hollow || line === answer).flatMap((line) => (refused.has(line.kind) ? [line, { ...line, marks: { refused: true } }] : [line]));
}

/**
 * One line for kinds that look alike, in the order of their protocols; a kind that may carry nothing has two.
 * @param cluster where requests and replies come in pairs: one line tells what is hollow.
 */
function linesOf(session: Session, { kinds, empty }: Seen, cluster: boolean): readonly KeyLine[] {
  const { processes } = session.store.getState().info.scenario;
  const lines = new Map<string, readonly KeyLine[]>();
  for (const protocol of new Set(processes.map((process) => process.protocol))) {
    for (const [kind, glyph] of Object.entries(viewOf(protocol)?.glyphs ?? {})) {
      const look = JSON.stringify(glyph);
      const name = `${protocol} ${kind}`;
      if (!kinds.has(name) || lines.has(look) || (cluster && glyph.hollow)) continue;
      lines.set(look, empty.has(name) ? [{ kind, glyph, marks: bars }, { kind, glyph, marks: small }] : [{ kind, glyph, marks: plain }]);
    }
  }
  return [...lines.values()].flat();
}
