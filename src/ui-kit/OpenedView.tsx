/** A view whose sessions are opened when it is first shown: what stands there before, and when it cannot be opened. */
import { useEffect, useState, type ReactNode } from 'react';

type Opened<T> =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly parts: T }
  | { readonly kind: 'failed'; readonly detail: string };

interface OpenedViewProps<T> {
  /** As the page names the view. */
  readonly name: string;
  /** What is being opened, in words. */
  readonly what: string;
  readonly open: () => Promise<T>;
  readonly children: (parts: T) => ReactNode;
}

export function OpenedView<T>({ name, what, open, children }: OpenedViewProps<T>) {
  const opened = useOpened(open);
  switch (opened.kind) {
    case 'opening':
      return (
        <p className="view-part quiet" role="status">
          Opening {what}…
        </p>
      );
    case 'failed':
      return (
        <p className="view-part" role="alert">
          <strong>
            The {name} view could not be opened ({opened.detail}).
          </strong>{' '}
          Check that the server is still running, then reload.
        </p>
      );
    case 'open':
      return children(opened.parts);
  }
}

function useOpened<T>(open: () => Promise<T>): Opened<T> {
  const [opened, setOpened] = useState<Opened<T>>({ kind: 'opening' });
  useEffect(() => {
    let gone = false;
    open().then(
      (parts) => {
        if (!gone) setOpened({ kind: 'open', parts });
      },
      (error: unknown) => {
        const detail = error instanceof Error ? error.message : String(error);
        if (!gone) setOpened({ kind: 'failed', detail });
      },
    );
    return () => {
      gone = true;
    };
  }, [open]);
  return opened;
}
