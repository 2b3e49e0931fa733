/** Paints the agent's picture and the agreement map on their canvases, and repaints them when the view changes. */
import { backgroundOf } from '../../domain/labels/agreement-colors.ts';
import type { LabelAgreement } from '../../domain/labels/label-agreement.ts';
import { createAgreementPainter } from '../../paint/agreement-painter.ts';
import type { AgentSegmentation, AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { PairSegmentation, PairSegmenter } from '../../segmentation/pair-segmenter.ts';
import type { ViewStore } from '../../app/view-store.ts';
import { type ClassAtPoint, createLivePicture } from '../live/public.ts';

export interface CompanionView {
  attach(agent: HTMLCanvasElement | null, agreement: HTMLCanvasElement | null): void;
  /** Takes over the frame's pixels. */
  paintAgent(segmentation: AgentSegmentation, by: AgentSegmenter): void;
  /**
   * null if the two sides have different classes and cannot be compared. Called after paintAgent for the same frame.
   */
  paintAgreement(pair: PairSegmentation, by: PairSegmenter): LabelAgreement | null;
  classAt(x01: number, y01: number): ClassAtPoint | null;
  /** The agent that sent the last labels. */
  paintedBy(): AgentSegmenter | null;
  close(): void;
}

export function createCompanionView(view: ViewStore): CompanionView {
  let agentCanvas: HTMLCanvasElement | null = null;
  let agreementCanvas: HTMLCanvasElement | null = null;
  const picture = createLivePicture<AgentSegmenter>(view);
  let agreementPainter = createAgreementPainter(null);
  const stopWatching = view.subscribe(() => picture.repaint());

  return {
    attach(agent, agreement) {
      if (agent !== agentCanvas) picture.attach(agent);
      if (agreement !== agreementCanvas) agreementPainter = createAgreementPainter(agreement);
      [agentCanvas, agreementCanvas] = [agent, agreement];
    },
    paintAgent: (segmentation, by) => picture.paint(segmentation, by),
    paintAgreement({ labelMap, agent }, by) {
      const { classList, classNames } = by.agent.description;
      const other = by.browser.description;
      if (other.classList !== classList || other.classNames.length !== classNames.length) return null;
      return agreementPainter.paint(picture.last()?.pixels ?? null, {
        browser: labelMap,
        agent: agent.labelMap,
        background: backgroundOf(classList),
      });
    },
    classAt: (x01, y01) => picture.classAt(x01, y01),
    paintedBy: () => picture.paintedBy(),
    close() {
      stopWatching();
      picture.close();
    },
  };
}
