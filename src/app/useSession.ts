import { useEffect, useState } from 'react';
import type { Problem } from '../../workers/contract.ts';
import { bringProtocols } from '../i18n/text.ts';
import type { SimulatorClient } from '../simulation/client.ts';
import { createSession, type Source } from '../simulation/session.ts';
import type { Session } from '../simulation/types.ts';
import { preferences } from '../stores/preferences.ts';

export type Opened =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly session: Session }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly reason: string };

/** Opens a run for as long as the component is there. */
export function useSession(client: SimulatorClient, source: Source): Opened {
  const [opened, setOpened] = useState<Opened>({ kind: 'opening' });
  useEffect(() => {
    let left = false;
    let session: Session | null = null;
    const open = async (): Promise<void> => {
      await client.restart();
      const answer = await createSession(client, source);
      if (answer.ok) await bringProtocols(answer.value.store.getState().info.scenario.processes.map(({ protocol }) => protocol));
      if (!answer.ok) setOpened({ kind: 'refused', problem: answer.problem });
      else if (left) answer.value.close();
      else {
        session = answer.value;
        rememberDrawer(session);
        setOpened({ kind: 'open', session });
      }
    };
    open().catch((error: unknown) => {
      if (!left) setOpened({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    });
    return () => {
      left = true;
      session?.close();
    };
  }, [client, source]);
  return opened;
}

/** The drawer comes back as it was left in the last scenario of the same family. */
function rememberDrawer({ store }: Session): void {
  const { family } = store.getState().info.scenario;
  const before = preferences.getState().drawers[family];
  if (before) store.setState({ drawer: before });
  store.subscribe(({ drawer }, last) => {
    if (drawer !== last.drawer) preferences.setState(({ drawers }) => ({ drawers: { ...drawers, [family]: drawer } }));
  });
}
