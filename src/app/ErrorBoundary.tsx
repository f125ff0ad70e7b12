import { Component, type ReactNode } from 'react';
import { translate } from '../i18n/text.ts';

type Props = { readonly children: ReactNode };
type State = { readonly failed: Error | null };

/** When drawing itself fails: one sentence, and a way on. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failed: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (!failed) return this.props.children;
    return (
      <main className="sorry" role="alert">
        <p>{translate('app.failed', { reason: failed.message })}</p>
        <button type="button" className="btn primary" onClick={() => location.reload()}>
          {translate('app.failed.reload')}
        </button>
      </main>
    );
  }
}
