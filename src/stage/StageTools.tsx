import { lazy, Suspense, useEffect, useState, type ComponentProps, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { keepsKeys } from '../app/keys.ts';
import { useText } from '../i18n/text.ts';
import { IconButton } from '../kit/IconButton.tsx';
import type { IconName } from '../kit/icons.tsx';
import type { Session, Tool } from '../simulation/types.ts';
import { preferences } from '../stores/preferences.ts';
import type { PartitionDialog } from './PartitionDialog.tsx';

const LazyPartition = lazy(async () => ({ default: (await import('./PartitionDialog.tsx')).PartitionDialog }));

const tools: readonly { readonly tool: Tool; readonly icon: IconName; readonly shortcut: string }[] = [
  { tool: 'select', icon: 'select', shortcut: 'V' },
  { tool: 'scissors', icon: 'scissors', shortcut: 'C' },
  { tool: 'add', icon: 'plus', shortcut: 'N' },
];

type Props = { readonly session: Session; readonly fit: () => void } & Pick<ComponentProps<typeof PartitionDialog>, 'preview' | 'scene'>;

/** What the pointer does on the stage. */
export function StageTools({ session, fit, preview, scene }: Props): ReactNode {
  const text = useText();
  const current = useStore(session.store, (state) => state.tool);
  const [dividing, setDividing] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const pressed = event.key === 'P' && event.shiftKey && !event.metaKey && !event.ctrlKey && !event.altKey;
      if (!pressed || event.defaultPrevented || keepsKeys(event.target) || !preferences.getState().singleKeys) return;
      event.preventDefault();
      setDividing(true);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <div className="tools" role="toolbar" aria-label={text('stage.tools')}>
      {tools.map(({ tool, icon, shortcut }) => (
        <IconButton
          key={tool}
          icon={icon}
          name={text(`stage.tool.${tool}`)}
          shortcut={shortcut}
          className={current === tool ? 'on' : ''}
          aria-pressed={current === tool}
          onClick={() => session.store.setState({ tool: current === tool ? 'select' : tool })}
        />
      ))}
      <IconButton icon="divide" name={text('stage.tool.partition')} shortcut="⇧P" onClick={() => setDividing(true)} />
      <IconButton icon="fit" name={text('stage.tool.fit')} shortcut="0" onClick={fit} />
      {dividing ? (
        <Suspense fallback={null}>
          <LazyPartition
            session={session}
            preview={preview}
            scene={scene}
            close={() => {
              preview([]);
              setDividing(false);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
