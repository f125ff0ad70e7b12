import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { Icon } from '../kit/icons.tsx';
import type { Session } from '../simulation/types.ts';

const ForkMenu = lazy(async () => ({ default: (await import('./ForkMenu.tsx')).ForkMenu }));

type Props = { readonly session: Session; readonly open: boolean; readonly setOpen: (open: boolean) => void };

/** What can be done here to what is selected, and all branches that there are. */
export function ForkButton({ session, open, setOpen }: Props): ReactNode {
  const text = useText();
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const box = open ? button?.getBoundingClientRect() : undefined;
  return (
    <>
      <button ref={setButton} type="button" className="btn ghost branchbtn" aria-haspopup="menu" aria-expanded={open} title={`${text('timeline.fork')} (F)`} onClick={() => setOpen(true)}>
        <Icon name="fork" />
        {text('timeline.fork')}
      </button>
      {open ? (
        <Suspense>
          <ForkMenu session={session} at={box ? { x: box.right - 252, y: box.top - 8 } : { x: 0, y: 0 }} close={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
