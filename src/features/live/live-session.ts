/** Starts, switches and stops everything on the live page: the only module that knows all parts. */
import type { FrameSource } from '../../capture/frame-source.ts';
import { createFramePump, type FramePump, type PumpParts } from '../../pipeline/frame-pump.ts';
import { startAgents } from '../agents/public.ts';
import type { LiveSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { Segmentation, SegmenterMemory } from '../../segmentation/segmenter.ts';
import {
  createOpenSegmenter,
  isAgentSegmenter,
  type OpenHere,
  type OpenSegmenter,
} from '../../segmentation/open-segmenter.ts';
import type { WantedSetup } from '../../domain/setup.ts';
import { createSessionStore, type SessionStore } from '../../app/session-store.ts';
import { createTimingStore } from './timing-store.ts';
import { createViewStore, type ViewStore } from '../../app/view-store.ts';
import { createBackendMemory } from './backend-memory.ts';
import { probeBackends } from './backend-probe.ts';
import { createEngineControl } from './engine-control.ts';
import type { EngineControl } from './engine-control.types.ts';
import { fitWanted, startableWanted } from './fit-wanted.ts';
import { createLiveMeter } from './live-meter.ts';
import { createLivePicture } from './live-picture.ts';
import { createLivePlace, type LivePlace } from './live-place.ts';
import { liveControls, type LiveSession } from './live-controls.ts';
import { createLiveSuspension } from './live-suspension.ts';
import { createJobs, createMeasuringLock, type CreateJob } from '../../app/job.ts';
import { createNoticeBoard, type NoticeBoard } from '../../app/notice-board.ts';
import { type PageModels, openPageModels } from '../models/public.ts';
import { watchPage } from '../../app/page-watch.ts';
import { keepSettings } from './kept-settings.ts';
import { loadSettings } from '../../app/settings.ts';
import { createSourceControl, type SourceControl } from './source-control.ts';

/** The design allows 4 a second; 2 halve React's work, and faster figures are unreadable. */
const PUBLISH_EVERY_MS = 500;

/** What the automation (bench, accuracy, tests) needs besides the session itself. */
export interface LiveParts {
  readonly live: LiveSession;
  readonly pump: FramePump<LiveSegmenter>;
  readonly engine: EngineControl;
  readonly sources: SourceControl;
  readonly openSegmenter: OpenHere & OpenSegmenter;
  readonly agents: LivePlace['agents'];
  /** Work that needs the machine for itself is a job; the live view is suspended meanwhile. */
  readonly createJob: CreateJob;
  /** Segments on the agent again if the last visit did. The companion page does not need this: it has both places. */
  readonly returnToPlace: () => void;
  readonly firstOverlay: Promise<void>;
  /** Tensors and their bytes after the last frame; null before the first. */
  readonly latestMemory: () => SegmenterMemory | null;
}

/** A User Timing mark, so that any performance tool shows it. */
const FIRST_OVERLAY_MARK = 'segscope:first-overlay';

/** @param createPump the companion page passes a pump that serves an agent too */
export function startLiveSession(
  createPump: (parts: PumpParts<LiveSegmenter>) => FramePump<LiveSegmenter> = createFramePump,
): LiveParts {
  const settings = loadSettings();
  const session = createSessionStore(globalThis.crossOriginIsolated);
  const timing = createTimingStore();
  const view = createViewStore(settings.view);
  const kept = keepSettings(settings, session, view);
  const notices = createNoticeBoard(session);
  const models = openPageModels({
    session,
    notices,
    startModel: (modelId) => live.chooseModel(modelId),
  });
  const { library } = models;
  const now = () => performance.now();
  const meter = createLiveMeter(timing, now);
  const picture = createLivePicture<LiveSegmenter>(view);
  const frames = watchFrames();

  const pump = createPump({
    now,
    paint(segmentation, segmenter) {
      forgetIsolated(view, picture.paintedBy(), segmenter);
      picture.paint(segmentation, segmenter);
    },
    onFrame(timings, segmentation, segmenter) {
      meter.onFrame(timings, segmentation, segmenter, sources.current());
      frames.onFrame(segmentation);
    },
    onShowProblem: (problem) => notices.problem(problem),
    onEpoch: () => meter.reset(),
    onSourceProblem: (problem, source) => sources.lost(problem, source),
    onSegmenterProblem: (problem, segmenter) => {
      if (isAgentSegmenter(segmenter)) place.failed(segmenter, problem);
      else engine.lost(problem, segmenter);
    },
  });

  const sources: SourceControl = createSourceControl({
    store: session,
    notices,
    onSource(source: FrameSource | null) {
      pump.setSource(source);
      if (source !== null) live.setView({ mirror: source.mirrorByDefault });
    },
  });

  const openSegmenter = createOpenSegmenter({
    modelToLoad: library.modelToLoad,
    agentLink: async () => (await place.agents()).link,
  });

  const engine: EngineControl = createEngineControl({
    store: session,
    pump,
    notices,
    memory: createBackendMemory(localStorage),
    openSegmenter,
    probe: probeBackends,
    modelToLoad: library.modelToLoad,
    source: () => sources.current(),
    now,
    userAgent: navigator.userAgent,
  });

  const place: LivePlace = createLivePlace({
    store: session,
    pump,
    engine,
    notices,
    startAgents,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

  async function want(change: Partial<WantedSetup>): Promise<void> {
    const settled = engine.apply(fitWanted({ ...session.getState().wanted, ...change }, library));
    kept.save();
    await settled;
  }

  const createJob = createJobs({
    live: createLiveSuspension({
      pump,
      engine: place,
      sources,
      notices,
      keepView() {
        const { mirror } = view.getState();
        return () => live.setView({ mirror });
      },
    }),
    claim: createMeasuringLock(navigator.locks),
    ready: library.settled,
  });

  const page = watchPage(pump, session);
  const publishing = setInterval(() => meter.publish(), PUBLISH_EVERY_MS);
  const live: LiveSession = liveControls({
    session,
    timing,
    view,
    notices,
    imports: models.imports,
    kept,
    meter,
    picture,
    sources,
    engine,
    place,
    page,
    want,
    close() {
      clearInterval(publishing);
      page.close();
      pump.close();
      sources.close();
      models.close();
      void engine.close();
      place.close();
      picture.close();
    },
  });
  void sources.start(settings.sourceKey).then(kept.save);
  const modelStarted = startModel(session, models, notices, () =>
    want(startableWanted(settings.wanted, library, notices)),
  );
  return {
    live,
    pump,
    engine,
    sources,
    openSegmenter,
    agents: () => place.agents(),
    createJob,
    returnToPlace() {
      if (settings.place === 'agent') void place.useFormerAgent(modelStarted);
    },
    firstOverlay: frames.firstOverlay,
    latestMemory: frames.latestMemory,
  };
}

/** Announces the first painted frame, and keeps the last frame's memory reading. */
function watchFrames() {
  let latestMemory: SegmenterMemory | null = null;
  let announceFirstOverlay: () => void = () => undefined;
  return {
    firstOverlay: new Promise<void>((resolve) => (announceFirstOverlay = resolve)),
    latestMemory: () => latestMemory,
    onFrame({ memory }: Segmentation) {
      if (latestMemory === null) {
        performance.mark(FIRST_OVERLAY_MARK);
        announceFirstOverlay();
      }
      latestMemory = memory;
    },
  };
}

/** An isolated class may mean another class, or none, in another class list. */
function forgetIsolated(view: ViewStore, former: LiveSegmenter | null, next: LiveSegmenter): void {
  if (former === null || former.description.classList === next.description.classList) return;
  view.setState({ isolatedClass: null });
}

/** @param start called once the catalogue is loaded */
async function startModel(
  session: SessionStore,
  models: PageModels,
  notices: NoticeBoard,
  start: () => Promise<void>,
): Promise<void> {
  await models.library.settled;
  const { catalogue } = session.getState();
  if (catalogue.kind === 'failed') {
    notices.problem(catalogue.problem);
    return;
  }
  await start();
  await models.tellMissing();
}
