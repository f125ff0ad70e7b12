import { lazy, Suspense, type ReactNode } from 'react';
import type { Simulator } from '../../workers/contract.ts';

// Whoever opens a scenario's own address does not need the gallery.
const GalleryPage = lazy(async () => ({ default: (await import('./GalleryPage.tsx')).GalleryPage }));

/** All scenarios, to choose from. */
export function Gallery({ simulator }: { readonly simulator: Simulator }): ReactNode {
  return (
    <Suspense fallback={<main className="gal" aria-busy="true" />}>
      <GalleryPage simulator={simulator} />
    </Suspense>
  );
}
