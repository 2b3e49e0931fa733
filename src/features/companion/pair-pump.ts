/**
 * Runs browser and agent on one source: one pump for both on the same pixels if frame-locked, one pump each if free.
 */
import type { FrameSource } from '../../capture/frame-source.ts';
import type { FrameTimings } from '../../domain/measuring/stage-timings.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import { createFramePump, type FramePump, type PumpParts } from '../../pipeline/frame-pump.ts';
import type { AgentSegmentation, AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import {
  createPairSegmenter,
  PairError,
  pairTimings,
  type PairParts,
  type PairSegmentation,
  type PairSegmenter,
} from '../../segmentation/pair-segmenter.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import type { Pacing } from './companion-store.ts';
import { shareSource } from './shared-source.ts';

export interface PairPumpParts extends PairParts {
  /** The live session's parts: they paint and count the browser's side. */
  readonly browser: PumpParts;
  readonly agent: {
    /** Takes over the pixels. */
    readonly paint: (segmentation: AgentSegmentation, by: AgentSegmenter) => void;
    readonly onFrame: (timings: FrameTimings, segmentation: AgentSegmentation, by: AgentSegmenter) => void;
    /** The agent failed on a frame; the pump no longer uses it. */
    readonly onProblem: (problem: Problem, by: AgentSegmenter) => void;
  };
  /** After both sides of a locked frame were painted and counted. */
  readonly onPair: (pair: PairSegmentation, by: PairSegmenter) => void;
  /** Source, pacing or one side has changed: a new comparison starts. */
  readonly onEpoch: () => void;
}

export interface PairPump {
  /** The live session's view of it: the session sets source and segmenter, holds and releases, and gets every frame. */
  readonly pump: FramePump;
  setAgent(agent: AgentSegmenter | null): Promise<void>;
  setPacing(pacing: Pacing): void;
}

export function createPairPump(parts: PairPumpParts): PairPump {
  let source: FrameSource | null = null;
  let browser: Segmenter | null = null;
  let agent: AgentSegmenter | null = null;
  let pacing: Pacing = 'locked';
  let arrangements = 0;
  let arranged: Promise<void> = Promise.resolve();

  const pumps = createPumps(parts, {
    /** Two pumps may report the same broken source; the session knows it by its own object. */
    onSourceProblem(problem) {
      const broken = source;
      source = null;
      if (broken !== null) parts.browser.onSourceProblem(problem, broken);
    },
    onBrowserProblem(problem, by, cause) {
      if (browser === by) browser = null;
      parts.browser.onSegmenterProblem(problem, by, cause);
    },
    onAgentProblem(problem, by) {
      if (agent !== by) return;
      agent = null;
      void arrange();
      parts.agent.onProblem(problem, by);
    },
  });
  const all = [pumps.browser, pumps.agent, pumps.pair];

  /**
   * Gives source and segmenters to the pumps that should run. Resolves when no frame of the old arrangement is in
   * flight.
   */
  function arrange(): Promise<void> {
    const number = ++arrangements;
    // Nothing starts until the new arrangement is complete: captured frames are dropped, frames in a segmenter are not
    // counted.
    for (const pump of all) pump.setSource(null);
    parts.onEpoch();
    return (arranged = arranged.then(async () => {
      // Two frames in one segmenter would fail.
      await Promise.all([
        pumps.browser.setSegmenter(null),
        pumps.agent.setSegmenter(null),
        pumps.pair.setSegmenter(null),
      ]);
      if (number === arrangements) start();
    }));
  }

  /** Called while nothing is in flight, so that every pump begins at once. */
  function start(): void {
    if (pacing === 'locked' && agent !== null) {
      pumps.pair.setSource(source);
      if (browser !== null) void pumps.pair.setSegmenter(createPairSegmenter(browser, agent, parts));
      return;
    }
    const [first, second] = source === null || agent === null ? [source, null] : shareSource(source);
    pumps.browser.setSource(first);
    pumps.agent.setSource(second);
    void pumps.browser.setSegmenter(browser);
    void pumps.agent.setSegmenter(agent);
  }

  function startEpoch(): void {
    for (const pump of all) pump.startEpoch();
    parts.onEpoch();
  }

  return {
    pump: {
      setSource(next) {
        source = next;
        if (next !== null) parts.browser.onEpoch?.();
        void arrange();
      },
      setSegmenter(next) {
        browser = next;
        if (next !== null) parts.browser.onEpoch?.();
        return arrange();
      },
      startEpoch,
      async hold() {
        await Promise.all(all.map((pump) => pump.hold()));
      },
      release() {
        for (const pump of all) pump.release();
      },
      step: () => pumps.browser.step(),
      close() {
        for (const pump of all) pump.close();
      },
    },
    setAgent(next) {
      agent = next;
      return arrange();
    },
    setPacing(next) {
      if (pacing === next) return;
      pacing = next;
      void arrange();
    },
  };
}

interface Failures {
  readonly onSourceProblem: (problem: Problem) => void;
  readonly onBrowserProblem: PumpParts['onSegmenterProblem'];
  readonly onAgentProblem: (problem: Problem, by: AgentSegmenter) => void;
}

/** One pump for each side alone, and one for both. */
function createPumps(parts: PairPumpParts, failures: Failures) {
  const { now } = parts;
  const { onSourceProblem, onBrowserProblem, onAgentProblem } = failures;
  const onShowProblem = (problem: Problem) => parts.browser.onShowProblem(problem);
  let paintMs = { browser: 0, agent: 0 };
  return {
    browser: createFramePump<Segmenter>({
      now,
      paint: (segmentation, by) => parts.browser.paint(segmentation, by),
      onFrame: (timings, segmentation, by) => parts.browser.onFrame(timings, segmentation, by),
      onSourceProblem,
      onSegmenterProblem: onBrowserProblem,
      onShowProblem,
    }),
    agent: createFramePump<AgentSegmenter, AgentSegmentation>({
      now,
      paint: (segmentation, by) => parts.agent.paint(segmentation, by),
      onFrame: (timings, segmentation, by) => parts.agent.onFrame(timings, segmentation, by),
      onSourceProblem,
      onSegmenterProblem: onAgentProblem,
      onShowProblem,
    }),
    pair: createFramePump<PairSegmenter, PairSegmentation>({
      now,
      paint(pair, by) {
        const begun = now();
        let between = begun;
        try {
          parts.browser.paint(pair, by.browser);
        } finally {
          between = now();
          parts.agent.paint(pair.agent, by.agent);
        }
        paintMs = { browser: between - begun, agent: now() - between };
      },
      onFrame(timings, pair, by) {
        const of = pairTimings(timings, pair, paintMs);
        parts.browser.onFrame(of.browser, pair, by.browser);
        parts.agent.onFrame(of.agent, pair.agent, by.agent);
        parts.onPair(pair, by);
      },
      onSourceProblem,
      onSegmenterProblem(problem, by, cause) {
        if (cause instanceof PairError && cause.side === 'browser')
          onBrowserProblem(problem, by.browser, cause);
        else onAgentProblem(problem, by.agent);
      },
      onShowProblem,
    }),
  };
}
