import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { formatCount } from '../i18n/format.ts';
import { useText } from '../i18n/text.ts';
import { Dialog } from '../kit/Dialog.tsx';
import { Icon } from '../kit/icons.tsx';
import { linkToBoth } from '../app/route.ts';
import { useRuns, type RunOnPage } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';
import { LINK_LENGTH_MAX } from './limits.ts';
import { saveRecording } from './save.ts';
import './share.css';

type Made =
  | { readonly kind: 'making' }
  | { readonly kind: 'link'; readonly address: string; readonly copied: boolean; /** Whether it holds both of two runs. */ readonly both: boolean }
  /** The run is too long for a link. */
  | { readonly kind: 'too-long' }
  | { readonly kind: 'failed' };

/** The run as it is looked at, as a link on the clipboard, or as a file. */
export function ShareDialog({ session, close }: { readonly session: Session; readonly close: () => void }): ReactNode {
  const text = useText();
  const [made, setMade] = useState<Made>({ kind: 'making' });
  const runs = useRuns(session);
  const letter = runs.find((run) => run.session === session)?.letter ?? null;

  useEffect(() => {
    let left = false;
    const make = async (): Promise<Made> => {
      const both = await linkOfBoth(runs);
      const link = both ?? (await linkOf(session));
      if (link === null) return { kind: 'too-long' };
      const address = new URL(link, location.href).href;
      return { kind: 'link', address, copied: await copy(address), both: both !== null };
    };
    make().then(
      (result) => left || setMade(result),
      () => left || setMade({ kind: 'failed' }),
    );
    return () => {
      left = true;
    };
  }, [session, runs]);

  return (
    <Dialog title={text('share.title')} close={close}>
      {made.kind === 'making' ? <output>{text('share.making')}</output> : null}
      {made.kind === 'link' ? <Link address={made.address} copied={made.copied} copyAgain={async () => setMade({ ...made, copied: await copy(made.address) })} /> : null}
      {made.kind === 'too-long' ? <output>{text('share.too-long', { maximum: formatCount(LINK_LENGTH_MAX) })}</output> : null}
      {made.kind === 'failed' ? <p className="openproblem" role="alert">{text('open.failed')}</p> : null}
      {letter ? <p>{text(made.kind === 'link' && made.both ? 'share.both' : 'share.one', { run: letter })}</p> : null}
      <p className="muted">{text('share.what')}</p>
      <div className="dialogacts">
        <button type="button" className={made.kind === 'too-long' ? 'btn primary' : 'btn ghost'} onClick={() => void saveRecording(session)}>
          <Icon name="save" />
          {text('share.save')}
        </button>
      </div>
    </Dialog>
  );
}

function linkOf({ simulator, store, player }: Session): Promise<string | null> {
  const { info, branch } = store.getState();
  return simulator.share(info.run, branch, player.playhead.event);
}

/** @returns null where there is one run only, or where two are too long for a link */
async function linkOfBoth(runs: readonly RunOnPage[]): Promise<string | null> {
  const [first = null, second = null] = await Promise.all(runs.length > 1 ? runs.map((run) => linkOf(run.session)) : []);
  if (first === null || second === null) return null;
  const link = linkToBoth(first, second);
  return link.length <= LINK_LENGTH_MAX ? link : null;
}

/** @returns whether it is on the clipboard; a browser may refuse */
async function copy(address: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch {
    return false;
  }
}

function Link({ address, copied, copyAgain }: { readonly address: string; readonly copied: boolean; readonly copyAgain: () => Promise<void> }): ReactNode {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const label = useId();
  useEffect(() => input.current?.select(), []);
  return (
    <>
      <output id={label}>{text(copied ? 'share.copied' : 'share.copy-by-hand')}</output>
      <div className="sharelink">
        <input ref={input} className="mono" readOnly aria-labelledby={label} value={address} onFocus={(event) => event.target.select()} />
        <button type="button" className="btn primary" onClick={() => void copyAgain()}>
          {text('share.copy')}
        </button>
      </div>
    </>
  );
}
