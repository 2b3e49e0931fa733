/** Starts the companion page: a live session whose pump also serves an agent, the agents, and the comparison. */
import type { PumpParts } from '../../pipeline/frame-pump.ts';
import { createPixelSharing } from '../../segmentation/pair-segmenter.ts';
import {
  type AgentRoster,
  type AgentsSession,
  PAGE_LINK,
  createAgentsSession,
  agentsToConnect,
  createAgentRoster,
  createAgentStore,
  diagnoseFromPage,
  storeAgents,
  watchAddress,
} from '../agents/public.ts';
import {
  createCompanionStore,
  type CompanionLayout,
  type CompanionState,
  type CompanionStore,
  type Pacing,
  type Payload,
} from './companion-store.ts';
import { createCompanionTimingStore, type CompanionTimingStore } from './companion-timing-store.ts';
import { createCompanionMeter, type CompanionMeter } from './companion-meter.ts';
import type { CompanionCanvases } from './companion-screenshot.ts';
import { createCompanionView, type CompanionView } from './companion-view.ts';
import {
  type ClassAtPoint,
  type LiveSession,
  type ScreenshotFile,
  startLiveSession,
} from '../live/public.ts';
import { createPairPump, type PairPump } from './pair-pump.ts';

export interface CompanionSession extends AgentsSession {
  /** The browser's side: source, model, backend, size, view, notices. attachCanvases attaches its canvas. */
  readonly live: LiveSession;
  readonly companion: CompanionStore;
  readonly timing: CompanionTimingStore;
  /** May be called again when the layout changes; a canvas that stays the same keeps its picture. */
  attachCanvases(canvases: CompanionCanvases): void;
  setPacing(pacing: Pacing): void;
  setPayload(payload: Payload): void;
  setLayout(layout: CompanionLayout): void;
  setWipe(wipe01: number): void;
  setThird(third: CompanionState['third']): void;
  /** The agent's class at a point of the unmirrored picture, 0..1; live.classAt does this for the browser's side. */
  agentClassAt(x01: number, y01: number): ClassAtPoint | null;
  /** Both pictures, the agreement and the figures of one instant. @throws ProblemError screenshot-failed */
  screenshot(): Promise<ScreenshotFile>;
  close(): void;
}

/** Same rate as the live meter: people cannot read figures that change faster. */
const PUBLISH_EVERY_MS = 500;

export function startCompanionSession(): CompanionSession {
  const agents = createAgentStore();
  const companion = createCompanionStore();
  const timing = createCompanionTimingStore();
  const now = () => performance.now();
  const inner: { pairs: PairPump | null; meter: CompanionMeter | null; view: CompanionView | null } = {
    pairs: null,
    meter: null,
    view: null,
  };

  /** The live session creates its pump while it starts, so the pump reaches later parts through `inner`. */
  function createPump(browser: PumpParts) {
    const pairs = createPairPump({
      now,
      browser: {
        ...browser,
        onFrame(timings, segmentation, by) {
          browser.onFrame(timings, segmentation, by);
          inner.meter?.onBrowserFrame(timings);
        },
      },
      agent: {
        paint: (segmentation, by) => {
          if (inner.view === null) segmentation.frame.pixels.close();
          else inner.view.paintAgent(segmentation, by);
        },
        onFrame: (timings, segmentation, by) => inner.meter?.onAgentFrame(timings, segmentation, by),
        onProblem: (problem, by) => roster.failed(by, problem),
      },
      onPair(pair, by) {
        const agreement = inner.view?.paintAgreement(pair, by) ?? null;
        if (agreement !== null) inner.meter?.onAgreement(pair.frame.id, agreement, by.agent);
      },
      onEpoch: () => inner.meter?.reset(),
      share: createPixelSharing(now),
      copy: (pixels) => createImageBitmap(pixels),
    });
    inner.pairs = pairs;
    return pairs.pump;
  }

  const { live, sources, engine } = startLiveSession(createPump);
  let canvases: CompanionCanvases = { browser: null, agent: null, agreement: null };
  const view = createCompanionView(live.view);
  const meter = createCompanionMeter({
    store: timing,
    live: () => live.timing,
    source: () => sources.current(),
    now,
  });
  inner.view = view;
  inner.meter = meter;

  const roster: AgentRoster = createAgentRoster({
    store: agents,
    payload: () => companion.getState().payload,
    link: PAGE_LINK,
    diagnose: diagnoseFromPage,
    onSegmenter(segmenter) {
      void inner.pairs?.setAgent(segmenter);
    },
    onTelemetry(telemetry) {
      meter.onTelemetry(telemetry);
    },
    onShown: () => meter.resetTelemetry(),
    onChanged: storeAgents,
  });

  const publishing = setInterval(
    () => meter.publish(companion.getState().pacing === 'locked'),
    PUBLISH_EVERY_MS,
  );
  for (const { address, code } of agentsToConnect()) roster.add(address, code);
  const stopWatchingAddress = watchAddress(({ address, code }) => roster.add(address, code));

  return {
    ...createAgentsSession(agents, roster),
    live,
    companion,
    timing,
    attachCanvases(next) {
      if (next.browser !== canvases.browser) live.attachCanvas(next.browser);
      view.attach(next.agent, next.agreement);
      canvases = next;
    },
    setPacing(pacing) {
      if (companion.getState().pacing === pacing) return;
      companion.setState({ pacing });
      inner.pairs?.setPacing(pacing);
    },
    setPayload(payload) {
      companion.setState({ payload });
      inner.pairs?.pump.startEpoch();
    },
    setLayout(layout) {
      companion.setState({ layout });
    },
    setWipe(wipe01) {
      companion.setState({ wipe01: Math.min(1, Math.max(0, wipe01)) });
    },
    setThird(third) {
      companion.setState({ third });
    },
    agentClassAt: (x01, y01) => view.classAt(x01, y01),
    // Loaded on first use, as on the live page.
    async screenshot() {
      const { companionScreenshot } = await import('./companion-screenshot.ts');
      return companionScreenshot({
        browser: engine.current()?.description ?? null,
        agent: view.paintedBy()?.description ?? null,
        source: sources.current(),
        timing: timing.getState(),
        canvases,
        date: new Date(),
      });
    },
    close() {
      clearInterval(publishing);
      stopWatchingAddress();
      roster.close();
      view.close();
      live.close();
    },
  };
}
