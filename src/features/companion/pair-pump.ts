/** Two frame pumps as one: frame-locked, browser and agent get the same pixels in turn; free, each runs by itself. */
import type { FrameSource } from '../../capture/frame-source.ts';
import { problemOf } from '../../domain/problems/problem.ts';
import { createFramePump } from '../../pipeline/frame-pump.ts';
import type { AgentSegmentation, AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import type { Pacing } from './companion-store.ts';
import { createLockedFrames } from './locked-frames.ts';
import type { PairPump, PairPumpParts } from './pair-pump.types.ts';
import { shareSource } from './shared-source.ts';

export function createPairPump(parts: PairPumpParts): PairPump {
  let source: FrameSource | null = null;
  let browser: Segmenter | null = null;
  let agent: AgentSegmenter | null = null;
  let pacing: Pacing = 'locked';
  let holds = 0;
  let closed = false;
  /** True while the browser's pump is held, so that only pairs step it. */
  let holding = false;
  /** Arrangements not yet carried out; no pair begins before they are. */
  let orders = 0;
  let order: Promise<void> = Promise.resolve();
  let looping: Promise<void> | null = null;

  /** Both pumps may report one broken source; the session knows it by its own object. */
  const onSourceProblem: PairPumpParts['browser']['onSourceProblem'] = (problem) => {
    const broken = source;
    source = null;
    if (broken !== null) parts.browser.onSourceProblem(problem, broken);
  };
  const frames = createLockedFrames(parts);
  const browserPump = createFramePump({
    now: parts.now,
    paint(segmentation, by) {
      if (!frames.keepSegmentation(segmentation, by)) parts.browser.paint(segmentation, by);
    },
    onFrame(timings, segmentation, by) {
      if (!frames.keepTimings(timings)) parts.browser.onFrame(timings, segmentation, by);
    },
    onSourceProblem,
    onShowProblem: (problem) => parts.browser.onShowProblem(problem),
    onEpoch: () => parts.browser.onEpoch?.(),
    onSegmenterProblem(problem, by) {
      if (browser === by) browser = null;
      parts.browser.onSegmenterProblem(problem, by);
    },
  });
  /** What a segmenter handed back last, with what it cost on the wire, which the pump does not know. */
  let answered: AgentSegmentation | null = null;
  const agentPump = createFramePump<Segmenter<AgentSegmenter>>({
    now: parts.now,
    paint(_, { description }) {
      if (answered !== null) parts.agent.paint(answered, description);
    },
    onFrame(timings, _, { description }) {
      if (answered !== null) parts.agent.onFrame(timings, answered, description);
    },
    onSourceProblem,
    onShowProblem: (problem) => parts.browser.onShowProblem(problem),
    onSegmenterProblem(problem, { description }) {
      drop(description);
      parts.agent.onProblem(problem, description);
    },
  });

  /** The pump's view of an agent: itself as its description, so that callbacks know whose frame it was. */
  function pumped(by: AgentSegmenter): Segmenter<AgentSegmenter> {
    return {
      ...by,
      description: by,
      async segment(frame, signal) {
        answered = await by.segment(frame, signal);
        return answered;
      },
    };
  }

  function drop(lost: AgentSegmenter): void {
    if (agent !== lost) return;
    agent = null;
    arrange();
  }

  const wantsLock = () => pacing === 'locked' && agent !== null;

  /** Brings the two pumps into the order that pacing, agent and source ask for, once the pair under way has ended. */
  function arrange(): void {
    orders++;
    frames.giveUpCapture();
    order = order.then(carryOut).finally(() => {
      orders--;
      wake();
    });
  }

  /** Two frames in one segmenter would fail: neither pump begins before the other way of working has come to its end. */
  async function carryOut(): Promise<void> {
    await pairIdle();
    if (wantsLock()) {
      agentPump.setSource(null);
      await agentPump.setSegmenter(null);
      if (!holding) {
        holding = true;
        await browserPump.hold();
      }
      browserPump.setSource(frames.source);
      return;
    }
    const doors = source === null || agent === null ? null : shareSource(source);
    browserPump.setSource(doors?.[0] ?? source);
    agentPump.setSource(doors?.[1] ?? null);
    void agentPump.setSegmenter(agent === null ? null : pumped(agent));
    if (!holding) return;
    holding = false;
    browserPump.release();
  }

  function wake(): void {
    if (looping !== null) return;
    looping = loop().finally(() => {
      looping = null;
      if (mayStep()) wake();
    });
  }

  const mayStep = () =>
    orders === 0 && holding && wantsLock() && !closed && holds === 0 && source !== null && browser !== null;

  async function loop(): Promise<void> {
    // What is under way in either pump comes to its end first.
    await Promise.resolve();
    while (mayStep() && source !== null && browser !== null && agent !== null) {
      await stepOnce(source, browser, agent);
    }
  }

  async function stepOnce(from: FrameSource, by: Segmenter, on: AgentSegmenter): Promise<void> {
    const captured = await frames.capture(from).catch((error: unknown) => {
      const { label } = from;
      if (source === from) {
        onSourceProblem(
          problemOf(error, (detail) => ({ kind: 'source-unreachable', what: label, detail })),
          from,
        );
      }
      return null;
    });
    if (captured === null) return;
    try {
      await frames.pair(captured, { browser: by, agent: on, step: () => browserPump.step() });
    } catch (error) {
      if (closed || agent !== on) return;
      drop(on);
      parts.agent.onProblem(
        problemOf(error, (detail) => ({ kind: 'inference-failed', detail })),
        on,
      );
    }
  }

  const pairIdle = async () => {
    while (looping !== null) await looping;
  };

  return {
    pump: {
      setSource(next) {
        source = next;
        // What was captured from the former one is given up at once; it may be closed already.
        if (!holding) browserPump.setSource(null);
        agentPump.setSource(null);
        arrange();
      },
      async setSegmenter(next) {
        browser = next;
        const idle = browserPump.setSegmenter(next);
        wake();
        await idle;
      },
      startEpoch: () => browserPump.startEpoch(),
      async hold() {
        holds++;
        frames.giveUpCapture();
        await Promise.all([browserPump.hold(), agentPump.hold(), pairIdle()]);
      },
      release() {
        holds = Math.max(0, holds - 1);
        browserPump.release();
        agentPump.release();
        wake();
      },
      step: () => browserPump.step(),
      close() {
        closed = true;
        frames.close();
        browserPump.close();
        agentPump.close();
      },
    },
    async setAgent(next) {
      agent = next;
      arrange();
      await order;
    },
    setPacing(next) {
      if (pacing === next) return;
      pacing = next;
      arrange();
    },
  };
}
