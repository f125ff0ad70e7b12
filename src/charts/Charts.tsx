import type { ReactNode } from 'react';
import type { Session } from '../simulation/types.ts';
import { useMeasures } from './measures.ts';

export function Charts({ session }: { readonly session: Session }): ReactNode {
  const measures = useMeasures(session);
  return <section className="charts">{measures?.charts.length}</section>;
}
