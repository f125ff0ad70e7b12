import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../workers/contract.ts';
import type { JsonObject } from '../../workers/model/json.ts';
import { bringProtocols } from '../i18n/text.ts';
import type { SimulatorClient } from '../simulation/client.ts';
import type { Pair } from '../simulation/pair.ts';
import { createSession, type OpenSession } from '../simulation/session.ts';
import type { Source } from '../simulation/source.ts';
import type { Session } from '../simulation/types.ts';
import { preferences } from '../stores/preferences.ts';

export type Opened =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly session: OpenSession; readonly pair: Pair | null }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly reason: string };

/** How a second run comes to stand beside the one that is open, and goes. */
export type Comparing = {
  readonly compare: (set: JsonObject) => Promise<void>;
  /** The focused one of two runs goes on alone. */
  readonly separate: () => void;
};

/** Opens a run for as long as the component is there, with a second one beside it where its scenario has one. */
export function useSession(client: SimulatorClient, source: Source): Opened & Comparing {
  const [opened, setOpened] = useState<Opened>({ kind: 'opening' });
  /** What is to be closed: with it goes the run beside it. */
  const open = useRef<Session | null>(null);
  const comparing = useRef(false);
  useEffect(() => {
    let left = false;
    const begin = async (): Promise<void> => {
      await client.restart();
      const answer = await createSession(client, source);
      if (answer.ok) await bringProtocols(answer.value.store.getState().info.scenario.processes.map(({ protocol }) => protocol));
      if (!answer.ok) return setOpened({ kind: 'refused', problem: answer.problem });
      const session = answer.value;
      if (left) return session.close();
      open.current = session;
      rememberDrawer(session);
      const { scenario: { opening }, recorded } = session.store.getState().info;
      const link = source.kind === 'link' ? source.beside : undefined;
      // A recording is of one run; a link may hold another one.
      const second = recorded ? link : opening.beside;
      const pair = second === undefined ? null : await beside(session, second);
      if (left) pair?.end(session);
      else setOpened({ kind: 'open', session, pair });
    };
    begin().catch((error: unknown) => {
      if (!left) setOpened({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    });
    return () => {
      left = true;
      open.current?.close();
      open.current = null;
    };
  }, [client, source]);
  const compare = useCallback(
    async (set: JsonObject): Promise<void> => {
      if (opened.kind !== 'open' || opened.pair || comparing.current) return;
      comparing.current = true;
      const pair = await beside(opened.session, set).finally(() => {
        comparing.current = false;
      });
      // Whoever has gone elsewhere meanwhile leaves nothing behind.
      if (open.current !== opened.session) pair?.end(opened.session);
      else if (pair) setOpened({ ...opened, pair });
    },
    [opened],
  );
  const separate = useCallback((): void => {
    if (opened.kind !== 'open' || !opened.pair) return;
    const { focused } = opened.pair.store.getState();
    opened.pair.end();
    if (focused !== opened.session) rememberDrawer(focused);
    open.current = focused;
    setOpened({ kind: 'open', session: focused, pair: null });
  }, [opened]);
  return { ...opened, compare, separate };
}

/**
 * Opens a second run beside a session: the one that a link holds, or the same with other values. What is needed for it is
 * loaded when it is wanted. The session says what is wrong with it.
 */
async function beside(session: OpenSession, second: JsonObject | string): Promise<Pair | null> {
  const { openBeside, openLinkBeside } = await import('../beside/beside.ts');
  try {
    const answer = await (typeof second === 'string' ? openLinkBeside(session, second) : openBeside(session, second));
    if (answer.ok) return answer.value;
    session.store.setState({ problem: answer.problem });
  } catch (error) {
    // A worker that died has been told of.
    if (session.store.getState().stoppedAt === null) throw error;
  }
  return null;
}
/** The drawer comes back as it was left in the last scenario of the same family. Where none was, charts are there to be read. */
function rememberDrawer({ store }: Session): void {
  const { charts = false, scenario } = store.getState().info;
  const { family } = scenario;
  const before = preferences.getState().drawers[family] ?? (charts && matchMedia(ROOMY).matches ? 'charts' : undefined);
  if (before) store.setState({ drawer: before });
  store.subscribe(({ drawer }, last) => {
    if (drawer !== last.drawer) preferences.setState(({ drawers }) => ({ drawers: { ...drawers, [family]: drawer } }));
  });
}

/** Where the drawer leaves the stage room enough. */
const ROOMY = '(min-height: 641px)';
