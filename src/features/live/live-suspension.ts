/** Takes the live view out of the way of a measurement, and brings it back as it was. */
import type { FramePump } from '../../pipeline/frame-pump.ts';
import type { EngineControl } from './engine-control.types.ts';
import type { NoticeBoard } from '../../app/notice-board.ts';
import type { ClaimMeasuring, MeasuringLease } from '../../app/measuring-lock.ts';
import type { SourceControl } from './source-control.ts';

export interface SuspensionParts {
  readonly pump: Pick<FramePump, 'hold' | 'release'>;
  readonly engine: Pick<EngineControl, 'suspend' | 'resume'>;
  readonly sources: Pick<SourceControl, 'suspend' | 'resume'>;
  readonly notices: NoticeBoard;
  /** Of all tabs; held from the first begin() to the last end(). */
  readonly claim: ClaimMeasuring;
  /** Called before the source is opened again and after; what a new source sets by itself is put back. */
  readonly keepView: () => () => void;
}

export interface LiveSuspension {
  /**
   * True from begin() to end(): two measurements would contend for the cores and both be wrong, so that who wants to
   * begin asks first, and says `measuring-already`.
   */
  busy(): boolean;
  /**
   * Resolves when no model runs, no camera sends and no frame is in flight any more.
   * @throws ProblemError measuring-elsewhere; nothing was begun then, and nothing is to be ended
   */
  begin(): Promise<void>;
  /** One for each begin() that did not throw. Resolves when picture and model are back, or have said why not; at once while others go on. */
  end(): Promise<void>;
}

export function createLiveSuspension({
  pump,
  engine,
  sources,
  notices,
  claim,
  keepView,
}: SuspensionParts): LiveSuspension {
  /** Begun and not ended: runs, evaluations and comparisons do not know of each other. */
  let holds = 0;
  /** The same at once, before anything has stopped. */
  let claims = 0;
  let pausedNotice = 0;
  let lease: MeasuringLease | null = null;
  let last: Promise<void> = Promise.resolve();

  /** One after another: a plan that is started while the live view is still coming back must not cross it. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  async function suspend(): Promise<void> {
    lease ??= await claim();
    holds++;
    if (holds > 1) return;
    pausedNotice = notices.info(
      'The live view is paused while something else is measured.',
      'It comes back by itself.',
    );
    await pump.hold();
    sources.suspend();
    await engine.suspend();
  }

  async function resume(): Promise<void> {
    if (holds === 0) return;
    holds--;
    if (holds > 0) return;
    await lease?.release();
    lease = null;
    const restoreView = keepView();
    await sources.resume();
    restoreView();
    pump.release();
    await engine.resume();
    notices.dismiss(pausedNotice);
  }

  return {
    busy: () => claims > 0,
    begin() {
      claims++;
      return inTurn(suspend).catch((error: unknown) => {
        claims--;
        throw error;
      });
    },
    end() {
      claims = Math.max(0, claims - 1);
      return inTurn(resume);
    },
  };
}
