import { createContext } from 'react';
import type { OpenRequest } from '../../workers/contract.ts';

/** Runs what is at this address anew, with other settings. */
export const SettleContext = createContext<(request: OpenRequest) => void>(() => {});
