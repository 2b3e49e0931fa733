/** A view whose sessions open when it is first shown; says so while they open and if they fail. */
import { useEffect, useState, type ReactNode } from 'react';

type Opened<T> =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly parts: T }
  | { readonly kind: 'failed'; readonly detail: string };

interface OpenedViewProps<T> {
  /** Name of the view. */
  readonly name: string;
  /** What is opening: "the evaluation". */
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
