import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { OpenFileRequest } from '../../workers/contract.ts';
import { Gallery } from '../gallery/Gallery.tsx';
import type { SimulatorClient } from '../simulation/client.ts';
import type { Source } from '../simulation/session.ts';
import { OpenFile } from '../open/OpenFile.tsx';
import { FILE_HASH, parseRoute, useHash } from './route.ts';
import { ScenarioScreen } from './ScenarioScreen.tsx';

/** The file that was opened last; two of the same name are two. */
type OpenedFile = { readonly request: OpenFileRequest; readonly number: number };

/** Which screen the address names. The worker is one a page, whatever is open in it. */
export function App({ client }: { readonly client: SimulatorClient }): ReactNode {
  const hash = useHash();
  const [file, setFile] = useState<OpenedFile | null>(null);
  const open = useCallback((request: OpenFileRequest) => {
    setFile((before) => ({ request, number: (before?.number ?? 0) + 1 }));
    location.hash = FILE_HASH;
  }, []);
  const source = useMemo(() => sourceOf(hash, file?.request ?? null), [hash, file]);
  const key = hash === FILE_HASH ? `${hash} ${file?.number}` : hash;
  return (
    <OpenFile simulator={client.simulator} open={open}>
      {source ? <ScenarioScreen key={key} client={client} source={source} /> : <Gallery />}
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
    case 'file':
      return file && { kind: 'file', request: file };
  }
}
