/** Prepares once what all choices of a plan share: the recorded frames, and the frame that reports show. */
import type { FrameSource } from '../../capture/frame-source.ts';
import { recordReplay, type Replay } from '../../capture/replay.ts';
import { problemOf, ProblemError, type Problem } from '../../domain/problems/problem.ts';
import { REPLAY_KEY, type RunPlan } from '../../domain/measuring/run.ts';
import { holdReportFrame, type HeldReportFrame } from './report-frame.ts';

/** By SourceOption key; the caller closes it. @throws ProblemError */
export type OpenSource = (key: string, signal: AbortSignal) => Promise<FrameSource>;

export interface Preparation {
  /** The recorded frames from the first on. @throws ProblemError the reason why there are none */
  openReplay(): FrameSource;
  /** null if no source gave a frame: runs then have no pictures. */
  readonly reportFrame: HeldReportFrame | null;
  close(): void;
}

const NO_REPLAY: Problem = {
  kind: 'source-unreachable',
  what: REPLAY_KEY,
  detail: 'the plan records no frames',
};

/** Never rejects: a failure here makes the choices that need the frames fail. */
export async function preparePlan(
  openSource: OpenSource,
  plan: RunPlan,
  signal: AbortSignal,
): Promise<Preparation> {
  let replay: Replay | null = null;
  let problem: Problem = NO_REPLAY;
  const { replaySourceKey: key, replayFrames, choices } = plan;
  if (key !== null && choices.some(({ sourceKey }) => sourceKey === REPLAY_KEY)) {
    try {
      replay = await withSource(openSource, key, signal, (source) =>
        recordReplay(source, replayFrames, signal),
      );
    } catch (error) {
      problem = problemOf(error, (detail) => ({ kind: 'source-unreachable', what: key, detail }));
    }
  }
  const reportFrame = await firstReportFrame(openSource, plan, replay, signal);
  return {
    openReplay() {
      if (replay === null) throw new ProblemError(problem);
      return replay.open();
    },
    reportFrame,
    close() {
      replay?.close();
      reportFrame?.close();
    },
  };
}

/**
 * The replay's first frame; otherwise a frame of the first source that gives one. Without any, the plan has no
 * pictures.
 */
async function firstReportFrame(
  openSource: OpenSource,
  { choices }: RunPlan,
  replay: Replay | null,
  signal: AbortSignal,
): Promise<HeldReportFrame | null> {
  if (replay !== null) return holdReportFrame(replay.open(), signal).catch(() => null);
  const keys = new Set(choices.map(({ sourceKey }) => sourceKey).filter((key) => key !== REPLAY_KEY));
  for (const key of keys) {
    try {
      return await withSource(openSource, key, signal, (source) => holdReportFrame(source, signal));
    } catch {
      // The run on this source reports why the source fails.
    }
  }
  return null;
}

async function withSource<T>(
  openSource: OpenSource,
  key: string,
  signal: AbortSignal,
  work: (source: FrameSource) => Promise<T>,
): Promise<T> {
  const source = await openSource(key, signal);
  try {
    return await work(source);
  } finally {
    source.close();
  }
}
