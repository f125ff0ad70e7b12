// General styles come first: what a component brings with it wins.
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/bar.css';
import './styles/stage.css';
import './styles/caption.css';
import './styles/panels.css';
import './styles/gallery.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followLanguage } from '../i18n/text.ts';
import { connect } from '../simulation/client.ts';
import { startWorker } from '../simulation/start-worker.ts';
import { applyPreferences } from '../stores/preferences.ts';
import { App } from './App.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { nameFirstRoute } from './route.ts';

async function start(element: HTMLElement): Promise<void> {
  nameFirstRoute();
  applyPreferences(document.documentElement);
  const client = connect(() => startWorker('simulator'));
  await followLanguage();
  createRoot(element).render(
    <StrictMode>
      <ErrorBoundary>
        <App client={client} />
      </ErrorBoundary>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
