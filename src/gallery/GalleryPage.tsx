import { use, useEffect, useState, type ReactNode } from 'react';
import type { Opening, Simulator } from '../../workers/contract.ts';
import type { Family, Scenario } from '../../workers/model/scenario.ts';
import { LanguageButton, ThemeButton } from '../app/Choices.tsx';
import { scenarioHash } from '../app/route.ts';
import { formatCount } from '../i18n/format.ts';
import { hasText, useLanguage, useText } from '../i18n/text.ts';
import { BrandMark, Icon } from '../kit/icons.tsx';
import { OpenFileContext } from '../open/OpenFile.tsx';
import { Hero } from './Hero.tsx';
import { askToContinue, lastRun } from './last-run.ts';
import { usePosters } from './posters.ts';
import { families, loadScenarios } from './scenarios.ts';
import { Thumbnail } from './Thumbnail.tsx';
import './gallery.css';

export function GalleryPage({ simulator }: { readonly simulator: Simulator }): ReactNode {
  const text = useText();
  const [scenarios, setScenarios] = useState<readonly Scenario[]>([]);
  const [family, setFamily] = useState<Family | 'all'>('all');
  useEffect(() => {
    document.title = 'Netsplit';
    let current = true;
    const load = async (): Promise<void> => {
      const found = await loadScenarios();
      if (current) setScenarios(found);
    };
    void load();
    return () => {
      current = false;
    };
  }, []);
  const posters = usePosters(simulator, scenarios);
  const shown = scenarios.filter((scenario) => family === 'all' || scenario.family === family);
  return (
    <div className="gal">
      <header className="bar">
        <a className="brand" href="#/" aria-label={text('app.brand')}>
          <BrandMark />
          <span className="wordmark" aria-hidden="true">Net<i />split</span>
        </a>
        <span className="grow" />
        <span className="grp">
          <LanguageButton />
          <ThemeButton />
        </span>
      </header>
      <main data-idle={scenarios.length > 0}>
        <section className="hero">
          <Hero />
          <div className="herotext">
            <h1>{text('gallery.title')}</h1>
            <p>{text('gallery.lead')}</p>
            <HeroButtons scenarios={scenarios} />
          </div>
        </section>
        <Filter scenarios={scenarios} family={family} choose={setFamily} />
        <ul className="cards">
          {shown.map((scenario) => <Card key={scenario.id} scenario={scenario} poster={posters.get(scenario.id)} />)}
        </ul>
      </main>
    </div>
  );
}

function HeroButtons({ scenarios }: { readonly scenarios: readonly Scenario[] }): ReactNode {
  const text = useText();
  const openFile = use(OpenFileContext);
  const last = lastRun();
  const known = last && scenarios.some(({ id }) => id === last.scenario) ? last : null;
  const [first] = scenarios;
  return (
    <div className="herobtn">
      {known ? (
        <a className="btn primary" href={scenarioHash(known.scenario)} onClick={askToContinue}>
          {text('gallery.continue', { step: formatCount(known.event) })}
        </a>
      ) : null}
      {!known && first ? <a className="btn primary" href={scenarioHash(first.id)}>{text('gallery.start')}</a> : null}
      <button type="button" className="btn ghost" onClick={openFile}>
        <Icon name="open" />
        {text('open.file')}
      </button>
    </div>
  );
}

type FilterProps = { readonly scenarios: readonly Scenario[]; readonly family: Family | 'all'; readonly choose: (family: Family | 'all') => void };

/** Only families of which there is something. */
function Filter({ scenarios, family, choose }: FilterProps): ReactNode {
  const text = useText();
  const count = (of: Family): number => scenarios.filter((scenario) => scenario.family === of).length;
  const choices = [
    { id: 'all' as const, count: scenarios.length },
    ...families.map((id) => ({ id, count: count(id) })).filter((choice) => choice.count > 0),
  ];
  return (
    <nav className="filter" aria-label={text('gallery.filter')}>
      {choices.map((choice) => (
        <button key={choice.id} type="button" aria-pressed={choice.id === family} onClick={() => choose(choice.id)}>
          {text(`gallery.family.${choice.id}`)}
          <span>{choice.count}</span>
        </button>
      ))}
    </nav>
  );
}

function Card({ scenario, poster }: { readonly scenario: Scenario; readonly poster: Opening | undefined }): ReactNode {
  const text = useText();
  const language = useLanguage();
  const { title, watch } = scenario.text[language];
  const last = lastRun();
  const here = last?.scenario === scenario.id ? [text('gallery.at-step', { step: formatCount(last.event) })] : [];
  return (
    <li>
      <a className="card" href={scenarioHash(scenario.id)} aria-label={title}>
        <div className="thumb">
          <Thumbnail scenario={scenario} poster={poster} />
        </div>
        <h2>{title}</h2>
        <p className="watch">{watch}</p>
        <p>{[...protocolNames(scenario).map((key) => text(key)), ...here].join(text('gallery.separator'))}</p>
      </a>
    </li>
  );
}

/** What the scenario is about: its protocols that have a name here (a stream of probes is not one of them), else its family. */
function protocolNames({ processes, family }: Scenario): readonly string[] {
  const named = [...new Set(processes.map(({ protocol }) => `gallery.protocol.${protocol}`))].filter(hasText);
  return named.length > 0 ? named : [`gallery.family.${family}`];
}
