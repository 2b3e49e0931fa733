/** Holds a loop between two steps until it is released. */

interface PauseGate {
  shut(): void;
  open(): void;
  /** Resolves when the gate opens; null while it is open. */
  readonly waiting: () => Promise<void> | null;
}

export function createPauseGate(): PauseGate {
  let closed: { readonly opened: Promise<void>; readonly open: () => void } | null = null;
  return {
    shut() {
      if (closed !== null) return;
      let open: () => void = () => undefined;
      const opened = new Promise<void>((resolve) => (open = resolve));
      closed = { opened, open };
    },
    open() {
      closed?.open();
      closed = null;
    },
    waiting: () => closed?.opened ?? null,
  };
}
