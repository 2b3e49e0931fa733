/** Shares one source between two consumers: a request during a capture gets a copy of the same picture. */
import type { FrameSource } from '../../capture/frame-source.ts';
import type { Frame } from '../../domain/frame.ts';

interface Taking {
  readonly frame: Promise<Frame<ImageBitmap>>;
  readonly abort: AbortController;
  takers: number;
}

/** @returns two views of the same source; closing a view has no effect, because the owner closes the source */
export function shareSource(source: FrameSource): readonly [FrameSource, FrameSource] {
  let underWay: Taking | null = null;

  function take(): Taking {
    const abort = new AbortController();
    const taking: Taking = { frame: source.capture(abort.signal), abort, takers: 0 };
    const over = () => {
      if (underWay === taking) underWay = null;
    };
    taking.frame.then(over, over);
    return taking;
  }

  async function capture(signal: AbortSignal): Promise<Frame<ImageBitmap>> {
    signal.throwIfAborted();
    const taking = (underWay ??= take());
    taking.takers++;
    const leave = () => {
      taking.takers--;
      // No consumer still waits for this picture.
      if (taking.takers === 0) taking.abort.abort(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      const frame = await taking.frame;
      if (!signal.aborted) return await shareOf(taking, frame);
      if (taking.takers === 0) frame.pixels.close();
      throw signal.reason;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** The last consumer gets the original picture, so that a single consumer needs no copy. */
  async function shareOf(taking: Taking, frame: Frame<ImageBitmap>): Promise<Frame<ImageBitmap>> {
    taking.takers--;
    return taking.takers === 0 ? frame : { ...frame, pixels: await createImageBitmap(frame.pixels) };
  }

  const view = (): FrameSource => ({
    label: source.label,
    width: source.width,
    height: source.height,
    moving: source.moving,
    mirrorByDefault: source.mirrorByDefault,
    capture,
    counters: () => source.counters(),
    onEnd: (listener) => source.onEnd(listener),
    close: () => undefined,
  });
  return [view(), view()];
}
