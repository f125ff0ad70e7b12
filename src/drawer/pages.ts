import type { Session } from '../simulation/types.ts';

/** At which page the drawer opens: a run that has charts is read in them. */
export function firstPage({ store }: Session): 'charts' | 'spacetime' {
  return store.getState().info.charts === true ? 'charts' : 'spacetime';
}
