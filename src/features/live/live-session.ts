/** Starts, switches and stops everything on the live page: the only place that knows all parts. */
import type { FrameSource } from '../../capture/frame-source.ts';
import { createFramePump, type FramePump, type PumpParts } from '../../pipeline/frame-pump.ts';
import { startAgents } from '../agents/public.ts';
import type { LiveSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { SegmenterMemory } from '../../segmentation/segmenter.ts';
import {
  createOpenSegmenter,
  isAgentSegmenter,
  type OpenHere,
  type OpenSegmenter,
} from '../../segmentation/open-segmenter.ts';
import type { WantedSetup } from '../../domain/setup.ts';
import { createSessionStore } from '../../app/session-store.ts';
import { createTimingStore } from './timing-store.ts';
import { createViewStore } from '../../app/view-store.ts';
import { createBackendMemory } from './backend-memory.ts';
import { probeBackends } from './backend-probe.ts';
import { createEngineControl } from './engine-control.ts';
import type { EngineControl } from './engine-control.types.ts';
import { fitWanted, startableWanted } from './fit-wanted.ts';
import { createLiveMeter } from './live-meter.ts';
import { createLivePicture } from './live-picture.ts';
import { createLivePlace, type LivePlace } from './live-place.ts';
import type { LiveSession } from './live-session.types.ts';
import { createLiveSuspension } from './live-suspension.ts';
import { createJobs, createMeasuringLock, type CreateJob } from '../../app/job.ts';
import { createNoticeBoard } from '../../app/notice-board.ts';
import { openPageModels } from '../models/public.ts';
import { watchPage } from '../../app/page-watch.ts';
import { keepSettings } from './kept-settings.ts';
import { loadSettings } from '../../app/settings.ts';
import { createSourceControl, type SourceControl } from './source-control.ts';

/** The design allows 4 a second; 2 halve React's work, and figures that change faster cannot be read. */
const PUBLISH_EVERY_MS = 500;

/** What the automation (bench, accuracy, tests) needs beside the session's own door. */
export interface LiveParts {
  readonly live: LiveSession;
  readonly pump: FramePump<LiveSegmenter>;
  readonly engine: EngineControl;
  readonly sources: SourceControl;
  readonly openSegmenter: OpenHere & OpenSegmenter;
  readonly agents: LivePlace['agents'];
  /** What needs the machine for itself is a job; the live view is suspended meanwhile. */
  readonly createJob: CreateJob;
  /** Segments on the agent again where the last visit did; the companion page has both places anyway. */
  readonly returnToPlace: () => void;
  readonly firstOverlay: Promise<void>;
  /** Tensors and their bytes after the last frame; null before the first. */
  readonly latestMemory: () => SegmenterMemory | null;
}

/** A User Timing mark, so that any performance tool shows it. */
const FIRST_OVERLAY_MARK = 'segscope:first-overlay';

/** @param createPump the companion page puts a pump in its place that serves an agent too */
export function startLiveSession(
  createPump: (parts: PumpParts<LiveSegmenter>) => FramePump<LiveSegmenter> = createFramePump,
): LiveParts {
  const settings = loadSettings();
  const session = createSessionStore(globalThis.crossOriginIsolated);
  const timing = createTimingStore();
  const view = createViewStore(settings.view);
  const kept = keepSettings(settings, session, view);
  const notices = createNoticeBoard(session);
  const models = openPageModels({ session, notices, startModel: (modelId) => void choose({ modelId }) });
  const { library } = models;
  const now = () => performance.now();
  const meter = createLiveMeter(timing, now);
  const picture = createLivePicture<LiveSegmenter>(view);
  let latestMemory: SegmenterMemory | null = null;
  let announceFirstOverlay: () => void = () => undefined;
  const firstOverlay = new Promise<void>((resolve) => (announceFirstOverlay = resolve));

  /** A class shown alone means another one, or none, with the classes of another list. */
  function forgetIsolated(former: LiveSegmenter | null, next: LiveSegmenter): void {
    if (former === null || former.description.classList === next.description.classList) return;
    view.setState({ isolatedClass: null });
  }

  const pump = createPump({
    now,
    paint(segmentation, segmenter) {
      forgetIsolated(picture.paintedBy(), segmenter);
      picture.paint(segmentation, segmenter);
    },
    onFrame(timings, segmentation, segmenter) {
      meter.onFrame(timings, segmentation, segmenter, sources.current());
      if (latestMemory === null) {
        performance.mark(FIRST_OVERLAY_MARK);
        announceFirstOverlay();
      }
      latestMemory = segmentation.memory;
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
      if (source !== null) setView({ mirror: source.mirrorByDefault });
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
  function setView(change: Parameters<LiveSession['setView']>[0]): void {
    view.setState(change);
    picture.repaint();
    kept.save();
  }

  async function want(change: Partial<WantedSetup>): Promise<void> {
    const settled = engine.apply(fitWanted({ ...session.getState().wanted, ...change }, library));
    kept.save();
    await settled;
  }

  /** What a person chooses for the browser brings the frames back into it. */
  function choose(change: Partial<WantedSetup>): Promise<unknown> {
    // The companion page, which has a place for each, opens none here.
    if (place.opened() !== null) kept.choosePlace('browser');
    return Promise.all([want(change), place.useBrowser()]);
  }

  async function startModel(): Promise<void> {
    await library.settled;
    const { catalogue } = session.getState();
    if (catalogue.kind === 'failed') {
      notices.problem(catalogue.problem);
      return;
    }
    await want(startableWanted(settings.wanted, library, notices));
    await models.tellMissing();
  }

  const createJob = createJobs({
    live: createLiveSuspension({
      pump,
      engine: place,
      sources,
      notices,
      keepView() {
        const { mirror } = view.getState();
        return () => setView({ mirror });
      },
    }),
    claim: createMeasuringLock(navigator.locks),
    ready: library.settled,
  });

  const page = watchPage(pump, session);
  const publishing = setInterval(() => meter.publish(), PUBLISH_EVERY_MS);
  void sources.start(settings.sourceKey).then(kept.save);
  const modelStarted = startModel();

  const live: LiveSession = {
    session,
    timing,
    view,
    attachCanvas: (canvas) => picture.attach(canvas),
    chooseSource: (key) => void sources.choose(key).then(kept.save),
    chooseCameraSize: (width, height) => void sources.chooseCameraSize(width, height),
    openFile: (file) => void sources.openFile(file),
    imports: models.imports,
    chooseModel: (modelId) => void choose({ modelId }),
    chooseBackend: (backend) => void choose({ place: { kind: 'browser', backend, threads: null } }),
    chooseAgent() {
      kept.choosePlace('agent');
      void place.useAgent();
    },
    agents: () => place.opened()?.session ?? null,
    chooseInputSize: (inputSize) => void want({ inputSize }),
    choosePipeline: (pipeline) => void want({ pipeline }),
    setFrozen(frozen) {
      page.setFrozen(frozen);
    },
    setView,
    classAt: (x01, y01) => picture.classAt(x01, y01),
    // Loaded when first needed: PNG encoding has no business in the way of the first overlay.
    async screenshot() {
      const { takeScreenshot } = await import('./screenshot.ts');
      return takeScreenshot({
        painted: picture.last(),
        segmenter: place.segmenter() ?? engine.current(),
        source: sources.current(),
        snapshot: meter.snapshot(),
        style: picture.style(),
      });
    },
    dismissNotice(id) {
      notices.dismiss(id);
    },
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
  };
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
    firstOverlay,
    latestMemory: () => latestMemory,
  };
}
