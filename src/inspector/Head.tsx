import type { ReactNode } from 'react';
import { useText } from '../i18n/text.ts';
import { IconButton } from '../kit/IconButton.tsx';
import { Icon, type IconName } from '../kit/icons.tsx';
import { useRuns } from '../simulation/runs.ts';
import type { Session } from '../simulation/types.ts';

type Props = {
  readonly session: Session;
  readonly picture: ReactNode;
  readonly title: string;
  readonly subtitle: string;
  /** What can be done to it. */
  readonly children?: ReactNode;
};

/** The top of the inspector: what is looked at, and what can be done to it. */
export function Head({ session, picture, title, subtitle, children }: Props): ReactNode {
  const text = useText();
  const letter = useRuns(session).find((run) => run.session === session)?.letter;
  return (
    <div className="sec">
      <div className="ihead">
        {letter ? <b className="letter">{letter}</b> : null}
        {picture}
        <div className="iname">
          <h2>{title}</h2>
          <p>{subtitle}</p>
        </div>
        <IconButton icon="close" name={text('kit.close')} shortcut="Esc" onClick={() => session.select(null)} />
      </div>
      {children ? <div className="acts">{children}</div> : null}
    </div>
  );
}

type ActProps = { readonly icon: IconName; readonly name: string; readonly disabled?: boolean } & (
  | { readonly act: () => void; readonly submits?: false }
  /** It sends the form that it stands in. */
  | { readonly act?: undefined; readonly submits: true }
);

/** Something that changes the run. */
export function Act({ icon, name, act, disabled = false, submits = false }: ActProps): ReactNode {
  return (
    <button type={submits ? 'submit' : 'button'} className="act-b" onClick={act} disabled={disabled}>
      <Icon name={icon} size={14} />
      {name}
    </button>
  );
}

type SectionProps = { readonly title: ReactNode; readonly aside?: ReactNode; readonly children: ReactNode };

export function Section({ title, aside, children }: SectionProps): ReactNode {
  return (
    <div className="sec">
      <div className="h">
        <h3>{title}</h3>
        {aside === undefined ? null : <span>{aside}</span>}
      </div>
      {children}
    </div>
  );
}
