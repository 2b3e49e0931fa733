/** Suspends the live view during a job, and restores it afterwards. */
import type { LiveView } from '../../app/job.ts';
import type { NoticeBoard } from '../../app/notice-board.ts';
import type { FramePump } from '../../pipeline/frame-pump.ts';
import type { EngineControl } from './engine-control.types.ts';
import type { SourceControl } from './source-control.ts';

export interface SuspensionParts {
  readonly pump: Pick<FramePump, 'hold' | 'release'>;
  readonly engine: Pick<EngineControl, 'suspend' | 'resume'>;
  readonly sources: Pick<SourceControl, 'key' | 'openAnother' | 'suspend' | 'resume'>;
  readonly notices: NoticeBoard;
  /** Called before the source is reopened. The returned function undoes what a new source changes by itself. */
  readonly keepView: () => () => void;
}

export function createLiveSuspension({
  pump,
  engine,
  sources,
  notices,
  keepView,
}: SuspensionParts): LiveView {
  let pausedNotice = 0;
  return {
    async suspend() {
      pausedNotice = notices.info(
        'The live view is paused while something else is measured.',
        'It comes back by itself.',
      );
      await pump.hold();
      sources.suspend();
      await engine.suspend();
    },
    async resume() {
      const restoreView = keepView();
      await sources.resume();
      restoreView();
      pump.release();
      await engine.resume();
      notices.dismiss(pausedNotice);
    },
    openSource: (signal) => sources.openAnother(sources.key(), signal),
  };
}
