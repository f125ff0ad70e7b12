import type { Answer, OpenFileRequest, OpenRequest, RunInfo, Simulator } from '../../workers/contract.ts';

/** Where a run comes from: opened again from the same when a worker has died. */
export type Source =
  | { readonly kind: 'scenario'; readonly request: OpenRequest }
  | { readonly kind: 'file'; readonly request: OpenFileRequest }
  /**
   * A share link, and the built-in scenario that is shown in its place where it cannot be read. Where it holds two runs,
   * `beside` is a link to the second.
   */
  | { readonly kind: 'link'; readonly link: string; readonly scenario: string; readonly beside?: string };

export function openRun(simulator: Simulator, source: Source): Promise<Answer<RunInfo>> {
  switch (source.kind) {
    case 'scenario':
      return simulator.open(source.request);
    case 'file':
      return simulator.openFile(source.request);
    case 'link':
      return simulator.openLink(source.link);
  }
}
