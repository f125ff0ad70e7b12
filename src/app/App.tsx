import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { OpenFileRequest, OpenRequest } from '../../workers/contract.ts';
import { Gallery } from '../gallery/Gallery.tsx';
import type { SimulatorClient } from '../simulation/client.ts';
import type { Source } from '../simulation/source.ts';
import { OpenFile } from '../open/OpenFile.tsx';
import { FILE_HASH, parseRoute, useHash } from './route.ts';
import { ScenarioScreen } from './ScenarioScreen.tsx';
import { SettleContext } from './settle.ts';

/** The file that was opened last; two of the same name are two. */
type OpenedFile = { readonly request: OpenFileRequest; readonly number: number };

/** The scenario at an address, with other settings than its own. Whoever goes elsewhere and comes back finds its own again. */
type SettledRun = { readonly hash: string; readonly request: OpenRequest; readonly number: number };

/** Which screen the address names. The worker is one a page, whatever is open in it. */
export function App({ client }: { readonly client: SimulatorClient }): ReactNode {
  const hash = useHash();
  const [file, setFile] = useState<OpenedFile | null>(null);
  const open = useCallback((request: OpenFileRequest) => {
    setFile((before) => ({ request, number: (before?.number ?? 0) + 1 }));
    location.hash = FILE_HASH;
  }, []);
  const [settled, setSettled] = useState<SettledRun | null>(null);
  const settle = useCallback(
    (request: OpenRequest) => setSettled((before) => ({ hash: location.hash, request, number: (before?.number ?? 0) + 1 })),
    [],
  );
  const source = useMemo((): Source | null => {
    return settled?.hash === hash ? { kind: 'scenario', request: settled.request } : sourceOf(hash, file?.request ?? null);
  }, [hash, file, settled]);
  const key = `${hash} ${file?.number} ${settled?.hash === hash ? settled.number : ''}`;
  return (
    <OpenFile simulator={client.simulator} open={open}>
      <SettleContext value={settle}>{source ? <ScenarioScreen key={key} client={client} source={source} /> : <Gallery simulator={client.simulator} />}</SettleContext>
    </OpenFile>
  );
}

function sourceOf(hash: string, file: OpenFileRequest | null): Source | null {
  const route = parseRoute(hash);
  switch (route.kind) {
    case 'gallery':
      return null;
    case 'scenario':
      return { kind: 'scenario', request: { scenario: route.id } };
    case 'link':
      return { kind: 'link', link: route.link, scenario: route.id, ...(route.beside !== undefined && { beside: route.beside }) };
    case 'file':
      return file && { kind: 'file', request: file };
  }
}
