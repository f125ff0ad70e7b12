import type { Session } from '../simulation/types.ts';

/**
 * Writes where the playhead is onto an element, past React: `data-event`, `data-time` (ns), and `data-idle` while
 * nothing is being loaded. Whoever drives the page from outside reads them.
 */
export function showNow(element: HTMLElement, { player, store }: Session): () => void {
  const showPlayhead = (): void => {
    const { event, time } = player.playhead;
    element.dataset['event'] = String(event);
    element.dataset['time'] = String(time);
  };
  const showIdle = (): void => {
    element.dataset['idle'] = String(store.getState().idle);
  };
  showPlayhead();
  showIdle();
  const stops = [
    player.onFrame(showPlayhead),
    store.subscribe((state, before) => {
      if (state.idle === before.idle) return;
      // Idle is said of the playhead that stands here, not of the one that the next picture brings.
      showPlayhead();
      showIdle();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
