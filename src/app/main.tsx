import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

// A placeholder, so that the page builds before there is a shell.
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <h1>Netsplit</h1>
    </StrictMode>,
  );
}
