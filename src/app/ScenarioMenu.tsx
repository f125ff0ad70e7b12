import { use, useState, type ReactNode } from 'react';
import type { Scenario } from '../../workers/model/scenario.ts';
import { loadScenarios } from '../gallery/scenarios.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { Icon } from '../kit/icons.tsx';
import { Menu, type MenuItem } from '../kit/Menu.tsx';
import { OpenFileContext } from '../open/OpenFile.tsx';
import { scenarioHash } from './route.ts';

type Opened = { readonly at: { readonly x: number; readonly y: number }; readonly scenarios: readonly Scenario[] };

/** The title of what is running; it opens the list of what else there is. */
export function ScenarioMenu({ id, title }: { readonly id: string; readonly title: string }): ReactNode {
  const text = useText();
  const language = useLanguage();
  const openFile = use(OpenFileContext);
  const [opened, setOpened] = useState<Opened | null>(null);
  const open = async (button: HTMLElement): Promise<void> => {
    const { left, bottom } = button.getBoundingClientRect();
    setOpened({ at: { x: left, y: bottom + 4 }, scenarios: await loadScenarios() });
  };
  const goTo = (hash: string) => (): void => {
    location.hash = hash;
  };
  const items = (scenarios: readonly Scenario[]): readonly MenuItem[] => [
    ...scenarios.map(({ id: scenario, family, text: words }, at) => ({
      id: scenario,
      name: words[language].title,
      checked: scenario === id,
      ...(family !== scenarios[at - 1]?.family && { heading: text(`gallery.family.${family}`) }),
      act: goTo(scenarioHash(scenario)),
    })),
    { id: 'file', name: text('app.open-file'), icon: 'open', separated: true, act: openFile },
    { id: 'gallery', name: text('app.all-scenarios'), act: goTo('#/') },
  ];
  return (
    <>
      <button type="button" className="title" aria-haspopup="menu" aria-expanded={opened !== null} onClick={(event) => void open(event.currentTarget)}>
        <span className="t">{title}</span>
        <Icon name="down" size={14} />
      </button>
      {opened ? <Menu title={text('app.scenarios')} items={items(opened.scenarios)} at={opened.at} close={() => setOpened(null)} /> : null}
    </>
  );
}
