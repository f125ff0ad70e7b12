import { createContext } from 'react';
import type { Pair } from '../simulation/pair.ts';
import type { Comparing } from './useSession.ts';

/** The two runs that are compared, if there are two, and how that begins and ends. */
export const CompareContext = createContext<Comparing & { readonly pair: Pair | null }>({ pair: null, compare: async () => {}, separate: () => {} });
